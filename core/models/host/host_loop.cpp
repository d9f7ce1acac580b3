#include "core/models/host/host_loop.hpp"

#include "core/models/model_protocol.hpp"
#include "core/models/zip_directory.hpp"

#include <ATen/Parallel.h>
#include <torch/script.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <optional>
#include <sstream>

#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace separatrix {
namespace {

using namespace model_protocol;

constexpr std::int64_t kLargestFile = std::int64_t{2} << 30;

bool send(ReplyKind kind, const std::string& text = {}) {
  Reply reply;
  reply.kind = kind;
  reply.textBytes = static_cast<std::uint32_t>(std::min(text.size(), reply.text.size()));
  std::copy_n(text.begin(), reply.textBytes, reply.text.begin());
  return ::send(kSocket, &reply, sizeof reply, MSG_NOSIGNAL) == static_cast<ssize_t>(sizeof reply);
}

/// What is loaded lazily at the first use must be there before the door is shut.
void warmUp() {
  at::set_num_threads(1);
  at::globalContext().setUserEnabledMkldnn(false);
  torch::NoGradGuard noGradients;
  torch::jit::Module module("warm");
  module.register_parameter("w", torch::randn({3, 1, 3, 3}), false);
  module.define(R"(
def forward(self, x, t):
    y = torch.conv2d(x, self.w, None, [1], [1])
    y = torch.softmax(torch.relu(y).flatten(1), 1)
    return y + torch.randn_like(y) + t.view(-1, 1).float()
)");
  std::ostringstream saved;
  module.save(saved);
  std::istringstream again(saved.str());
  torch::jit::Module loaded = torch::jit::load(again);
  for (int i = 0; i < 3; ++i)
    loaded.forward({torch::randn({2, 1, 8, 8}), torch::ones({2}, torch::kLong)});
  // Streams ask the system about what they write to, at their first word.
  std::cout << std::endl;
  TORCH_WARN("the host is ready");
  try {
    loaded.forward({torch::randn({2, 5}), torch::ones({2})});
  } catch (const std::exception& expected) {
    std::snprintf(nullptr, 0, "%s", expected.what());  // symbols of the message's call stack
  }
}

/// The next message, and the file that came with it.
std::optional<Request> receive(int* file) {
  Request request;
  iovec part{&request, sizeof request};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  if (::recvmsg(kSocket, &message, 0) != static_cast<ssize_t>(sizeof request)) return std::nullopt;
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  if (header != nullptr && header->cmsg_type == SCM_RIGHTS)
    std::memcpy(file, CMSG_DATA(header), sizeof(int));
  return request;
}

std::string readAll(int file, std::string& problem) {
  struct stat about {};
  if (::fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) {
    problem = "it is no file";
    return {};
  }
  if (about.st_size > kLargestFile) {
    problem = "it is larger than 2 GB";
    return {};
  }
  std::string out(static_cast<std::size_t>(about.st_size), '\0');
  std::size_t have = 0;
  while (have < out.size()) {
    const ssize_t got =
        ::pread(file, out.data() + have, out.size() - have, static_cast<off_t>(have));
    if (got <= 0) break;
    have += static_cast<std::size_t>(got);
  }
  out.resize(have);
  return out;
}

/// What torch says, without its C++ stack: the last line that is a message.
std::string sentenceOf(const std::string& what) {
  std::istringstream lines(what);
  std::string line, first, error;
  while (std::getline(lines, line)) {
    if (first.empty()) first = line;
    if (line.find("Error:") != std::string::npos) error = line;
    if (line.rfind("Exception raised from", 0) == 0) break;
  }
  std::string out = error.empty() ? first : error;
  // "RuntimeError: [enforce fail at alloc.cpp:75] err == 0. DefaultAllocator: …"
  constexpr std::string_view kRuntime = "RuntimeError: ", kEnforce = "[enforce fail";
  if (out.starts_with(kRuntime)) out.erase(0, kRuntime.size());
  const std::size_t message = out.find(". ", out.find("] "));
  if (out.starts_with(kEnforce) && message != std::string::npos) out.erase(0, message + 2);
  return out;
}

std::string shapeText(at::IntArrayRef shape) {
  std::ostringstream out;
  out << shape;
  return out.str();
}

/// One batch; empty, or what was wrong with what the model returned.
std::string evaluate(torch::jit::Module& model, const Request& request, Memory& memory) {
  std::vector<std::int64_t> shape{static_cast<std::int64_t>(request.rows)};
  std::int64_t numbers = 1;
  for (std::uint32_t i = 0; i < std::min<std::uint32_t>(request.axes, kMostAxes); ++i) {
    shape.push_back(request.shape[i]);
    numbers *= request.shape[i];
  }
  const auto count = static_cast<std::size_t>(request.rows) * static_cast<std::size_t>(numbers);
  // Copies: what the model keeps or changes in place is its own.
  const torch::Tensor x = torch::from_blob(memory.in.data(), shape, torch::kFloat).clone();
  const torch::Tensor t =
      torch::from_blob(memory.times.data(), {static_cast<std::int64_t>(request.rows)},
                       torch::kDouble)
          .to(request.integerTimes != 0 ? torch::kLong : torch::kFloat);
  const c10::IValue result = model.forward({x, t});
  if (!result.isTensor()) return "it returned " + result.tagKind() + " and no tensor";
  const torch::Tensor& out = result.toTensor();
  if (out.layout() != torch::kStrided) return "it returned a sparse tensor";
  if (out.scalar_type() != torch::kFloat)
    return std::string("it returned numbers of type ") + c10::toString(out.scalar_type()) +
           ", and not float";
  if (out.sizes() != x.sizes())
    return "it returned a tensor of shape " + shapeText(out.sizes()) + " for an input of shape " +
           shapeText(x.sizes());
  const torch::Tensor plain = out.contiguous();
  std::memcpy(memory.out.data(), plain.data_ptr<float>(), count * sizeof(float));
  return {};
}

void serve(torch::jit::Module& model, Memory& memory) {
  Request request;
  while (::recv(kSocket, &request, sizeof request, 0) == static_cast<ssize_t>(sizeof request)) {
    std::string problem;
    try {
      problem = evaluate(model, request, memory);
    } catch (const std::bad_alloc&) {
      problem = "it ran out of memory";
    } catch (const std::exception& error) {
      problem = sentenceOf(error.what());
    }
    if (!send(problem.empty() ? ReplyKind::evaluated : ReplyKind::failed, problem)) return;
  }
}

/// The declaration of forward and, in a second line, the shapes of the first parameters, which tell
/// what the inputs may look like. Empty without a forward.
std::string descriptionOf(const torch::jit::Module& model) {
  constexpr int kMostShapes = 8;
  const auto method = model.find_method("forward");
  if (!method) return {};
  std::ostringstream out;
  out << method->function().getSchema() << '\n';
  int count = 0;
  for (const torch::Tensor& each : model.parameters()) {
    if (++count > kMostShapes) break;
    out << each.sizes();
  }
  return out.str();
}

}  // namespace

