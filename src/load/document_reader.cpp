// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "load/document_reader.hpp"

#include <utility>

#include "rules/words.hpp"

namespace headrope {
namespace {

// The size of the last digit of a number as it is written: 1/10000 of 43.60 %.
// A fraction such as 1/3 is exact.
Fraction last_digit(std::string_view text) {
  if (text.find('/') != std::string_view::npos) return {};
  const std::size_t point = text.find('.');
  std::int64_t parts = 1;
  if (point != std::string_view::npos) {
    for (const char c : text.substr(point + 1)) {
      if (c >= '0' && c <= '9') parts *= 10;
    }
  }
  if (text.ends_with('%')) parts *= 100;
  return {1, parts};
}

Text read_optional_label(const YamlNode& node, NodeReader& reader) {
  const YamlNode* title = node.find("title");
  return title == nullptr ? Text{} : reader.read_label(*title);
}

void read_value(const YamlNode& node, NodeReader& reader,
                ReportedFigure& figure) {
  const YamlNode* value = node.find("value");
  const bool is_open = figure.approximation == Approximation::unknown;
  if (value != nullptr && value->is_scalar()) {
    figure.text = value->text;
    figure.value =
        is_open ? parse_fraction(value->text) : reader.read_number(*value);
    if (figure.value) figure.step = last_digit(value->text);
  } else if (value != nullptr && !value->is_null()) {
    reader.read_number(*value);
  } else if (!is_open) {
    if (value == nullptr) {
      reader.need(node, "value");
    } else {
      reader.tell(Code::value_not_a_number, *value,
                  "a number is expected, or 'approximation: unknown'");
    }
  }
}

}  // namespace

std::string read_new_id(const YamlNode& node, NodeReader& reader,
                        std::set<std::string, std::less<>>& seen) {
  const YamlNode* id = reader.need(node, "id");
  if (id == nullptr) return {};
  std::string name = reader.read_id(*id);
  if (!name.empty() && !seen.insert(name).second) {
    reader.tell(Code::pack_invalid, *id, "another entry has this id");
  }
  return name;
}

void read_reported(const YamlNode& list, PackScope& scope, NodeReader& reader,
                   PackModel& model) {
  for (const YamlNode& node : reader.read_list(list)) {
    if (!reader.check_map(node, "a reported figure",
                          {"id", "clause", "phrase", "title", "note", "value",
                           "unit", "approximation"})) {
      continue;
    }
    ReportedFigure figure;
    figure.id = read_new_id(node, reader, scope.figures);
    figure.clause = reader.read_clause(node);
    figure.phrase = reader.read_text(node, "phrase");
    figure.unit = reader.read_text(node, "unit");
    figure.title = read_optional_label(node, reader);
    if (const YamlNode* word = node.find("approximation")) {
      figure.approximation =
          reader.read_word<Approximation>(*word).value_or(Approximation::exact);
    }
    read_value(node, reader, figure);
    model.reported.push_back(std::move(figure));
  }
}

void read_checks(const YamlNode& list, PackScope& scope, NodeReader& reader,
                 PackModel& model) {
  std::set<std::string, std::less<>> seen;
  ExpressionReader expressions(reader, scope);
  scope.in_check = true;
  for (const YamlNode& node : reader.read_list(list)) {
    if (!reader.check_map(node, "a check",
                          {"id", "clause", "title", "note", "require"})) {
      continue;
    }
    FigureCheck check;
    check.id = read_new_id(node, reader, seen);
    check.clause = reader.read_clause(node);
    if (const YamlNode* title = reader.need(node, "title")) {
      check.title = reader.read_label(*title);
    }
    if (const YamlNode* require = reader.need(node, "require")) {
      check.require = expressions.read_condition(*require, Thing::none);
    }
    model.checks.push_back(std::move(check));
  }
  scope.in_check = false;
}

}  // namespace headrope
