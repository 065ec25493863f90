// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What the loaders of single tables are written with: the rows of a batch,
// their values by column, and findings that know their place.

#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "headrope/load.hpp"
#include "load/csv_reader.hpp"
#include "model/tables.hpp"
#include "model/words.hpp"

namespace headrope {

/// A column of a table as the format describes it.
struct ColumnSpec {
  std::string_view name;
  bool is_required = false;
};

/// Which of the date columns a table has; they stand behind its own columns.
enum class Clocks : std::uint8_t { none, recorded, both };

/// The names of those columns; a table with `recorded` has the last two.
inline constexpr std::array<std::string_view, 4> clock_columns{
    "valid_from", "valid_until", "recorded_from", "recorded_until"};

class TableRows;
struct LoadContext;

/// A table of the format.
struct TableSpec {
  std::string_view name;
  std::vector<ColumnSpec> columns;
  Clocks clocks = Clocks::both;
  void (*add_rows)(TableRows& rows) = nullptr;
  /// Makes room for about so many rows; may be missing. Changes only what
  /// adding rows may change.
  void (*reserve)(const LoadContext& context, std::size_t rows) = nullptr;
};

/// All tables, in the order in which they are to be read.
[[nodiscard]] std::span<const TableSpec> table_specs();

/// Where the rows of a table in the Registry came from, so that findings about
/// them can name file and row.
class RowOrigins {
 public:
  /// Rows come in order; a run of neighbours is kept as one.
  void note(std::size_t item, std::size_t file, std::uint64_t row) {
    if (!runs_.empty()) {
      const Run& last = runs_.back();
      if (last.file == file && row - last.row == item - last.item) return;
    }
    runs_.push_back({item, file, row});
  }
  struct Place {
    std::size_t file = 0;
    std::uint64_t row = 0;
  };
  [[nodiscard]] Place place_of(std::size_t item) const;

 private:
  struct Run {
    std::size_t item;
    std::size_t file;
    std::uint64_t row;
  };
  std::vector<Run> runs_;
};

/// What is the same for all rows of a load.
struct LoadContext {
  Registry& registry;
  Diagnostics& findings;
  bool ends_are_inclusive = false;
  Date recorded_from = Date::open_start();
  /// Persons may be named first by memberships.
  bool makes_persons = false;
};

/// One batch of rows of one table.
class TableRows {
 public:
  TableRows(LoadContext& context, const TableSpec& spec, std::string file,
            std::size_t file_number, RowOrigins& origins);

  RowBatch batch;

  [[nodiscard]] Registry& registry() { return context_.registry; }
  [[nodiscard]] Registry::Tables& tables() {
    return context_.registry.tables();
  }
  [[nodiscard]] const LoadContext& context() const { return context_; }
  [[nodiscard]] std::size_t size() const { return batch.row_count; }

  /// The values of a column; empty texts where the file does not have it.
  [[nodiscard]] std::span<const std::string_view> column(
      std::size_t column) const {
    return std::span(batch.columns[column]).first(batch.row_count);
  }

  /// Looks a column's identities up, all at once.
  [[nodiscard]] std::vector<std::uint32_t> find_all(const IdentityIndex& index,
                                                    std::size_t column) const;

  void add_finding(std::size_t row, std::string_view column, Code code,
                   std::string_view value, std::string message);

  /// Notes which row of the file became an item of the Registry's table.
  void note(std::size_t item, std::uint64_t row) {
    origins_.note(item, file_number_, row);
  }

 private:
  friend class Row;

  LoadContext& context_;
  const TableSpec& spec_;
  std::string file_;
  std::size_t file_number_;
  RowOrigins& origins_;
  // Files repeat dates and the names of kinds, hierarchies and measures a lot,
  // so what each was found to be last is kept.
  template <typename Value>
  struct Last {
    std::string text;
    Value value{};
  };
  Last<Date> date_;
  Last<KindId> kind_;
  Last<HierarchyId> hierarchy_;
  Last<MeasureId> measure_;
};

/// One row of a batch. Each value is asked for once; what is wrong is noted,
/// and `add` then does nothing.
class Row {
 public:
  Row(TableRows& rows, std::size_t row) : rows_(rows), row_(row) {}

