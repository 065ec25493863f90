// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Tables as Arrow. Each node of a schema or an array owns what it alone needs
// and shares the table, so that a consumer may move a child out and release it
// later than the rest. A node is filled completely before it is shown.

#include "headrope/arrow.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace headrope {
namespace {

// What a released node has: nothing but the mark of it.
template <typename Node>
void release_children(Node* node) {
  for (std::int64_t at = 0; at < node->n_children; ++at) {
    Node* child = node->children[at];
    if (child->release != nullptr) child->release(child);
  }
}

struct SchemaParts {
  std::string name;
  std::string metadata;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
};

void release_schema(ArrowSchema* schema) {
  release_children(schema);
  delete static_cast<SchemaParts*>(schema->private_data);
  schema->release = nullptr;
}

struct ArrayParts {
  std::shared_ptr<const Table> table;
  std::vector<std::uint8_t> validity;  // One bit for each row.
  std::vector<std::int32_t> days;
  std::array<const void*, 3> buffers{};
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
};

void release_array(ArrowArray* array) {
  release_children(array);
  delete static_cast<ArrayParts*>(array->private_data);
  array->release = nullptr;
}

// A node while its parts are made: releases what is there if one cannot be.
template <typename Node>
class Draft {
 public:
  Draft() : node_{} {}
  ~Draft() {
    if (node_.release != nullptr) node_.release(&node_);
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  Node* operator->() { return &node_; }
  Node& operator*() { return node_; }
  // Moves the node to where its user reads it.
  void give(Node& out) {
    out = node_;
    node_.release = nullptr;
  }

 private:
  Node node_;
};

// Gives a node so many children, all of them released as yet.
template <typename Node, typename Parts>
void set_children(Node& node, Parts& parts, std::size_t count) {
  parts.children.resize(count, Node{});
  parts.pointers.resize(count);
  for (std::size_t at = 0; at < count; ++at) {
    parts.pointers[at] = &parts.children[at];
  }
  node.n_children = static_cast<std::int64_t>(count);
  node.children = parts.pointers.data();
}

// Arrow's form of one key and its value: counts and lengths as int32.
std::string metadata_of(std::string_view key, std::string_view value) {
  std::string text;
  const auto add_number = [&](std::size_t number) {
    const auto narrow = static_cast<std::int32_t>(number);
    std::array<char, sizeof narrow> bytes{};
    std::memcpy(bytes.data(), &narrow, sizeof narrow);
    text.append(bytes.data(), bytes.size());
  };
  add_number(1);
  for (const std::string_view part : {key, value}) {
    add_number(part.size());
    text += part;
  }
  return text;
}

bool is_pair(const Column& column) {
  return column.type == Column::Type::ratio ||
         column.type == Column::Type::fraction;
}

const char* format_of(Column::Type type) {
  switch (type) {
    case Column::Type::text:
      return "U";
    case Column::Type::integer:
    case Column::Type::decimal:
      return "l";
    case Column::Type::date:
      return "tdD";
    case Column::Type::ratio:
    case Column::Type::fraction:
      return "+s";
  }
  return "n";
}

SchemaParts& start_schema(ArrowSchema& schema, const char* format,
                          std::string_view name, std::int64_t flags) {
  auto parts = std::make_unique<SchemaParts>();
  parts->name = name;
  schema = ArrowSchema{};
  schema.format = format;
  schema.name = parts->name.c_str();
  schema.flags = flags;
  schema.release = release_schema;
  schema.private_data = parts.get();
  return *parts.release();
}

void make_column_schema(const Column& column, ArrowSchema& out) {
  Draft<ArrowSchema> schema;
  SchemaParts& parts =
      start_schema(*schema, format_of(column.type), column.name,
                   column.missing.empty() ? 0 : ARROW_FLAG_NULLABLE);
  if (column.type == Column::Type::decimal) {
    parts.metadata =
        metadata_of("headrope.decimals", std::to_string(column.decimals));
    schema->metadata = parts.metadata.data();
  }
  if (is_pair(column)) {
    set_children(*schema, parts, 2);
    start_schema(parts.children[0], "l", "numerator", 0);
    start_schema(parts.children[1], "l", "denominator", 0);
  }
  schema.give(out);
}

ArrayParts& start_array(ArrowArray& array, std::shared_ptr<const Table> table,
                        std::size_t length, std::int64_t buffers) {
  auto parts = std::make_unique<ArrayParts>();
  parts->table = std::move(table);
  array = ArrowArray{};
  array.length = static_cast<std::int64_t>(length);
  array.n_buffers = buffers;
  array.buffers = parts->buffers.data();
  array.release = release_array;
  array.private_data = parts.get();
  return *parts.release();
}

// The rows that have a value, as bits.
void set_validity(const Column& column, ArrowArray& array, ArrayParts& parts) {
  if (column.missing.empty()) return;
  parts.validity.assign((column.missing.size() + 7) / 8, 0);
  std::int64_t nulls = 0;
  for (std::size_t row = 0; row < column.missing.size(); ++row) {
    if (column.missing[row] != 0) {
      ++nulls;
    } else {
      parts.validity[row / 8] |= static_cast<std::uint8_t>(1U << (row % 8));
    }
  }
  array.null_count = nulls;
  parts.buffers[0] = nulls == 0 ? nullptr : parts.validity.data();
}

void set_texts(const TextColumn& texts, ArrayParts& parts) {
  static constexpr std::int64_t no_text = 0;
  parts.buffers[1] =
      texts.offsets().empty() ? &no_text : texts.offsets().data();
  parts.buffers[2] = texts.bytes().data();
}

void set_days(const Column& column, ArrayParts& parts) {
  parts.days.reserve(column.numbers.size());
  for (const std::int64_t day : column.numbers) {
    parts.days.push_back(static_cast<std::int32_t>(day));
  }
  parts.buffers[1] = parts.days.data();
}

void make_column_array(const std::shared_ptr<const Table>& table,
                       const Column& column, std::size_t rows,
                       ArrowArray& out) {
  Draft<ArrowArray> array;
  const bool is_text = column.type == Column::Type::text;
  ArrayParts& parts =
      start_array(*array, table, rows, is_text ? 3 : (is_pair(column) ? 1 : 2));
  set_validity(column, *array, parts);
  if (is_text) {
    set_texts(column.texts, parts);
  } else if (column.type == Column::Type::date) {
    set_days(column, parts);
  } else if (is_pair(column)) {
    set_children(*array, parts, 2);
    for (std::size_t at = 0; at < 2; ++at) {
      start_array(parts.children[at], table, rows, 2).buffers[1] =
          at == 0 ? column.numbers.data() : column.denominators.data();
    }
  } else {
    parts.buffers[1] = column.numbers.data();
  }
  array.give(out);
}

struct StreamParts {
  std::shared_ptr<const Table> table;
  bool is_spent = false;
};

// The callbacks are called by C code: whatever fails becomes a number.
template <typename Work>
int run(const Work& work) noexcept {
  try {
    work();
    return 0;
  } catch (...) {
    return ENOMEM;  // Nothing else can fail here.
  }
}

int stream_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  const auto* parts = static_cast<StreamParts*>(stream->private_data);
  return run([&] { export_arrow_schema(*parts->table, *out); });
}

int stream_next(ArrowArrayStream* stream, ArrowArray* out) {
  auto* parts = static_cast<StreamParts*>(stream->private_data);
  *out = ArrowArray{};
  if (parts->is_spent) return 0;
  return run([&] {
    export_arrow_array(parts->table, *out);
    parts->is_spent = true;
  });
}

const char* stream_error(ArrowArrayStream* /*stream*/) { return nullptr; }

void release_stream(ArrowArrayStream* stream) {
  delete static_cast<StreamParts*>(stream->private_data);
  stream->release = nullptr;
}

}  // namespace

