// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "headrope/test_report.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "headrope/terminal.hpp"

namespace headrope::tool {
namespace {

std::string title_of(const CaseResult& result, Language language) {
  const std::string& first =
      language == Language::zh ? result.title_zh : result.title_en;
  const std::string& second =
      language == Language::zh ? result.title_en : result.title_zh;
  return first.empty() ? second : first;
}

// The words after the number of a test point, where `#` begins a directive.
std::string tap_name(std::string_view text) {
  std::string name;
  for (const char c : harmless(text)) {
    if (c == '#' || c == '\\') name += '\\';
    name += c;
  }
  return name;
}

// A text in double quotes, as YAML and JSON both read it.
std::string in_double_quotes(std::string_view text) {
  std::string result = "\"";
  for (const char c : harmless(text)) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

// A text inside an element or an attribute in double quotes. Bytes that are no
// text and characters that XML does not have become U+FFFD.
std::string xml(std::string_view text) {
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  std::string result;
  const std::string safe = harmless(text);
  for (std::size_t at = 0; at < safe.size(); ++at) {
    // U+FFFE and U+FFFF are no characters.
    const std::string_view three = std::string_view(safe).substr(at, 3);
    if (three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") {
      result += replacement;
      at += 2;
      continue;
    }
    switch (safe[at]) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += safe[at];
    }
  }
  return result;
}

std::size_t failed_count(std::span<const TestPoint> points) {
  return static_cast<std::size_t>(std::count_if(
      points.begin(), points.end(),
      [](const TestPoint& point) { return !point.failures.empty(); }));
}

void write_suite(std::span<const TestPoint> points, const Sink& sink) {
  const std::string name = xml(points.front().file);
  sink(fmt::format(
      "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n",
      name, points.size(), failed_count(points)));
  for (const TestPoint& point : points) {
    sink(fmt::format(
        "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\"",
        xml(point.pack.empty() ? point.file : point.pack), xml(point.name),
        name, point.line));
    if (point.failures.empty()) {
      sink("/>\n");
      continue;
    }
    sink(fmt::format(">\n      <failure message=\"{}\">",
                     xml(point.failures.front())));
    for (const std::string& failure : point.failures) {
      sink(xml(failure) + "\n");
    }
    sink("</failure>\n    </testcase>\n");
  }
  sink("  </testsuite>\n");
}

}  // namespace

std::string finding_line(const Diagnostic& finding) {
  std::string text = finding.file;
  if (finding.row > 0) text += fmt::format(":{}", finding.row);
  if (!finding.column.empty()) text += ":" + finding.column;
  text += ": ";
  if (!finding.value.empty()) text += "'" + finding.value + "': ";
  return text +
         fmt::format("{} ({})", finding.message, code_info(finding.code).id);
}

std::vector<TestPoint> test_points(std::span<const CaseResult> results,
                                   const Diagnostics& findings,
                                   Language language) {
  std::vector<TestPoint> points;
  for (const CaseResult& result : results) {
    const std::string title = title_of(result, language);
    points.push_back({result.id + (title.empty() ? "" : " " + title),
                      result.file, result.line, result.pack, result.failures});
  }
  std::map<std::string, TestPoint> malformed;
  for (const Diagnostic& finding : findings.items()) {
    if (finding.severity != Severity::error) continue;
    // A case tells itself what is wrong with its organisation.
    const bool has_cases = std::any_of(
        results.begin(), results.end(),
        [&](const CaseResult& one) { return one.file == finding.file; });
    if (has_cases) continue;
    TestPoint& point = malformed[finding.file];
    point.name = "is well formed";
    point.file = finding.file;
    if (point.line == 0) point.line = finding.row;
    point.failures.push_back(finding_line(finding));
  }
  for (auto& [file, point] : malformed) points.push_back(std::move(point));
  return points;
}

void write_tap(std::span<const TestPoint> points,
               std::span<const std::string> notes, const Sink& sink) {
  sink(fmt::format("TAP version 14\n1..{}{}\n", points.size(),
                   points.empty() ? " # SKIP no cases" : ""));
  for (std::size_t at = 0; at < points.size(); ++at) {
    const TestPoint& point = points[at];
    sink(fmt::format("{} {} - {} {}\n",
                     point.failures.empty() ? "ok" : "not ok", at + 1,
                     tap_name(point.file), tap_name(point.name)));
    if (point.failures.empty()) continue;
    sink("  ---\n");
    sink(fmt::format("  at: {}\n", in_double_quotes(fmt::format(
                                       "{}:{}", point.file, point.line))));
    sink("  failures:\n");
    for (const std::string& failure : point.failures) {
      sink("    - " + in_double_quotes(failure) + "\n");
    }
    sink("  ...\n");
  }
  for (const std::string& note : notes) sink("# " + harmless(note) + "\n");
}

void write_junit(std::span<const TestPoint> points, const Sink& sink) {
  sink("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  sink(fmt::format(
      "<testsuites name=\"headrope test\" tests=\"{}\" failures=\"{}\">\n",
      points.size(), failed_count(points)));
  while (!points.empty()) {
    const auto other = std::find_if(
        points.begin(), points.end(),
        [&](const TestPoint& one) { return one.file != points.front().file; });
    const auto count = static_cast<std::size_t>(other - points.begin());
    write_suite(points.first(count), sink);
    points = points.subspan(count);
  }
  sink("</testsuites>\n");
}

}  // namespace headrope::tool
