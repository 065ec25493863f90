// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Arrow batches as rows. What a producer gives is not trusted: a column is
// read only after its lengths, buffers and offsets were found to fit together.

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>

#include "base/utf8.hpp"
#include "load/rows.hpp"

namespace headrope {
namespace {

// Past this, lengths and offsets could not be added safely.
constexpr std::int64_t length_max = std::int64_t{1} << 40;

Error broken(std::string_view what) {
  return {Code::invalid_argument,
          "the Arrow data breaks its own rules: " + std::string(what)};
}

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

// What a column is written with.
enum class Form : std::uint8_t {
  nothing,
  text,
  large_text,
  boolean,
  day,
  i8,
  i16,
  i32,
  i64,
  u8,
  u16,
  u32,
  u64
};

std::optional<Form> form_of(std::string_view format) {
  constexpr std::array<std::pair<std::string_view, Form>, 13> forms{
      {{"n", Form::nothing},
       {"u", Form::text},
       {"U", Form::large_text},
       {"b", Form::boolean},
       {"tdD", Form::day},
       {"c", Form::i8},
       {"s", Form::i16},
       {"i", Form::i32},
       {"l", Form::i64},
       {"C", Form::u8},
       {"S", Form::u16},
       {"I", Form::u32},
       {"L", Form::u64}}};
  for (const auto& [name, form] : forms) {
    if (name == format) return form;
  }
  return std::nullopt;
}

bool is_bit_set(const void* bits, std::int64_t at) {
  const auto byte =
      static_cast<const unsigned char*>(bits)[static_cast<std::size_t>(at / 8)];
  return ((byte >> (at % 8)) & 1) != 0;
}

template <typename Value>
Value value_at(const void* values, std::int64_t at) {
  Value value{};
  std::memcpy(&value,
              static_cast<const char*>(values) +
                  static_cast<std::size_t>(at) * sizeof(Value),
              sizeof(Value));
  return value;
}

// One column of the stream that the table has.
class ColumnReader {
 public:
  ColumnReader(std::size_t child, std::size_t target, Form form,
               std::string name)
      : child_(child), target_(target), form_(form), name_(std::move(name)) {}

  [[nodiscard]] std::size_t child() const { return child_; }
  [[nodiscard]] std::size_t target() const { return target_; }

  // Takes the column of a batch whose rows are `first` .. `first + count`.
  Result<void> take(const ArrowArray* array, std::int64_t first,
                    std::int64_t count) {
    if (array == nullptr || array->release == nullptr) {
      return fault("it is released");
    }
    if (array->length < 0 || array->offset < 0 || array->length > length_max ||
        array->offset > length_max || array->length < first + count) {
      return fault("its length does not fit the batch");
    }
    if (array->dictionary != nullptr || array->n_children != 0) {
      return fault("its parts do not fit its type");
    }
    const std::int64_t buffers = buffer_count();
    if (array->n_buffers != buffers ||
        (buffers > 0 && array->buffers == nullptr)) {
      return fault("its number of buffers does not fit its type");
    }
    first_ = array->offset + first;
    validity_ =
        buffers == 0 || array->null_count == 0 ? nullptr : array->buffers[0];
    if (buffers > 0 && array->null_count > 0 && validity_ == nullptr) {
      return fault("it counts nulls and has no bits for them");
    }
    values_ = buffers < 2 ? nullptr : array->buffers[1];
    bytes_ =
        buffers < 3 ? nullptr : static_cast<const char*>(array->buffers[2]);
    if (buffers > 1 && count > 0 && values_ == nullptr) {
      return fault("a buffer is missing");
    }
    return {};
  }

  // Gives the values of some rows as texts, which live until the next call.
  Result<void> read(std::int64_t from, std::size_t count,
                    std::span<std::string_view> texts, const Limits& limits) {
    written_.resize(RowBatch::rows_max);
    for (std::size_t row = 0; row < count; ++row) {
      const std::int64_t at = first_ + from + static_cast<std::int64_t>(row);
      texts[row] = {};
      if (form_ == Form::nothing ||
          (validity_ != nullptr && !is_bit_set(validity_, at))) {
        continue;
      }
      auto text = is_text()
                      ? text_at(at, limits)
                      : Result<std::string_view>(written(at, written_[row]));
      if (!text) return text.error();
      texts[row] = *text;
    }
    return {};
  }

 private:
  using Digits = std::array<char, 24>;

  [[nodiscard]] bool is_text() const {
    return form_ == Form::text || form_ == Form::large_text;
  }
  [[nodiscard]] std::int64_t buffer_count() const {
    if (form_ == Form::nothing) return 0;
    return is_text() ? 3 : 2;
  }
  [[nodiscard]] Error fault(std::string_view what) const {
    return broken("column " + in_quotes(name_) + ": " + std::string(what));
  }