void export_arrow_schema(const Table& table, ArrowSchema& out) {
  Draft<ArrowSchema> schema;
  SchemaParts& parts = start_schema(*schema, "+s", "", 0);
  set_children(*schema, parts, table.columns.size());
  for (std::size_t at = 0; at < table.columns.size(); ++at) {
    make_column_schema(table.columns[at], parts.children[at]);
  }
  schema.give(out);
}

void export_arrow_array(std::shared_ptr<const Table> table, ArrowArray& out) {
  const std::shared_ptr<const Table> shared = std::move(table);
  Draft<ArrowArray> array;
  const std::size_t rows = shared->row_count();
  ArrayParts& parts = start_array(*array, shared, rows, 1);
  set_children(*array, parts, shared->columns.size());
  for (std::size_t at = 0; at < shared->columns.size(); ++at) {
    make_column_array(shared, shared->columns[at], rows, parts.children[at]);
  }
  array.give(out);
}

void export_arrow_stream(std::shared_ptr<const Table> table,
                         ArrowArrayStream& out) {
  auto parts = std::make_unique<StreamParts>();
  parts->table = std::move(table);
  out = ArrowArrayStream{};
  out.get_schema = stream_schema;
  out.get_next = stream_next;
  out.get_last_error = stream_error;
  out.release = release_stream;
  out.private_data = parts.release();
}

}  // namespace headrope
