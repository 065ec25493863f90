// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What unit tests say often: days, intervals, a folder with files that goes
// away again, and a Registry that is filled by identity.

#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include <headrope/registry.hpp>
#include <headrope/snapshot.hpp>

namespace headrope::unit {

inline Date day(std::string_view text) {
  const auto date = parse_date(text);
  INFO(text);
  REQUIRE(date);
  return *date;
}

/// From one day until, not including, another; an empty text is open.
inline Interval span_of(std::string_view from, std::string_view until) {
  return {from.empty() ? Date::open_start() : day(from),
          until.empty() ? Date::open_end() : day(until)};
}

/// A new folder under the system's one for temporary files.
class Folder {
 public:
  Folder() {
    std::string name =
        (std::filesystem::temp_directory_path() / "headrope-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, std::string_view text) const {
    std::ofstream file(path_ / name, std::ios::binary);
    file << text;
    REQUIRE(file.good());
  }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A Registry with one kind, one hierarchy and one measure, filled by
/// identity. A row that is refused fails the test.
class Model {
 public:
  explicit Model(Hierarchy policy = {}, const Limits& limits = {})
      : registry(limits, StartingVocabulary::empty) {
    kind = *registry.add(Kind{"office", {}, {}});
    if (policy.id.empty()) policy.id = "line";
    line = *registry.add(policy);
    flow = *registry.add(Measure{"session", Nature::flow, "session", 0, {}});
  }

  UnitId unit(std::string_view id, const Interval& valid = {},
              const Interval& recorded = {}) {
    const UnitId made = *registry.make_unit(id);
    must(registry.add(UnitState{made, kind, id, {}, valid, recorded}));
    return made;
  }

  void link(std::string_view child, std::string_view parent,
            const Interval& valid = {}, const Interval& recorded = {}) {
    UnitId above;
    if (!parent.empty()) above = *registry.make_unit(parent);
    must(registry.add(
        Link{line, *registry.make_unit(child), above, valid, recorded}));
  }

  PersonId member(std::string_view person, std::string_view unit_id,
                  Standing standing = Standing::primary,
                  const Interval& valid = {}, const Interval& recorded = {}) {
    const PersonId made = *registry.make_person(person);
    must(registry.add(Membership{made, *registry.make_unit(unit_id), standing,
                                 valid, recorded}));
    return made;
  }

  RecordId record(std::string_view unit_id, const Interval& valid,
                  std::int64_t value = 1, std::string_view id = {}) {
    Record row;
    row.measure = flow;
    row.unit = *registry.make_unit(unit_id);
    row.value = value;
    row.valid = valid;
    const auto added = registry.add(row, id);
    REQUIRE(added);
    return *added;
  }

  [[nodiscard]] Result<std::shared_ptr<const Snapshot>> freeze_on(
      std::string_view as_of, Date known_on = latest_day) {
    findings = Diagnostics();
    FreezeOptions options;
    options.as_of = day(as_of);
    options.known_on = known_on;
    return freeze(registry, options, findings);
  }

  [[nodiscard]] std::shared_ptr<const Snapshot> frozen_on(
      std::string_view as_of, Date known_on = latest_day) {
    auto snapshot = freeze_on(as_of, known_on);
    if (!snapshot) FAIL(snapshot.error().message);
    return *snapshot;
  }

  Registry registry;
  Diagnostics findings;
  KindId kind;
  HierarchyId line;
  MeasureId flow;

 private:
  static void must(const Result<void>& added) {
    if (!added) FAIL(added.error().message);
  }
};

/// Units of a forest in pre-order, each with `depth` dots before it.
inline std::string drawn(const Snapshot& snapshot, const Forest& forest) {
  std::string text;
  for (PlaceIndex place{0}; place.value < forest.place_count(); ++place.value) {
    if (!text.empty()) text += ' ';
    text.append(forest.depth(place), '.');
    text += snapshot.identity(forest.unit(place));
  }
  return text;
}

inline std::string drawn(const Snapshot& snapshot) {
  const Forest* forest = snapshot.find_forest("line");
  return forest == nullptr ? "" : drawn(snapshot, *forest);
}

/// `HDR-MODEL-213 error units:3 valid_until '2013-04-01' message`.
inline std::string told(const Diagnostic& finding) {
  std::string text(code_info(finding.code).id);
  text += finding.severity == Severity::error ? " error " : " warning ";
  text += finding.file + ":" + std::to_string(finding.row) + " " +
          finding.column + " '" + finding.value + "' " + finding.message;
  return text;
}

inline std::vector<std::string> told(const Diagnostics& findings) {
  std::vector<std::string> list;
  for (const Diagnostic& finding : findings.items()) {
    list.push_back(told(finding));
  }
  return list;
}

}  // namespace headrope::unit
