// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Data inside a page: JSON in script elements that no browser runs. Columns are
// written as runs, since neighbours in a tree are mostly alike.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "headrope/model.hpp"
#include "headrope/table.hpp"
#include "report/json_writer.hpp"

namespace headrope {

/// Gives text on with every `<` as `\u003c`, which means the same in JSON: so
/// no text can end the script element that it stands in.
[[nodiscard]] Sink without_tags(const Sink& sink);

/// Begins a script element of the id `data-<id>`, and ends it.
void begin_script(const Sink& sink, std::string_view id);
void end_script(const Sink& sink);

/// Writes a script element; `fill` writes one JSON value.
template <typename Fill>
void write_script(const Sink& sink, std::string_view id, const Fill& fill) {
  begin_script(sink, id);
  const Sink safe = without_tags(sink);
  Buffer buffer(safe);
  JsonWriter json(buffer, false);
  fill(json);
  buffer.flush();
  end_script(sink);
}

/// Writes a label as an array of its Chinese and its English words.
inline void write_label(JsonWriter& json, const Label& label) {
  json.array().text(label.zh).text(label.en).end();
}

/// Writes `count` values as an array in which -n repeats the value before it
/// n times more. Numbers must not be negative.
template <typename ValueAt>
void write_runs(JsonWriter& json, std::size_t count, const ValueAt& value_at) {
  json.array();
  for (std::size_t at = 0; at < count;) {
    const auto value = value_at(at);
    std::size_t run = 1;
    while (at + run < count && value_at(at + run) == value) ++run;
    if constexpr (std::is_arithmetic_v<decltype(value)>) {
      json.number(static_cast<std::int64_t>(value));
    } else {
      json.text(value);
    }
    if (run > 1) json.number(-static_cast<std::int64_t>(run - 1));
    at += run;
  }
  json.end();
}

/// Writes `count` whole numbers as pairs: by how much the next ones rise (the
/// first from 0), and how many do.
template <typename ValueAt>
void write_rises(JsonWriter& json, std::size_t count, const ValueAt& value_at) {
  json.array();
  std::int64_t last = 0;
  for (std::size_t at = 0; at < count;) {
    const std::int64_t rise = value_at(at) - last;
    std::int64_t run = 0;
    while (at < count && value_at(at) - last == rise) {
      last = value_at(at++);
      ++run;
    }
    json.number(rise).number(run);
  }
  json.end();
}

}  // namespace headrope
