// Speaks nonsense in place of a model host: each process another, by its number.

#include "core/models/model_protocol.hpp"

#include <cstring>
#include <random>

#include <sys/socket.h>
#include <unistd.h>

using namespace separatrix::model_protocol;

int main() {
  std::mt19937_64 random(static_cast<std::uint64_t>(::getpid()));
  const auto garbage = [&] {
    char bytes[2 * sizeof(Reply)];
    for (char& each : bytes) each = static_cast<char>(random());
    std::size_t length = random() % sizeof bytes;
    if (random() % 2 != 0) {
      // Of the right size and a kind that exists, with a length of text that lies.
      Reply reply;
      std::memcpy(&reply, bytes, sizeof reply);
      reply.kind = static_cast<ReplyKind>(1 + random() % 4);
      if (random() % 2 != 0) reply.textBytes %= kTextBytes + 1;
      std::memcpy(bytes, &reply, sizeof reply);
      length = sizeof reply;
    }
    ::send(kSocket, bytes, length, MSG_NOSIGNAL);
  };
  const int messages = static_cast<int>(random() % 6);
  for (int i = 0; i < messages; ++i) garbage();
  if (random() % 3 == 0) return static_cast<int>(random() % 256);
  Request request;
  while (::recv(kSocket, &request, sizeof request, 0) > 0) garbage();
}
