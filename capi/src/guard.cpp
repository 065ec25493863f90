// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Errors are written without memory: what does not fit is cut, between two
// characters.

#include "guard.hpp"

#include <algorithm>

namespace headrope::c {
namespace {

// Whether a member lies within the caller's struct.
bool reaches(const headrope_error& error, std::size_t offset,
             std::size_t size) noexcept {
  return offset + size <= error.struct_size;
}

// Where a text of at most `room` bytes ends, not inside a character.
std::size_t cut_at(std::string_view text, std::size_t room) noexcept {
  if (text.size() <= room) return text.size();
  std::size_t end = room;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return end;
}

template <std::size_t size>
void set_text(headrope_error& error, char (&member)[size],
              std::string_view text) noexcept {
  const auto offset = static_cast<std::size_t>(
      static_cast<const char*>(member) - reinterpret_cast<const char*>(&error));
  if (!reaches(error, offset, size)) return;
  const std::size_t end = cut_at(text, size - 1);
  std::memcpy(member, text.data(), end);
  member[end] = '\0';
}

}  // namespace

void clear(headrope_error* error) noexcept {
  if (error == nullptr || !reaches(*error, offsetof(headrope_error, status),
                                   sizeof(error->status))) {
    return;
  }
  error->status = HEADROPE_OK;
  if (reaches(*error, offsetof(headrope_error, row), sizeof(error->row))) {
    error->row = 0;
  }
  if (reaches(*error, offsetof(headrope_error, column),
              sizeof(error->column))) {
    error->column[0] = '\0';
  }
  if (reaches(*error, offsetof(headrope_error, file), sizeof(error->file))) {
    error->file[0] = '\0';
  }
  if (reaches(*error, offsetof(headrope_error, message),
              sizeof(error->message))) {
    error->message[0] = '\0';
  }
}

headrope_status report(headrope_error* error, Code code,
                       std::string_view message) noexcept {
  const auto status = static_cast<headrope_status>(code);
  if (error != nullptr && reaches(*error, offsetof(headrope_error, status),
                                  sizeof(error->status))) {
    error->status = status;
    set_text(*error, error->message, message);
  }
  return status;
}

headrope_status report_null(headrope_error* error, const char* name) noexcept {
  constexpr std::string_view tail = " is NULL";
  char message[64] = {};
  const std::size_t size =
      std::min(std::strlen(name), sizeof message - tail.size());
  std::memcpy(message, name, size);
  std::memcpy(message + size, tail.data(), tail.size());
  return report(error, Code::null_argument, {message, size + tail.size()});
}

void report_place(headrope_error* error, Code code,
                  const Diagnostics& findings) noexcept {
  if (error == nullptr) return;
  for (const Diagnostic& finding : findings.items()) {
    if (finding.severity != Severity::error || finding.code != code) continue;
    if (reaches(*error, offsetof(headrope_error, row), sizeof(error->row))) {
      error->row = static_cast<std::int64_t>(finding.row);
    }
    set_text(*error, error->column, finding.column);
    set_text(*error, error->file, finding.file);
    return;
  }
}

Result<std::string_view> text_of(const char* data, std::int64_t size,
                                 const char* name) {
  if (size == 0) return std::string_view{};
  if (data == nullptr) {
    return Error{Code::null_argument, std::string(name) + " is NULL"};
  }
  if (size == HEADROPE_NTS) return std::string_view(data);
  if (size < 0) {
    return invalid(std::string(name) + ": a size of " + std::to_string(size));
  }
  return std::string_view(data, static_cast<std::size_t>(size));
}

Result<void> check_struct(const void* given, std::size_t ours,
                          const char* name) {
  std::uint32_t size = 0;
  std::memcpy(&size, given, sizeof size);
  if (size < struct_size_min || size > struct_size_max) {
    return invalid(std::string(name) + ": struct_size is " +
                   std::to_string(size) + "; use its INIT macro");
  }
  const auto* bytes = static_cast<const unsigned char*>(given);
  for (std::size_t at = ours; at < size; ++at) {
    if (bytes[at] == 0) continue;
    return Error{Code::struct_unsupported,
                 std::string(name) + ": byte " + std::to_string(at) +
                     " is set, and this library knows " + std::to_string(ours)};
  }
  return {};
}

}  // namespace headrope::c
