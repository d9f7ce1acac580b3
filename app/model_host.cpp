#include "core/models/host/host_loop.hpp"

// The one program that links libtorch: a TorchScript file is a program, and runs here.
int main() {
  return separatrix::runModelHost();
}
