// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Reading header and directory: no number in them is believed before it is
// compared with the size of the file.

#include "snapshot/file_format.hpp"

#include <algorithm>
#include <cstring>

namespace headrope {
namespace {

Error damaged(std::string_view what) {
  return {Code::file_damaged, std::string(what)};
}

// True if the sections fill the file from `first` on, in their order.
bool is_seamless(const std::vector<SectionEntry>& entries, std::uint64_t first,
                 std::uint64_t file_bytes) {
  std::uint64_t next = first;
  const SectionEntry* before = nullptr;
  for (const SectionEntry& entry : entries) {
    if (entry.reserved != 0 || entry.element_bytes == 0 || entry.count == 0 ||
        entry.offset != next || next > file_bytes ||
        entry.count > (file_bytes - next) / entry.element_bytes ||
        (before != nullptr && before->key() >= entry.key())) {
      return false;
    }
    next = aligned(next + entry.byte_count());
    before = &entry;
  }
  return next == file_bytes;
}

Result<FileHeader> read_header(std::span<const std::byte> bytes) {
  FileHeader header;
  if (bytes.size() < sizeof header) {
    return damaged("it is too short to be a freeze file");
  }
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != file_magic) {
    return damaged("it does not begin like a freeze file");
  }
  if (header.byte_order != byte_order_mark) {
    if (header.byte_order == __builtin_bswap32(byte_order_mark)) {
      return Error{Code::format_unsupported,
                   "it was written by a machine with the other order of bytes"};
    }
    return damaged("its header is damaged");
  }
  if (header.version != file_version) {
    return Error{Code::format_unsupported,
                 "it has the version " + std::to_string(header.version) +
                     "; this library reads " + std::to_string(file_version)};
  }
  const std::size_t summed = sizeof header - sizeof header.header_checksum;
  if (checksum_of(bytes.first(summed)) != header.header_checksum) {
    return damaged("its header is damaged");
  }
  if (header.file_bytes != bytes.size()) {
    return damaged("it has " + std::to_string(bytes.size()) +
                   " bytes and says that it has " +
                   std::to_string(header.file_bytes));
  }
  return header;
}

bool are_zero(std::span<const std::byte> bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](std::byte byte) { return byte == std::byte{0}; });
}

}  // namespace

Result<FileDirectory> FileDirectory::read(std::span<const std::byte> bytes) {
  const auto header = read_header(bytes);
  if (!header) return header.error();
  const std::uint64_t room = bytes.size() - sizeof *header;
  if (header->section_count > room / sizeof(SectionEntry)) {
    return damaged("its directory is longer than the file");
  }
  const std::size_t size = header->section_count * sizeof(SectionEntry);
  const auto raw = bytes.subspan(sizeof *header, size);
  if (checksum_of(raw) != header->directory_checksum) {
    return damaged("its directory is damaged");
  }
  FileDirectory directory;
  directory.file_ = bytes;
  directory.entries_.resize(header->section_count);
  if (size > 0) std::memcpy(directory.entries_.data(), raw.data(), size);
  const std::uint64_t end = sizeof *header + size;
  const std::uint64_t first = aligned(end);
  if (!is_seamless(directory.entries_, first, bytes.size()) ||
      !are_zero(bytes.subspan(end, first - end))) {
    return damaged("its sections do not follow each other");
  }
  return directory;
}

const SectionEntry* FileDirectory::find(SectionKey key) const {
  const auto found =
      std::lower_bound(entries_.begin(), entries_.end(), key,
                       [](const SectionEntry& entry, SectionKey wanted) {
                         return entry.key() < wanted;
                       });
  return found != entries_.end() && found->key() == key ? &*found : nullptr;
}

std::span<const std::byte> FileDirectory::bytes(
    const SectionEntry& entry) const {
  return file_.subspan(entry.offset, entry.byte_count());
}

std::string_view FileDirectory::fault_of(const SectionEntry& entry) const {
  if (checksum_of(bytes(entry)) != entry.checksum) {
    return "its checksum is another one";
  }
  const std::uint64_t end = entry.offset + entry.byte_count();
  if (!are_zero(file_.subspan(end, aligned(end) - end))) {
    return "what follows it is not empty";
  }
  return {};
}

}  // namespace headrope
