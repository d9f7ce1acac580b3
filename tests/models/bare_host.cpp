// The model host with layers of its sandbox left out, to see what models do without them and what
// the others hold. Its name says which there are (bare-host, bare-host-seccomp,
// bare-host-namespaces-limits-landlock-seccomp), or "forbidden": all, in a system without seccomp.

#include "core/models/host/host_loop.hpp"

#include <cerrno>
#include <cstring>

#include <seccomp.h>

int main(int, char** arguments) {
  const auto has = [&](const char* layer) { return std::strstr(arguments[0], layer) != nullptr; };
  if (has("forbidden")) {
    const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(seccomp), 0);
    seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1,
                     SCMP_A0(SCMP_CMP_EQ, 22));  // PR_SET_SECCOMP
    seccomp_load(filter);
    return separatrix::runModelHost();
  }
  return separatrix::runModelHost(
      {has("namespaces"), has("limits"), has("landlock"), has("seccomp")});
}
