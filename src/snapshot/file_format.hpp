// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What stands at the beginning of a file: the header, and the directory of
// sections. docs/formats/freeze-file.md describes it for people.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/checksum.hpp"
#include "headrope/result.hpp"
#include "snapshot/column_list.hpp"

namespace headrope {

/// No text begins like this, and a transfer that changes line ends or drops the
/// eighth bit changes it.
inline constexpr std::array<unsigned char, 8> file_magic{
    0x89, 'H', 'R', 'F', '\r', '\n', 0x1A, '\n'};
inline constexpr std::uint32_t file_version = 1;
inline constexpr std::uint32_t byte_order_mark = 0x01020304;
/// Where sections may begin: multiples of it.
inline constexpr std::uint64_t section_alignment = 64;

/// The first 64 bytes.
struct FileHeader {
  std::array<unsigned char, 8> magic = file_magic;
  std::uint32_t version = file_version;
  std::uint32_t byte_order = byte_order_mark;
  std::uint64_t file_bytes = 0;
  std::uint64_t section_count = 0;
  Checksum directory_checksum{};
  Checksum header_checksum{};  ///< of the bytes before it
};
static_assert(sizeof(FileHeader) == 64 &&
              std::has_unique_object_representations_v<FileHeader>);

/// An entry of the directory, which follows the header; ascending by id and
/// index.
struct SectionEntry {
  std::uint32_t id = 0;
  std::uint32_t index = 0;
  std::uint32_t element_bytes = 0;
  std::uint32_t reserved = 0;  ///< 0
  std::uint64_t offset = 0;    ///< from the beginning of the file
  std::uint64_t count = 0;     ///< of elements; a section has one at least
  Checksum checksum{};

  [[nodiscard]] SectionKey key() const {
    return {static_cast<SectionId>(id), index};
  }
  [[nodiscard]] std::uint64_t byte_count() const {
    return count * element_bytes;
  }
};
static_assert(sizeof(SectionEntry) == 48 &&
              std::has_unique_object_representations_v<SectionEntry>);

/// The next place where a section may begin.
[[nodiscard]] constexpr std::uint64_t aligned(std::uint64_t offset) {
  return (offset + section_alignment - 1) / section_alignment *
         section_alignment;
}

/// The directory of a file, looked at.
class FileDirectory {
 public:
  /// Reads header and directory and checks them: sums, sizes, and that the
  /// sections follow each other without a gap but alignment.
  /// @param bytes the whole file; the directory holds on to it.
  /// @returns `file_damaged`, `format_unsupported`.
  [[nodiscard]] static Result<FileDirectory> read(
      std::span<const std::byte> bytes);

  /// The entry of a section; nullptr if it is empty.
  [[nodiscard]] const SectionEntry* find(SectionKey key) const;
  /// All entries.
  [[nodiscard]] const std::vector<SectionEntry>& entries() const {
    return entries_;
  }
  /// The bytes of a section.
  [[nodiscard]] std::span<const std::byte> bytes(
      const SectionEntry& entry) const;
  /// What is wrong with the bytes of a section, or those up to the next one;
  /// empty: nothing. @complexity O(bytes).
  [[nodiscard]] std::string_view fault_of(const SectionEntry& entry) const;

 private:
  std::span<const std::byte> file_;
  std::vector<SectionEntry> entries_;
};

}  // namespace headrope
