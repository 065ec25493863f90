// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Findings: what is kept, counted, replaced, and in which order.

#include "headrope/diagnostics.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace headrope {
namespace {

Diagnostic finding(Severity severity, std::string file, std::uint64_t row = 0,
                   Code code = Code::row_ragged) {
  return {code, severity, std::move(file), row, {}, {}, {}};
}

std::vector<std::string> files(const Diagnostics& findings) {
  std::vector<std::string> list;
  for (const Diagnostic& item : findings.items()) list.push_back(item.file);
  return list;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("an empty list has found nothing", "[base]") {
  const Diagnostics findings;
  CHECK(findings.items().empty());
  CHECK(findings.error_count() == 0);
  CHECK(findings.warning_count() == 0);
  CHECK(findings.dropped_count() == 0);
  CHECK(findings.count(Code::row_ragged) == 0);
}

TEST_CASE("findings past the limit are counted and not kept", "[base]") {
  Diagnostics findings(2);
  for (const char* file : {"a", "b", "c"}) {
    findings.add(finding(Severity::error, file));
  }
  CHECK(files(findings) == Names{"a", "b"});
  CHECK(findings.error_count() == 3);
  CHECK(findings.count(Code::row_ragged) == 3);
  CHECK(findings.dropped_count() == 1);
}

TEST_CASE("errors replace kept warnings, the last first, and only warnings",
          "[base]") {
  Diagnostics findings(3);
  findings.add(finding(Severity::warning, "w1"));
  findings.add(finding(Severity::error, "e1"));
  findings.add(finding(Severity::warning, "w2"));
  findings.add(finding(Severity::warning, "w3"));
  CHECK(files(findings) == Names{"w1", "e1", "w2"});
  findings.add(finding(Severity::error, "e2"));
  CHECK(files(findings) == Names{"w1", "e1", "e2"});
  findings.add(finding(Severity::error, "e3"));
  CHECK(files(findings) == Names{"e3", "e1", "e2"});
  findings.add(finding(Severity::error, "e4"));
  CHECK(files(findings) == Names{"e3", "e1", "e2"});
  CHECK(findings.error_count() == 4);
  CHECK(findings.warning_count() == 3);
  CHECK(findings.dropped_count() == 4);
}

TEST_CASE("a list of no length counts all the same", "[base]") {
  Diagnostics findings(0);
  findings.add(finding(Severity::warning, "w"));
  findings.add(finding(Severity::error, "e"));
  CHECK(findings.items().empty());
  CHECK(findings.error_count() == 1);
  CHECK(findings.dropped_count() == 2);
}

TEST_CASE("a million errors after a list full of warnings are quick",
          "[base]") {
  Diagnostics findings(1000);
  for (int at = 0; at < 1000; ++at) {
    findings.add(finding(Severity::warning, "w"));
  }
  for (int at = 0; at < 1'000'000; ++at) {
    findings.add(finding(Severity::error, "e"));
  }
  CHECK(findings.items().size() == 1000);
  CHECK(findings.items().front().severity == Severity::error);
  CHECK(findings.dropped_count() == 1'000'000);
}

TEST_CASE("a long value is cut to 80 bytes between characters", "[base]") {
  Diagnostics findings;
  Diagnostic item = finding(Severity::error, "f");
  for (int at = 0; at < 30; ++at) item.value += "党";
  findings.add(item);
  CHECK(findings.items()[0].value.size() == 78);
}

TEST_CASE("findings are sorted by file, row, column and code", "[base]") {
  Diagnostics findings;
  findings.add(finding(Severity::error, "b", 1));
  findings.add(finding(Severity::error, "a", 10));
  findings.add(finding(Severity::error, "a", 9, Code::value_missing));
  findings.add(finding(Severity::warning, "a", 9, Code::row_ragged));
  findings.sort();
  const auto items = findings.items();
  CHECK(files(findings) == Names{"a", "a", "a", "b"});
  CHECK(items[0].code == Code::row_ragged);
  CHECK(items[1].code == Code::value_missing);
  CHECK(items[2].row == 10);
}

}  // namespace headrope
