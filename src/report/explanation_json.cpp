// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// An explanation as JSON.

#include "headrope/pack_tables.hpp"
#include "report/json_writer.hpp"
#include "report/words.hpp"

namespace headrope {
namespace {

void write_value(JsonWriter& json, const std::optional<Fraction>& value) {
  if (!value) {
    json.null();
    return;
  }
  json.object().key("numerator").number(value->numerator);
  json.key("denominator").number(value->denominator).end();
}

void write_value(JsonWriter& json, const std::optional<Status>& status) {
  if (status) {
    json.text(word_of(status_words, *status));
  } else {
    json.null();
  }
}

void write_day(JsonWriter& json, Date day) {
  if (day.is_open()) {
    json.null();
  } else {
    json.text(to_string(day));
  }
}

void write_days(JsonWriter& json, const Interval& days) {
  json.object().key("from");
  write_day(json, days.valid_from);
  json.key("until_excluded");
  write_day(json, days.valid_until);
  json.end();
}

void write_step(JsonWriter& json, const ExplainedStep& step) {
  json.object().key("depth").count(step.depth);
  json.key("zh").text(step.zh).key("en").text(step.en).key("status");
  write_value(json, step.status);
  json.key("value");
  write_value(json, step.value);
  json.key("threshold");
  write_value(json, step.threshold);
  json.key("items").array();
  for (const ExplainedItem& item : step.items) {
    json.object().key("id").text(item.id).key("what").text(item.what);
    json.key("days");
    write_days(json, item.days);
    json.key("value");
    write_value(json, item.value);
    json.key("verdict").text(word_of(item_words, item.verdict));
    json.key("detail").text(item.detail).end();
  }
  json.end();
  json.key("items_left_out").count(step.items_left_out).end();
}

void write_window(JsonWriter& json, const ExplainedWindow& window) {
  json.object().key("days");
  write_days(json, window.window);
  json.key("status").text(word_of(status_words, window.status)).key("value");
  write_value(json, window.value);
  json.key("threshold");
  write_value(json, window.threshold);
  json.key("other_reading");
  write_value(json, window.other_reading);
  json.key("unmet_from");
  write_day(json, window.unmet_from);
  json.key("reason").text(window.reason).key("steps").array();
  for (const ExplainedStep& step : window.steps) write_step(json, step);
  json.end().end();
}

}  // namespace

void write_json(const Explanation& explanation, const Sink& sink) {
  const RuleInfo rule = explanation.pack->rule(explanation.rule);
  Buffer buffer(sink);
  JsonWriter json(buffer, true);
  json.object().key("pack").text(explanation.pack->id());
  json.key("rule").text(rule.id).key("clause").text(rule.clause);
  json.key("phrase").text(rule.phrase);
  json.key("subject").text(explanation.subject);
  json.key("name").text(explanation.subject_name);
  json.key("as_of").text(to_string(explanation.as_of));
  json.key("overall").text(word_of(status_words, explanation.overall));
  json.key("sentence").object();
  json.key("zh").text(explanation.sentence_zh);
  json.key("en").text(explanation.sentence_en).end();
  json.key("parameters").array();
  for (const ParameterInfo& one : explanation.parameters) {
    json.object().key("id").text(one.id).key("value");
    write_value(json, one.value);
    json.key("clause").text(one.clause).end();
  }
  json.end().key("windows").array();
  for (const ExplainedWindow& window : explanation.windows) {
    write_window(json, window);
  }
  json.end().end();
  buffer.add("\n");
  buffer.flush();
}

}  // namespace headrope
