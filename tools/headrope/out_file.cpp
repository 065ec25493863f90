// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "headrope/out_file.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include "headrope/options.hpp"

namespace headrope::tool {

OutFile::OutFile(std::string path, const char* option)
    : path_(std::move(path)), part_(path_ + ".part"), option_(option) {
  file_ = std::fopen(part_.c_str(), "wb");
  if (file_ == nullptr) fail();
  sink_ = [this](std::string_view text) {
    const std::size_t written = std::fwrite(text.data(), 1, text.size(), file_);
    is_whole_ = is_whole_ && written == text.size();
  };
}

OutFile::~OutFile() {
  if (file_ == nullptr) return;
  std::fclose(file_);
  std::remove(part_.c_str());
}

void OutFile::keep() {
  is_whole_ = std::fclose(file_) == 0 && is_whole_;
  file_ = nullptr;
  std::error_code failed;
  if (is_whole_) std::filesystem::rename(part_, path_, failed);
  if (!is_whole_ || failed) {
    std::remove(part_.c_str());
    fail();
  }
}

void OutFile::fail() const {
  throw UsageError{std::string(option_) + ": '" + path_ +
                   "' cannot be written"};
}

}  // namespace headrope::tool
