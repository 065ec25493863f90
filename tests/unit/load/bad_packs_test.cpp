// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Every pack of tests/data/bad-packs, with the code and the place of what is
// wrong; the places stand in the README there. Every pack under packs/ is good.

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"
#include <headrope/pack.hpp>

namespace headrope {
namespace {

namespace fs = std::filesystem;

const fs::path& root() {
  static const fs::path path(HEADROPE_SOURCE_DIR);
  return path;
}

// The code of the first finding; none for a pack that is odd but good.
const std::map<std::string, std::string>& codes() {
  static const std::map<std::string, std::string> table{
      {"empty-file.yaml", "HDR-RULE-404"},
      {"only-comments.yaml", "HDR-RULE-404"},
      {"not-a-mapping.yaml", "HDR-RULE-404"},
      {"two-documents.yaml", "HDR-RULE-405"},
      {"invalid-utf8.yaml", "HDR-RULE-405"},
      {"tab-indentation.yaml", "HDR-RULE-405"},
      {"bad-indentation.yaml", "HDR-RULE-405"},
      {"key-twice.yaml", "HDR-RULE-407"},
      {"key-no-text.yaml", "HDR-RULE-405"},
      {"anchor.yaml", "HDR-RULE-409"},
      {"alias-bomb.yaml", "HDR-RULE-409"},
      {"tag.yaml", "HDR-RULE-409"},
      {"merge-key.yaml", "HDR-RULE-409"},
      {"deep-nesting.yaml", "HDR-BASE-007"},
      {"unknown-format.yaml", "HDR-LOAD-104"},
      {"unknown-key-head.yaml", "HDR-RULE-406"},
      {"unknown-key-rule.yaml", "HDR-RULE-406"},
      {"unknown-key-label.yaml", "HDR-RULE-406"},
      {"missing-effective.yaml", "HDR-RULE-408"},
      {"missing-subjects.yaml", "HDR-RULE-408"},
      {"value-without-clause.yaml", "HDR-RULE-412"},
      {"rule-without-clause.yaml", "HDR-RULE-412"},
      {"rules-no-list.yaml", "HDR-RULE-404"},
      {"impossible-date.yaml", "HDR-LOAD-118"},
      {"no-leap-year.yaml", "HDR-LOAD-118"},
      {"unknown-level.yaml", "HDR-LOAD-121"},
      {"unknown-reading.yaml", "HDR-RULE-406"},
      {"unknown-reading-value.yaml", "HDR-LOAD-121"},
      {"unknown-partial.yaml", "HDR-LOAD-121"},
      {"unknown-form.yaml", "HDR-LOAD-121"},
      {"rule-id-with-blank.yaml", "HDR-RULE-404"},
      {"parameter-value-text.yaml", "HDR-LOAD-119"},
      {"weight-no-number.yaml", "HDR-LOAD-119"},
      {"threshold-with-words.yaml", "HDR-LOAD-119"},
      {"window-unknown-period.yaml", "HDR-LOAD-121"},
      {"window-unknown-word.yaml", "HDR-LOAD-121"},
      {"window-of-two-sorts.yaml", "HDR-RULE-406"},
      {"window-part-impossible.yaml", "HDR-LOAD-118"},
      {"window-no-part.yaml", "HDR-RULE-403"},
      {"window-rolling-bare.yaml", "HDR-RULE-403"},
      {"comparison-without-threshold.yaml", "HDR-RULE-408"},
      {"two-comparisons.yaml", "HDR-RULE-404"},
      {"two-amounts.yaml", "HDR-RULE-404"},
      {"condition-with-comparison.yaml", "HDR-RULE-406"},
      {"empty-all.yaml", "HDR-RULE-404"},
      {"range-of-three.yaml", "HDR-RULE-404"},
      {"distinct-without-by.yaml", "HDR-RULE-408"},
      {"all-without-among.yaml", "HDR-RULE-404"},
      {"boundary-with-at-least.yaml", "HDR-RULE-406"},
      {"report-with-threshold.yaml", "HDR-RULE-406"},
      {"two-selections.yaml", "HDR-RULE-404"},
      {"option-of-another-selection.yaml", "HDR-RULE-406"},
      {"where-of-assignments.yaml", "HDR-RULE-416"},
      {"two-sorts-of-subjects.yaml", "HDR-RULE-404"},
      {"inherited-by-persons.yaml", "HDR-RULE-406"},
      {"repeals-without-overlays.yaml", "HDR-RULE-406"},
      {"check-without-comparison.yaml", "HDR-RULE-408"},
      {"unknown-kind.yaml", "HDR-MODEL-201"},
      {"unknown-measure.yaml", "HDR-MODEL-207"},
      {"unknown-role.yaml", "HDR-MODEL-206"},
      {"unknown-hierarchy.yaml", "HDR-MODEL-208"},
      {"unknown-parameter.yaml", "HDR-RULE-410"},
      {"unknown-rule.yaml", "HDR-RULE-413"},
      {"unknown-phase.yaml", "HDR-RULE-403"},
      {"unknown-deliverable.yaml", "HDR-RULE-413"},
      {"unknown-group.yaml", "HDR-RULE-404"},
      {"unknown-scale-word.yaml", "HDR-LOAD-121"},
      {"unknown-figure.yaml", "HDR-RULE-404"},
      {"rule-id-twice.yaml", "HDR-RULE-414"},
      {"figure-id-twice.yaml", "HDR-RULE-404"},
      {"phase-id-twice.yaml", "HDR-RULE-404"},
      {"rule-of-itself.yaml", "HDR-RULE-415"},
      {"rule-cycle.yaml", "HDR-RULE-415"},
      {"two-values-one-day.yaml", "HDR-RULE-411"},
      {"repealed-before-effective.yaml", "HDR-MODEL-213"},
      {"deadline-before-start.yaml", "HDR-RULE-403"},
      {"window-until-before-from.yaml", "HDR-RULE-403"},
      {"window-part-backwards.yaml", "HDR-RULE-403"},
      {"phase-until-before-from.yaml", "HDR-RULE-403"},
      {"phases-overlap.yaml", "HDR-RULE-403"},
      {"phases-out-of-order.yaml", "HDR-RULE-403"},
      {"stock-summed.yaml", "HDR-RULE-402"},
      {"ratio-summed.yaml", "HDR-RULE-402"},
      {"ratio-averaged.yaml", "HDR-RULE-402"},
      {"attended-of-unit.yaml", "HDR-RULE-416"},
      {"attendance-of-person.yaml", "HDR-RULE-416"},
      {"holders-of-unit.yaml", "HDR-RULE-416"},
      {"members-of-record.yaml", "HDR-RULE-416"},
      {"value-of-unit.yaml", "HDR-RULE-416"},
      {"role-of-unit.yaml", "HDR-RULE-416"},
      {"kind-of-person.yaml", "HDR-RULE-416"},
      {"weekday-of-unit.yaml", "HDR-RULE-416"},
      {"within-of-unit.yaml", "HDR-RULE-416"},
      {"grades-out-of-order.yaml", "HDR-RULE-404"},
      {"duty-unknown-key.yaml", "HDR-RULE-406"},
      {"duty-for-word.yaml", "HDR-LOAD-121"},
      {"duty-for-nothing.yaml", "HDR-RULE-404"},
      {"duty-subtrees-without-along.yaml", "HDR-RULE-404"},
      {"duty-roles-list.yaml", "HDR-RULE-404"},
      {"duty-unknown-kind.yaml", "HDR-MODEL-201"},
      {"duty-unknown-role.yaml", "HDR-MODEL-206"},
      {"duty-unknown-hierarchy.yaml", "HDR-MODEL-208"},
      {"duty-unknown-rule.yaml", "HDR-RULE-413"},
      {"duty-need-backwards.yaml", "HDR-RULE-404"},
      {"duty-id-twice.yaml", "HDR-RULE-404"},
      {"need-unknown-type.yaml", "HDR-LOAD-121"},
      {"need-without-role.yaml", "HDR-RULE-404"},
      {"need-without-clause.yaml", "HDR-RULE-412"},
      {"need-pairing-of-holders.yaml", "HDR-RULE-404"},
      {"need-turns-without-measure.yaml", "HDR-RULE-404"},
      {"need-negative.yaml", "HDR-LOAD-120"},
      {"need-unknown-measure.yaml", "HDR-MODEL-207"},
      {"overlay-too-early/overlay.yaml", "HDR-RULE-418"},
      {"overlay-repealed/overlay.yaml", "HDR-RULE-406"},
      {"overlay-repeals-unknown/overlay.yaml", "HDR-RULE-413"},
      {"overlay-rule-repeated/overlay.yaml", "HDR-RULE-414"},
      {"overlay-of-nothing/overlay.yaml", "HDR-RULE-419"},
      {"overlay-of-itself/overlay.yaml", "HDR-RULE-417"},
      {"overlay-cycle/a.yaml", "HDR-RULE-417"},
      {"overlay-cycle/b.yaml", "HDR-RULE-417"},
      {"tolerance-without-reading.yaml", ""},
  };
  return table;
}

// Files and places, from the table of the README.
std::map<std::string, std::string> places() {
  std::ifstream file(root() / "tests/data/bad-packs/README.md");
  std::map<std::string, std::string> table;
  std::string line;
  while (std::getline(file, line)) {
    if (!line.starts_with("| `")) continue;
    std::istringstream cells(line.substr(1));
    std::string name;
    std::string seen_by;
    std::string place;
    std::getline(cells, name, '|');
    std::getline(cells, seen_by, '|');
    std::getline(cells, place, '|');
    name = name.substr(2, name.rfind('`') - 2);
    place.erase(0, place.find_first_not_of(' '));
    place.erase(place.find_last_not_of(' ') + 1);
    table.emplace(name, place);
  }
  return table;
}

std::string told(const Diagnostics& findings) {
  std::string text;
  for (const std::string& one : unit::told(findings)) text += one + "\n";
  return text;
}

}  // namespace

TEST_CASE("each bad pack is refused at its place", "[load]") {
  const Registry vocabulary;
  const auto table = places();
  REQUIRE(table.size() > 100);
  for (const auto& [name, place] : table) {
    INFO(name);
    const auto wanted = codes().find(name);
    REQUIRE(wanted != codes().end());
    Diagnostics findings;
    const auto pack =
        load_pack(root() / "tests/data/bad-packs" / name, vocabulary, findings);
    INFO(told(findings));
    CHECK(pack.has_value() == place.empty());
    if (place.empty()) {
      CHECK(findings.error_count() == 0);
      continue;
    }
    const Diagnostic* first = nullptr;
    for (const Diagnostic& one : findings.items()) {
      const bool is_its_own = one.file.ends_with("/" + name);
      if (first == nullptr && is_its_own) first = &one;
    }
    REQUIRE(first != nullptr);
    CHECK(std::to_string(first->row) + ":" + first->column == place);
    CHECK(std::string(code_info(first->code).id) == wanted->second);
    CHECK_FALSE(first->message.empty());
    // One mistake is told once, but for those that are made of many.
    if (!name.starts_with("overlay-cycle") && name != "alias-bomb.yaml") {
      CHECK(findings.error_count() == 1);
    }
  }
}

TEST_CASE("each bad pack stands in the table", "[load]") {
  const auto table = places();
  const fs::path folder = root() / "tests/data/bad-packs";
  std::set<std::string> unknown;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name =
        entry.path().lexically_relative(folder).generic_string();
    if (name.ends_with(".yaml") && !name.ends_with("base.yaml") &&
        !table.contains(name)) {
      unknown.insert(name);
    }
  }
  CHECK(unknown == std::set<std::string>{});
}

TEST_CASE("each pack of the project is good", "[load]") {
  const fs::path folder = root() / "packs";
  if (!fs::exists(folder)) return;
  const Registry vocabulary;
  Diagnostics findings;
  const auto packs = load_packs(std::vector{folder}, vocabulary, findings);
  INFO(told(findings));
  REQUIRE(packs);
  CHECK(findings.items().empty());
  for (const PackPointer& pack : *packs) {
    INFO(pack->id());
    CHECK(pack->rule_count() > 0);
  }
}

}  // namespace headrope
