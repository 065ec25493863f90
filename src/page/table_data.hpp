// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A Table as a page shows it: texts as people read them, in both languages
// where they differ.

#pragma once

#include <cstdint>

#include "headrope/table.hpp"
#include "page/script.hpp"

namespace headrope {

/// Writes a table as one JSON object: rows past `rows_max` are left out, and
/// `total` tells how many there are.
/// @param zh and `en` the same table in two languages.
void write_table(JsonWriter& json, const Table& zh, const Table& en,
                 std::size_t rows_max);

}  // namespace headrope
