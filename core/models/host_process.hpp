#pragma once

#include "core/models/model_protocol.hpp"
#include "core/runtime/descriptor.hpp"
#include "core/runtime/run_control.hpp"

#include <string>

namespace separatrix {

/// One process of the model host, from its start to its end; not for several threads at once. What
/// it sends is checked before it is used.
class HostProcess {
public:
  /// Starts it, and does not wait until it is ready. Throws Failure where there is no such program,
  /// saying how to get it, or no process can be made.
  explicit HostProcess(const std::string& program);
  /// Ends it, whatever it does.
  ~HostProcess();
  HostProcess(const HostProcess&) = delete;
  HostProcess& operator=(const HostProcess&) = delete;

  /// Throws Failure with the cause of death where it does not live any more. `file` goes with a
  /// request to load; negative: none.
  void send(const model_protocol::Request& request, int file = -1);
  /// The next message. Throws Failure with the cause of death, or where what came is no reply, or
  /// nothing came for so many seconds; after either it is dead. Throws Cancelled and leaves the
  /// process alone.
  model_protocol::Reply receive(double seconds, const RunControl& control);

  model_protocol::Memory& memory() { return *m_memory; }
  int id() const { return m_id; }
  bool isAlive() const { return m_id > 0; }
  void kill();

private:
  [[noreturn]] void fail(const std::string& problem);
  /// Why it died, in words, once its end of the socket is closed.
  std::string causeOfDeath();

  int m_id = -1;
  Descriptor m_socket{-1}, m_errors{-1};
  model_protocol::Memory* m_memory = nullptr;
};

/// What a stranger wrote, with ? for all that is not printable ASCII.
std::string withoutControls(std::string text);

/// The program beside this one, or in the folder above, where tests are.
std::string modelHostProgram();

}  // namespace separatrix
