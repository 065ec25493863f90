// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The smallest program that uses the library: it prints its version, and fails
// if the headers and the library are of different versions.

#include <iostream>

#include <headrope/version.hpp>

int main() {
  std::cout << "headrope " << headrope::library_version() << '\n';
  return headrope::library_version() == HEADROPE_VERSION ? 0 : 1;
}
