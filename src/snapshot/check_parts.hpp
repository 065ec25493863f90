// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What the readers of a snapshot rely on, looked at in columns that come from a
// file. Each function tells what is wrong; an empty text: nothing.

#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "snapshot/file_head.hpp"

namespace headrope {

/// Where everything that a part is looked at with is found.
struct CheckedColumns {
  const Snapshot::Columns& columns;
  FileCounts counts{};
  /// A bit for each RecordId: whether a column may name it.
  std::span<const std::byte> known_records{};

  /// True if a column may name the record.
  [[nodiscard]] bool knows(std::uint32_t record) const {
    return record / 8 < known_records.size() &&
           (known_records[record / 8] & std::byte{1} << (record % 8)) !=
               std::byte{0};
  }
};

/// Looks whether all columns have the sizes that the counts ask for.
/// @complexity O(columns).
[[nodiscard]] std::string_view sizes_fault(const CheckedColumns& checked);

/// Looks into the columns of a part but `part::responsibility`.
/// @complexity O(values of the part).
[[nodiscard]] std::string_view part_fault(const CheckedColumns& checked,
                                          std::size_t part);

/// Looks at texts in a file: where they begin ascends to the end of the bytes,
/// and each is UTF-8.
/// @param count of bytes. @complexity O(texts + bytes).
template <typename Offset>
[[nodiscard]] std::string_view texts_fault(std::span<const Offset> offsets,
                                           std::string_view bytes);

}  // namespace headrope
