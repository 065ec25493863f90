// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Tables: cells, texts, Arrow.

#include "handles.hpp"

using namespace headrope;     // NOLINT: each body would repeat it
using namespace headrope::c;  // NOLINT

namespace {

Result<const Column*> column_of(const headrope_table& table,
                                std::int64_t column) {
  const auto at = id_of<UnitId>(column, table.value->columns.size(), "column");
  if (!at) return at.error();
  return &table.value->columns[at->value];
}

// A cell of a table.
struct CellAt {
  const Column* column;
  std::size_t row;
};

Result<std::size_t> row_of(const headrope_table& table, std::int64_t row) {
  if (row < 0 || static_cast<std::uint64_t>(row) >= table.value->row_count()) {
    return invalid("row: there is no number " + std::to_string(row));
  }
  return static_cast<std::size_t>(row);
}

Result<CellAt> cell_of(const headrope_table& table, std::int64_t column,
                       std::int64_t row) {
  const auto found = column_of(table, column);
  if (!found) return found.error();
  const auto at = row_of(table, row);
  if (!at) return at.error();
  return CellAt{*found, *at};
}

Error wrong_type(const Column& column, const char* wanted) {
  return invalid("column '" + column.name + "' does not hold " + wanted);
}

bool holds_pairs(const Column& column) {
  return column.type == Column::Type::ratio ||
         column.type == Column::Type::fraction;
}

}  // namespace

void headrope_table_free(headrope_table* table) { delete table; }

int64_t headrope_table_row_count(const headrope_table* table) {
  return table == nullptr ? 0 : static_cast<int64_t>(table->value->row_count());
}

int64_t headrope_table_column_count(const headrope_table* table) {
  return table == nullptr ? 0
                          : static_cast<int64_t>(table->value->columns.size());
}

headrope_status headrope_table_column(const headrope_table* table,
                                      int64_t column, headrope_column* out,
                                      headrope_error* error) {
  clear_struct(out);
  return guard(error, {{"table", table}, {"out", out}}, [&]() -> Result<void> {
    const auto found = column_of(*table, column);
    if (!found) return found.error();
    headrope_column own{};
    own.type = static_cast<std::int32_t>((*found)->type);
    own.decimals = (*found)->decimals;
    own.has_missing = (*found)->missing.empty() ? 0 : 1;
    own.name = view_of((*found)->name);
    return write_struct(own, out, "out");
  });
}

headrope_status headrope_table_find_column(const headrope_table* table,
                                           const char* name, int64_t size,
                                           int64_t* out,
                                           headrope_error* error) {
  clear_output(out, HEADROPE_NONE);
  return guard(error, {{"table", table}, {"name", name}, {"out", out}},
               [&]() -> Result<void> {
                 const auto wanted = text_of(name, size, "name");
                 if (!wanted) return wanted.error();
                 const Column* found = table->value->find(*wanted);
                 if (found != nullptr) {
                   *out = found - table->value->columns.data();
                 }
                 return {};
               });
}

headrope_status headrope_table_is_missing(const headrope_table* table,
                                          int64_t column, int64_t row,
                                          int32_t* out, headrope_error* error) {
  clear_output(out, 0);
  return guard(error, {{"table", table}, {"out", out}}, [&]() -> Result<void> {
    const auto cell = cell_of(*table, column, row);
    if (!cell) return cell.error();
    *out = cell->column->is_missing(cell->row) ? 1 : 0;
    return {};
  });
}

headrope_status headrope_table_text(const headrope_table* table, int64_t column,
                                    int64_t row, headrope_text* out,
                                    headrope_error* error) {
  clear_text(out);
  return guard(error, {{"table", table}, {"out", out}}, [&]() -> Result<void> {
    const auto cell = cell_of(*table, column, row);
    if (!cell) return cell.error();
    if (cell->column->type != Column::Type::text) {
      return wrong_type(*cell->column, "texts");
    }
    *out = view_of(cell->column->texts[cell->row]);
    return {};
  });
}

