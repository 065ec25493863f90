// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A file that is written whole or not at all.

#pragma once

#include <cstdio>
#include <string>

#include "headrope/table.hpp"

namespace headrope::tool {

/// Writes beside the path, and takes its place when it is kept: a file that was
/// there before stays as it was if something fails.
class OutFile {
 public:
  /// Opens it. Throws a UsageError that names the option if it cannot.
  OutFile(std::string path, const char* option);
  ~OutFile();
  OutFile(const OutFile&) = delete;
  OutFile& operator=(const OutFile&) = delete;

  /// Takes text.
  [[nodiscard]] const Sink& sink() const { return sink_; }
  /// Ends writing. Throws a UsageError if something was not written.
  void keep();

 private:
  [[noreturn]] void fail() const;

  std::string path_;
  std::string part_;
  const char* option_;
  std::FILE* file_ = nullptr;
  bool is_whole_ = true;
  Sink sink_;
};

}  // namespace headrope::tool
