// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The Arrow C Data and C Stream Interfaces, and tables as Arrow: the columns of
// a Table are handed over where they lie. The structs are Apache Arrow's own,
// under the guards that let every copy of them stand beside each other.

#pragma once

#include <cstdint>
#include <memory>

#include "headrope/result.hpp"
#include "headrope/table.hpp"

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

extern "C" {

/// The type of an array, as Arrow's specification has it.
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  std::int64_t flags;
  std::int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

/// An array, as Arrow's specification has it.
struct ArrowArray {
  std::int64_t length;
  std::int64_t null_count;
  std::int64_t offset;
  std::int64_t n_buffers;
  std::int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

}  // extern "C"

#endif  // ARROW_C_DATA_INTERFACE

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

extern "C" {

/// A stream of arrays of one schema, as Arrow's specification has it.
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

}  // extern "C"

#endif  // ARROW_C_STREAM_INTERFACE

namespace headrope {

/// Writes the schema of a table: a struct of its columns. Texts are large
/// strings (`U`), integers and decimals int64 (`l`; a decimal has the metadata
/// `headrope.decimals`), dates date32 (`tdD`), ratios and fractions structs of
/// `numerator` and `denominator`.
/// @ownership `out` is the caller's, to release once.
void export_arrow_schema(const Table& table, ArrowSchema& out);

/// Hands a table over as one struct array. Texts and numbers are not copied:
/// the array holds on to the table. Dates are written as 32-bit days, and one
/// bit for each row where values are missing.
/// @ownership `out` is the caller's, to release once; the table lives on until
///   then. May be done again at any time.
/// @complexity O(columns), and O(rows) for dates and missing values.
void export_arrow_array(std::shared_ptr<const Table> table, ArrowArray& out);

/// Hands a table over as a stream of one batch. A stream that is spent gives
/// an array that is released, as Arrow has it; the table can be exported again.
/// @ownership As `export_arrow_array`.
void export_arrow_stream(std::shared_ptr<const Table> table,
                         ArrowArrayStream& out);

}  // namespace headrope