headrope_status headrope_table_number(const headrope_table* table,
                                      int64_t column, int64_t row, int64_t* out,
                                      headrope_error* error) {
  clear_output<int64_t>(out, 0);
  return guard(error, {{"table", table}, {"out", out}}, [&]() -> Result<void> {
    const auto cell = cell_of(*table, column, row);
    if (!cell) return cell.error();
    if (cell->column->type == Column::Type::text ||
        holds_pairs(*cell->column)) {
      return wrong_type(*cell->column, "single numbers");
    }
    *out = cell->column->numbers[cell->row];
    return {};
  });
}

headrope_status headrope_table_ratio(const headrope_table* table,
                                     int64_t column, int64_t row,
                                     int64_t* numerator, int64_t* denominator,
                                     headrope_error* error) {
  clear_output<int64_t>(numerator, 0);
  clear_output<int64_t>(denominator, 0);
  return guard(error,
               {{"table", table},
                {"numerator", numerator},
                {"denominator", denominator}},
               [&]() -> Result<void> {
                 const auto cell = cell_of(*table, column, row);
                 if (!cell) return cell.error();
                 if (!holds_pairs(*cell->column)) {
                   return wrong_type(*cell->column, "ratios");
                 }
                 *numerator = cell->column->numbers[cell->row];
                 *denominator = cell->column->denominators[cell->row];
                 return {};
               });
}

headrope_status headrope_table_depth(const headrope_table* table, int64_t row,
                                     int32_t* out, headrope_error* error) {
  clear_output(out, 0);
  return guard(error, {{"table", table}, {"out", out}}, [&]() -> Result<void> {
    const auto at = row_of(*table, row);
    if (!at) return at.error();
    if (*at < table->value->depth.size()) *out = table->value->depth[*at];
    return {};
  });
}

headrope_status headrope_table_display(const headrope_table* table,
                                       int64_t column, int64_t row,
                                       char* buffer, int64_t capacity,
                                       int64_t* out, headrope_error* error) {
  clear_output<int64_t>(out, 0);
  return guard(error, {{"table", table}, {"out", out}}, [&]() -> Result<void> {
    const auto cell = cell_of(*table, column, row);
    if (!cell) return cell.error();
    return fill(display_text(*cell->column, cell->row), buffer, capacity, out,
                [](char c) { return c; });
  });
}

headrope_status headrope_table_write_csv(const headrope_table* table,
                                         headrope_write write, void* user_data,
                                         headrope_error* error) {
  return guard(
      error,
      {{"table", table}, {"write", reinterpret_cast<const void*>(write)}},
      [&]() -> Result<void> {
        Writer writer(write, user_data);
        write_csv(*table->value, writer.sink());
        return writer.outcome();
      });
}

headrope_status headrope_table_write_json(const headrope_table* table,
                                          headrope_write write, void* user_data,
                                          headrope_error* error) {
  return guard(
      error,
      {{"table", table}, {"write", reinterpret_cast<const void*>(write)}},
      [&]() -> Result<void> {
        Writer writer(write, user_data);
        write_json(*table->value, writer.sink());
        return writer.outcome();
      });
}

headrope_status headrope_table_export_array(const headrope_table* table,
                                            struct ArrowSchema* schema,
                                            struct ArrowArray* array,
                                            headrope_error* error) {
  if (schema != nullptr) *schema = ArrowSchema{};
  if (array != nullptr) *array = ArrowArray{};
  return guard(error, {{"table", table}, {"schema", schema}, {"array", array}},
               [&]() -> Result<void> {
                 ArrowArray made{};
                 export_arrow_array(table->value, made);
                 try {
                   export_arrow_schema(*table->value, *schema);
                 } catch (...) {
                   made.release(&made);
                   throw;
                 }
                 *array = made;
                 return {};
               });
}

headrope_status headrope_table_export_stream(const headrope_table* table,
                                             struct ArrowArrayStream* out,
                                             headrope_error* error) {
  if (out != nullptr) *out = ArrowArrayStream{};
  return guard(error, {{"table", table}, {"out", out}}, [&]() -> Result<void> {
    export_arrow_stream(table->value, *out);
    return {};
  });
}
