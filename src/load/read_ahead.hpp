// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The rows of the large tables, read ahead of being added: by any thread, from
// what no other thread changes meanwhile. A row with anything unusual in it is
// left to the loader of its table, which knows what to say of it.

#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/short_text.hpp"
#include "headrope/model.hpp"
#include "load/csv_pieces.hpp"
#include "load/table_rows.hpp"

namespace headrope {

/// The last few words of a column and what each was found to be.
class WordMemory {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFFU;

  /// What a word stands for: `find(word)`, asked only if it is not remembered.
  template <typename Find>
  std::uint32_t of(std::string_view word, const Find& find) {
    if (word.empty()) return find(word);
    Known& known = known_[slot_of(word)];
    if (!same_text(known.text, word)) {
      known.meaning = find(word);
      known.text = word;
    }
    return known.meaning;
  }

 private:
  static constexpr std::size_t slot_count = 64;
  struct Known {
    std::string text{};
    std::uint32_t meaning = none;
  };

  static std::size_t slot_of(std::string_view word) {
    const auto byte = [](char c) {
      return std::size_t{static_cast<unsigned char>(c)};
    };
    return (word.size() * 31 + byte(word.front()) * 7 + byte(word.back())) %
           slot_count;
  }

  std::array<Known, slot_count> known_{};
};

/// Rows of a piece as rows of the model. Of the one table that is read, the
/// vector is as long as the batch.
struct ReadyRows {
  /// By row of the batch: 1 if the row of the model is whole but for what is
  /// named here, and can be added without anything to be found.
  std::vector<std::uint8_t> is_ready;
  std::vector<UnitState> units;  ///< without the unit; texts of the piece
  std::vector<Link> links;
  std::vector<Membership> memberships;  ///< without persons who may be new
  std::vector<Record> records;          ///< the source is a text of the piece
  std::vector<Attendance> attendance;

  // What is kept from piece to piece.
  WordMemory kinds, hierarchies, measures, standings, presences;
  std::vector<std::uint32_t> first, second;
};

/// Reads rows ahead; what it looks things up in must not be changed by the
/// loader of the same table.
using ReadAhead = void (*)(const LoadContext& context, const ParsedRows& rows,
                           ReadyRows& ready);

/// Adds the rows [`from`, `until`) of the batch, all of them ready.
/// @returns false if there may be no room for all: then none is added.
using AddReady = bool (*)(Registry::Tables& tables, const LoadContext& context,
                          const ParsedRows& rows, const ReadyRows& ready,
                          std::size_t from, std::size_t until);

/// How the rows of a table are read ahead.
struct QuickTable {
  std::string_view name;
  ReadAhead read_ahead = nullptr;
  AddReady add_ready = nullptr;
  /// How many rows of the Registry's table there are.
  std::size_t (*row_count)(const Registry::Tables& tables) = nullptr;
};

/// The way for a table of a name; nullptr if it has none.
[[nodiscard]] const QuickTable* find_quick_table(std::string_view name);

}  // namespace headrope