int runModelHost(const SandboxLayers& layers) {
  prepareSandbox(layers);
  void* mapped = ::mmap(nullptr, sizeof(Memory), PROT_READ | PROT_WRITE, MAP_SHARED, kMemory, 0);
  if (mapped == MAP_FAILED) {
    std::fputs("this program is started by separatrix, not by hand\n", stderr);
    return 1;
  }
  warmUp();
  if (!send(ReplyKind::ready)) return 0;
  int file = -1;
  const auto request = receive(&file);
  if (!request || request->kind != RequestKind::load || file < 0) return 0;
  std::string problem;
  const std::string bytes = readAll(file, problem);
  ::close(file);
  if (problem.empty()) problem = zipProblem(bytes);
  if (!problem.empty()) {
    send(ReplyKind::failed, problem);
    return 0;
  }
  std::istringstream stream(bytes);
  if (problem = enterSandbox(layers, request->memoryBytes); !problem.empty()) {
    send(ReplyKind::failed, problem);
    return 0;
  }
  try {
    torch::NoGradGuard noGradients;
    torch::jit::Module model = torch::jit::load(stream);
    model.eval();
    const std::string description = descriptionOf(model);
    if (description.empty())
      send(ReplyKind::failed, "it has no method forward");
    else if (send(ReplyKind::loaded, description))
      serve(model, *static_cast<Memory*>(mapped));
  } catch (const std::bad_alloc&) {
    send(ReplyKind::failed, "it needs more memory than a model may have");
  } catch (const std::exception& error) {
    send(ReplyKind::failed, sentenceOf(error.what()));
  }
  ::_exit(0);  // the destructors of a stranger's objects are not run
}

}  // namespace separatrix