  [[nodiscard]] bool is_good() const { return is_good_; }

  [[nodiscard]] std::string_view text(std::size_t column) const {
    return rows_.batch.columns[column][row_];
  }
  /// The text of a column that must not be empty.
  std::string_view required(std::size_t column);

  /// An enumerator by its word; empty is `otherwise`, or missing without it.
  template <typename Enum>
  Enum word(std::size_t column, std::optional<Enum> otherwise = std::nullopt) {
    const std::string_view given = text(column);
    if (given.empty() && otherwise) return *otherwise;
    if (const auto found = find_word<Enum>(given)) return *found;
    fail(column, given.empty() ? Code::value_missing : Code::value_not_in_list,
         "expected one of " + word_list<Enum>());
    return Enum{};
  }

  bool boolean(std::size_t column, bool otherwise);
  std::uint32_t count(std::size_t column, std::uint32_t otherwise);
  Date date(std::size_t column);

  /// The two clocks, from the columns behind the table's own.
  Interval valid();
  Interval recorded();
  /// Like `valid`, but an empty end is the day after the start.
  Interval valid_days();

  // Identities that must be known. `found` is the answer of `find_all`.
  UnitId unit(std::size_t column, std::uint32_t found);
  PersonId person(std::size_t column, std::uint32_t found);
  KindId kind(std::size_t column);
  std::vector<KindId> kinds(std::size_t column);
  /// Enumerators by their words, separated by ';'.
  template <typename Enum>
  std::vector<Enum> word_set(std::size_t column) {
    std::vector<Enum> list;
    std::string_view rest = text(column);
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      if (const auto found = find_word<Enum>(rest.substr(0, end))) {
        list.push_back(*found);
      } else {
        fail(column, Code::value_not_in_list,
             "expected some of " + word_list<Enum>() + ", with ';' between");
      }
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return list;
  }
  HierarchyId hierarchy(std::size_t column);
  RoleId role(std::size_t column);
  MeasureId measure(std::size_t column);
  PostId post(std::size_t column);
  DutyId duty(std::size_t column);
  RecordId record(std::size_t column);
  /// An entity by a column that names its type and one that names it.
  Entity entity(std::size_t type_column, std::size_t column,
                std::optional<EntityType> otherwise = std::nullopt);
  /// A scope by its three columns; nothing if the first is empty.
  std::optional<Scope> scope(std::size_t type_column, std::size_t column,
                             std::size_t hierarchy_column);

  /// Notes what is wrong with a value.
  void fail(std::size_t column, Code code, std::string message);

  /// Takes the id that making an identity gave, or notes why there is none.
  template <typename IdType>
  IdType made(std::size_t column, const Result<IdType>& result) {
    if (result) return *result;
    fail(column, result.error().code, result.error().message);
    return {};
  }

  /// Adds a row to the Registry, and notes where it came from.
  /// @param item the position that the row gets in its table.
  template <typename ModelRow>
  void add(const ModelRow& row, std::size_t item) {
    if (!is_good_) return;
    if (const auto added = rows_.registry().add(row); !added) {
      fail_row(added.error());
    } else {
      note(item);
    }
  }
  void note(std::size_t item) {
    rows_.origins_.note(item, rows_.file_number_,
                        rows_.batch.row_numbers[row_]);
  }
  void fail_row(const Error& error);

 private:
  [[nodiscard]] std::size_t clock_column(std::size_t which) const;
  Date date_or(std::size_t column, Date otherwise);
  Date until(std::size_t column);
  template <typename IdType, typename Find>
  IdType known_again(std::size_t column, TableRows::Last<IdType>& last,
                     const Find& find, Code code, std::string_view what);
  template <typename IdType, typename Found>
  IdType known(std::size_t column, const Found& found, Code code,
               std::string_view what);

  TableRows& rows_;
  std::size_t row_;
  bool is_good_ = true;
};

}  // namespace headrope
