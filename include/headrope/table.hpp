// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A Table is an answer with named, typed columns, ready to be written. The
// builders below turn the answers of answers.hpp into tables; names are the
// same everywhere, wording for people is chosen when a table is shown.

#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "headrope/answers.hpp"
#include "headrope/diagnostics.hpp"

namespace headrope {

/// The languages of wording for people.
enum class Language : std::uint8_t { zh, en };

/// Texts, one after the other: all bytes, and where each text begins and ends.
/// That is how Arrow keeps large strings, so an export shares them.
///
/// Empty by default. Copying copies the bytes.
/// @threads Like a vector: one thread writes, or any number read.
class TextColumn {
 public:
  TextColumn() = default;
  /// Holds some texts.
  TextColumn(std::initializer_list<std::string_view> texts) {
    for (const std::string_view text : texts) push_back(text);
  }
  /// Holds the texts of a list.
  TextColumn(const std::vector<std::string>& texts) {       // NOLINT: a list of
    for (const std::string& text : texts) push_back(text);  // texts is one.
  }

  /// How many texts there are.
  [[nodiscard]] std::size_t size() const {
    return offsets_.empty() ? 0 : offsets_.size() - 1;
  }
  /// True if there is none.
  [[nodiscard]] bool empty() const { return size() == 0; }
  /// The text at a position below `size()`; it lives until the next is added.
  [[nodiscard]] std::string_view operator[](std::size_t at) const {
    const auto begin = static_cast<std::size_t>(offsets_[at]);
    return std::string_view(bytes_).substr(
        begin, static_cast<std::size_t>(offsets_[at + 1]) - begin);
  }

  /// Adds a text.
  void push_back(std::string_view text) {
    if (offsets_.empty()) offsets_.push_back(0);
    bytes_ += text;
    offsets_.push_back(static_cast<std::int64_t>(bytes_.size()));
  }
  /// Adds a text.
  void emplace_back(std::string_view text) { push_back(text); }
  /// Adds all texts of another column.
  void append(const TextColumn& others) {
    for (std::size_t at = 0; at < others.size(); ++at) push_back(others[at]);
  }
  /// Makes room for so many texts in all.
  void reserve(std::size_t count) { offsets_.reserve(count + 1); }

  /// All bytes.
  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  /// Where each text begins, and one end; empty if there is no text.
  [[nodiscard]] std::span<const std::int64_t> offsets() const {
    return offsets_;
  }
  friend bool operator==(const TextColumn&, const TextColumn&) = default;

 private:
  std::vector<std::int64_t> offsets_;
  std::string bytes_;
};

/// A named column of one type. `missing` has one entry for each row, or is
/// empty if no value is missing.
struct Column {
  /// What the column holds.
  enum class Type : std::uint8_t {
    text,     ///< in `texts`
    integer,  ///< in `numbers`
    decimal,  ///< in `numbers`, with `decimals` places
    date,     ///< in `numbers`, days since 1970-01-01
    ratio,    ///< `numbers` over `denominators`; a percent only for people
    fraction  ///< an exact number, `numbers` over `denominators`
  };
  /// How a fraction is shown to people.
  enum class Style : std::uint8_t { number, percent, day };
  std::string name;  ///< machine name, such as `not_evaluable`
  Type type = Type::text;
  TextColumn texts;
  std::vector<std::int64_t> numbers;
  std::vector<std::int64_t> denominators;
  std::vector<std::uint8_t> missing;
  std::vector<Style> styles;  ///< of fractions, one for each row
  int decimals = 0;
  /// It often says nothing. People need not see it where it does: a table has
  /// the same columns whatever its rows say, for machines.
  bool is_rare = false;

  /// True if no row has a value, a text or a number other than 0.
  [[nodiscard]] bool says_nothing() const;

  /// True if there is no value in a row.
  [[nodiscard]] bool is_missing(std::size_t row) const {
    return !missing.empty() && missing[row] != 0;
  }
};

/// Columns of one length. For a tree, `depth` has one entry for each row and
/// the column named `name` (or the first) is shown indented.
struct Table {
  std::vector<Column> columns;
  std::vector<std::uint16_t> depth;

  /// How many rows all columns have.
  [[nodiscard]] std::size_t row_count() const;
  /// The column of a name; nullptr if there is none.
  [[nodiscard]] const Column* find(std::string_view name) const;
};

/// Takes pieces of text as they are written.
using Sink = std::function<void(std::string_view)>;

/// Writes CSV per RFC 4180 with LF: machine names, plain numbers, dates as
/// YYYY-MM-DD, ratios as `23/29`, missing values empty.
void write_csv(const Table& table, const Sink& sink);

/// Writes a JSON array with one object for each row; a ratio is an object of
/// numerator and denominator, a missing value null.
void write_json(const Table& table, const Sink& sink);

/// A value as people read it: percents with one decimal, rounded half up from
/// the exact ratio; `–` for a missing value or a ratio over nothing.
[[nodiscard]] std::string display_text(const Column& column, std::size_t row);

/// The heading of a column, or another word of ours (`met`), for people. A word
/// that is not known is given back.
[[nodiscard]] std::string_view wording(std::string_view name,
                                       Language language);

/// Which places of a hierarchy a table shows.
struct Shown {
  PlaceIndex top;  ///< this place and what is below; none: all
  std::optional<std::uint32_t> levels;  ///< so many levels below; all if none
};

/// Units with their kind, in the order of the hierarchy, and a figure each.
[[nodiscard]] Table roll_up_table(const Snapshot& snapshot,
                                  const Forest& forest,
                                  std::span<const std::int64_t> own,
                                  std::span<const std::int64_t> sums,
                                  int decimals, const Shown& shown);

/// Coverage at each place: counts by status and the rate.
[[nodiscard]] Table coverage_table(const Snapshot& snapshot,
                                   const Forest& forest,
                                   const Coverage& coverage,
                                   const Shown& shown);

/// Members at each place.
[[nodiscard]] Table members_table(const Snapshot& snapshot,
                                  const Forest& forest,
                                  std::span<const std::int64_t> counts,
                                  const Shown& shown);

/// Attendance at each place that has any: marks by presence, the rate of those
/// who attended among those expected, and among those not excused.
[[nodiscard]] Table attendance_table(const Snapshot& snapshot,
                                     const Forest& forest,
                                     const AttendanceCounts& counts,
                                     const Shown& shown);

/// Status, value, threshold and margin of each subject in each window.
[[nodiscard]] Table assessment_table(const Snapshot& snapshot,
                                     const Assessment& assessment);

/// Findings with their place.
[[nodiscard]] Table findings_table(const Diagnostics& findings);

}  // namespace headrope
