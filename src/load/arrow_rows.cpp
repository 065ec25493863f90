// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Arrow batches as rows.

#include <algorithm>

#include "base/utf8.hpp"
#include "load/arrow_column.hpp"
#include "load/rows.hpp"

namespace headrope {
namespace {

// A structure of the producer's, released at the end of its life.
template <typename Structure>
struct Held {
  Structure it{};
  Held() = default;
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  ~Held() {
    if (it.release != nullptr) it.release(&it);
  }
};

// A column of the stream that the table has.
struct MatchedColumn {
  std::size_t child;   // Its position in the stream.
  std::size_t target;  // Its position in the table.
  ArrowColumn column;
  std::vector<ArrowColumn::Digits> digits;  // One for each row of a batch.
};

// A stream into one table.
class ArrowRows {
 public:
  ArrowRows(Registry& registry, const TableSpec& table,
            ArrowArrayStream& stream, const RowOptions& options)
      : limits_(registry.limits()),
        table_(table),
        stream_(stream),
        options_(options),
        rows_(registry, table, options) {}

  Result<std::uint64_t> run(Diagnostics& findings) {
    const auto read = read_all();
    findings.append(rows_.own_findings());
    if (!read) return read.error();
    if (const auto finished = rows_.finish(); !finished) {
      return finished.error();
    }
    return row_count_;
  }

 private:
  Result<void> read_all() {
    if (const auto matched = match_columns(); !matched) return matched;
    for (;;) {
      Held<ArrowArray> batch;
      if (const int code = stream_.get_next(&stream_, &batch.it); code != 0) {
        return failed(code);
      }
      if (batch.it.release == nullptr) return {};
      if (const auto added = add(batch.it); !added) return added;
    }
  }

  [[nodiscard]] Error failed(int code) const {
    const char* words = stream_.get_last_error == nullptr
                            ? nullptr
                            : stream_.get_last_error(&stream_);
    return {Code::file_unreadable,
            "the Arrow stream failed with " + std::to_string(code) +
                (words == nullptr ? "" : ": " + std::string(words))};
  }

  void tell(Code code, Severity severity, std::string_view column,
            std::string message) {
    rows_.own_findings().add({code,
                              severity,
                              std::string(table_.name),
                              0,
                              std::string(column),
                              {},
                              std::move(message)});
  }

  Result<void> match_columns() {
    Held<ArrowSchema> schema;
    if (stream_.release == nullptr || stream_.get_schema == nullptr ||
        stream_.get_next == nullptr) {
      return broken_arrow("the stream is released");
    }
    if (const int code = stream_.get_schema(&stream_, &schema.it); code != 0) {
      return failed(code);
    }
    if (schema.it.release == nullptr || schema.it.format == nullptr ||
        std::string_view(schema.it.format) != "+s") {
      return broken_arrow("the schema is not that of a table");
    }
    child_count_ = schema.it.n_children;
    if (child_count_ < 0 || child_count_ > limits_.columns_max ||
        (child_count_ > 0 && schema.it.children == nullptr)) {
      return broken_arrow("the number of columns");
    }
    std::vector<bool> seen(rows_.batch().columns.size(), false);
    for (std::int64_t at = 0; at < child_count_; ++at) {
      const auto matched = match_column(schema.it.children[at],
                                        static_cast<std::size_t>(at), seen);
      if (!matched) return matched;
    }
    for (std::size_t at = 0; at < table_.columns.size(); ++at) {
      if (!table_.columns[at].is_required || seen[at]) continue;
      return Error{
          Code::column_missing,
          "column '" + std::string(table_.columns[at].name) + "' is missing"};
    }
    return {};
  }

  Result<void> match_column(const ArrowSchema* column, std::size_t child,
                            std::vector<bool>& seen) {
    if (column == nullptr) return broken_arrow("a column is missing");
    const std::string name(column->name == nullptr ? "" : column->name);
    const auto target = target_of(table_, name);
    if (!target) {
      tell(Code::column_unknown, Severity::warning, shortened(name, 80),
           "the column is not known and is not read");
      return {};
    }
    if (seen[*target]) {
      return Error{Code::column_repeated, in_quotes(name) + " is there twice"};
    }
    seen[*target] = true;
    auto matched = ArrowColumn::of(*column, name);
    if (!matched) return matched.error();
    columns_.push_back({child, *target, *std::move(matched), {}});
    columns_.back().digits.resize(RowBatch::rows_max);
    return {};
  }

  Result<void> add(const ArrowArray& batch) {
    if (batch.length < 0 || batch.offset < 0 ||
        batch.length > arrow_length_max || batch.offset > arrow_length_max) {
      return broken_arrow("the length of a batch");
    }
    if (batch.n_children != child_count_ ||
        (child_count_ > 0 && batch.children == nullptr)) {
      return broken_arrow("a batch has other columns than the schema");
    }
    if (batch.null_count > 0) return broken_arrow("a whole row is null");
    for (MatchedColumn& one : columns_) {
      const auto taken = one.column.take(batch.children[one.child],
                                         batch.offset, batch.length);
      if (!taken) return taken;
    }
    if (batch.length == 0 && !goes_on()) return stopped();
    for (std::int64_t from = 0; from < batch.length;) {
      const auto count = static_cast<std::size_t>(std::min<std::int64_t>(
          batch.length - from, std::int64_t{RowBatch::rows_max}));
      if (const auto added = add_piece(from, count); !added) return added;
      from += static_cast<std::int64_t>(count);
      if (!goes_on()) return stopped();
    }
    return {};
  }

  [[nodiscard]] bool goes_on() const {
    return !options_.progress ||
           options_.progress("add " + std::string(table_.name), row_count_, 0);
  }
  [[nodiscard]] static Error stopped() {
    return {Code::cancelled, "adding was stopped by the caller"};
  }

  Result<void> add_piece(std::int64_t from, std::size_t count) {
    RowBatch& batch = rows_.batch();
    batch.row_count = count;
    batch.row_numbers.clear();
    for (std::size_t row = 0; row < count; ++row) {
      batch.row_numbers.push_back(++row_count_);
    }
    for (auto& column : batch.columns) column.assign(count, {});
    for (MatchedColumn& one : columns_) {
      for (std::size_t row = 0; row < count; ++row) {
        const auto value = one.column.value(
            from + static_cast<std::int64_t>(row), one.digits[row], limits_);
        if (!value) return value.error();
        batch.columns[one.target][row] = *value;
      }
    }
    rows_.add_batch();
    return {};
  }

  const Limits& limits_;
  const TableSpec& table_;
  ArrowArrayStream& stream_;
  const RowOptions& options_;
  RowsInto rows_;
  std::vector<MatchedColumn> columns_;
  std::int64_t child_count_ = 0;
  std::uint64_t row_count_ = 0;
};

}  // namespace

Result<std::uint64_t> add_rows(Registry& registry, std::string_view table,
                               ArrowArrayStream& stream, Diagnostics& findings,
                               const RowOptions& options) {
  const auto wanted = wanted_table(table);
  if (!wanted) return wanted.error();
  return ArrowRows(registry, **wanted, stream, options).run(findings);
}

}  // namespace headrope