  [[nodiscard]] Result<std::string_view> text_at(std::int64_t at,
                                                 const Limits& limits) const {
    const bool is_large = form_ == Form::large_text;
    const std::int64_t begin = is_large ? value_at<std::int64_t>(values_, at)
                                        : value_at<std::int32_t>(values_, at);
    const std::int64_t end = is_large ? value_at<std::int64_t>(values_, at + 1)
                                      : value_at<std::int32_t>(values_, at + 1);
    if (begin < 0 || end < begin || end > length_max) {
      return fault("an offset goes backwards");
    }
    if (end == begin) return std::string_view{};
    if (bytes_ == nullptr) return fault("a buffer is missing");
    const std::string_view text(bytes_ + begin,
                                static_cast<std::size_t>(end - begin));
    if (const auto good = check_text(text, limits); !good) {
      return Error{good.error().code,
                   "column " + in_quotes(name_) + ": " + good.error().message};
    }
    return text;
  }

  template <typename Value>
  std::string_view number(std::int64_t at, Digits& digits) const {
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(),
                                   value_at<Value>(values_, at));
    return {digits.data(), static_cast<std::size_t>(end.ptr - digits.data())};
  }

  std::string_view written(std::int64_t at, Digits& digits) const {
    switch (form_) {
      case Form::boolean:
        return is_bit_set(values_, at) ? "true" : "false";
      case Form::day: {
        const std::string day =
            to_string(Date{value_at<std::int32_t>(values_, at)});
        const std::size_t size = day.copy(digits.data(), digits.size());
        return {digits.data(), size};
      }
      case Form::i8:
        return number<std::int8_t>(at, digits);
      case Form::i16:
        return number<std::int16_t>(at, digits);
      case Form::i32:
        return number<std::int32_t>(at, digits);
      case Form::i64:
        return number<std::int64_t>(at, digits);
      case Form::u8:
        return number<std::uint8_t>(at, digits);
      case Form::u16:
        return number<std::uint16_t>(at, digits);
      case Form::u32:
        return number<std::uint32_t>(at, digits);
      case Form::u64:
        return number<std::uint64_t>(at, digits);
      case Form::nothing:
      case Form::text:
      case Form::large_text:
        break;
    }
    return {};
  }

  std::size_t child_;
  std::size_t target_;
  Form form_;
  std::string name_;
  const void* validity_ = nullptr;
  const void* values_ = nullptr;
  const char* bytes_ = nullptr;
  std::int64_t first_ = 0;
  std::vector<Digits> written_;
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
      return broken("the stream is released");
    }
    if (const int code = stream_.get_schema(&stream_, &schema.it); code != 0) {
      return failed(code);
    }
    if (schema.it.release == nullptr || schema.it.format == nullptr ||
        std::string_view(schema.it.format) != "+s") {
      return broken("the schema is not that of a table");
    }
    child_count_ = schema.it.n_children;
    if (child_count_ < 0 || child_count_ > limits_.columns_max ||
        (child_count_ > 0 && schema.it.children == nullptr)) {
      return broken("the number of columns");
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
    if (column == nullptr || column->format == nullptr) {
      return broken("a column has no type");
    }
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
    const auto form = form_of(column->format);
    if (!form || column->dictionary != nullptr) {
      return Error{
          Code::format_unsupported,
          "column " + in_quotes(name) + " has the Arrow type " +
              in_quotes(column->format) +
              (column->dictionary == nullptr ? "" : " of a dictionary") +
              "; texts, integers, booleans and date32 are read"};
    }
    columns_.emplace_back(child, *target, *form, name);
    return {};
  }

  Result<void> add(const ArrowArray& batch) {
    if (batch.length < 0 || batch.offset < 0 || batch.length > length_max ||
        batch.offset > length_max) {
      return broken("the length of a batch");
    }
    if (batch.n_children != child_count_ ||
        (child_count_ > 0 && batch.children == nullptr)) {
      return broken("a batch has other columns than the schema");
    }
    if (batch.null_count > 0) return broken("a whole row is null");
    for (ColumnReader& column : columns_) {
      const auto taken = column.take(batch.children[column.child()],
                                     batch.offset, batch.length);
      if (!taken) return taken;
    }
    for (std::int64_t from = 0; from < batch.length;) {
      const auto count = static_cast<std::size_t>(std::min<std::int64_t>(
          batch.length - from, std::int64_t{RowBatch::rows_max}));
      if (const auto added = add_piece(from, count); !added) return added;
      from += static_cast<std::int64_t>(count);
      if (options_.progress &&
          !options_.progress("add " + std::string(table_.name), row_count_,
                             0)) {
        return Error{Code::cancelled, "adding was stopped by the caller"};
      }
    }
    return {};
  }

  Result<void> add_piece(std::int64_t from, std::size_t count) {
    RowBatch& batch = rows_.batch();
    batch.row_count = count;
    batch.row_numbers.clear();
    for (std::size_t row = 0; row < count; ++row) {
      batch.row_numbers.push_back(++row_count_);
    }
    for (auto& column : batch.columns) column.assign(count, {});
    for (ColumnReader& column : columns_) {
      const auto read =
          column.read(from, count, batch.columns[column.target()], limits_);
      if (!read) return read;
    }
    rows_.add_batch();
    return {};
  }

  const Limits& limits_;
  const TableSpec& table_;
  ArrowArrayStream& stream_;
  const RowOptions& options_;
  RowsInto rows_;
  std::vector<ColumnReader> columns_;
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
