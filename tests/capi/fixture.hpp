// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A small organisation with a pack, made through the C API alone: four units in
// two hierarchies, three persons, records, attendance, duties. Every handle of
// the API is in it once. Also the checks of these tests, which are programs of
// their own, since some of them replace how memory is given out.

#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "headrope/headrope.h"

namespace headrope_test {

/// Ends the program with a message unless a condition holds.
inline void expect(bool holds, const std::string& what) {
  if (holds) return;
  std::fprintf(stderr, "FAILED: %s\n", what.c_str());
  std::exit(1);
}

/// Expects success, and tells the error otherwise.
inline void must(headrope_status status, const headrope_error& error,
                 const char* what) {
  expect(status == HEADROPE_OK, std::string(what) + ": " +
                                    headrope_status_id(status) + " " +
                                    error.message);
}

/// A text as a view.
inline std::string_view view(const headrope_text& text) {
  return {text.data, static_cast<std::size_t>(text.size)};
}
/// A view as a text.
inline headrope_text text(std::string_view view) {
  return {view.data(), static_cast<std::int64_t>(view.size())};
}

/// The functions that return a status, as symbols.tsv names them.
std::set<std::string> functions_with_status();
/// Options for a registry that knows only what the package brings along.
headrope_registry_options own_vocabulary();
/// The files of the package.
std::vector<headrope_file> package_files();
/// The pack, which has the rules R1 (units), R2 (units) and R3 (persons).
extern const std::string_view pack_text;
/// An overlay of the pack.
extern const std::string_view overlay_text;
/// The day that the snapshot is as of: 2013-12-31.
inline constexpr std::int32_t as_of = 16070;

/// One handle of each kind, and the numbers of what the tests ask about.
struct Fixture {
  Fixture();
  ~Fixture();
  Fixture(const Fixture&) = delete;
  Fixture& operator=(const Fixture&) = delete;

  headrope_findings* findings = nullptr;
  headrope_registry* registry = nullptr;
  headrope_snapshot* snapshot = nullptr;
  headrope_figures* figures = nullptr;
  headrope_sums* sums = nullptr;
  headrope_pack* pack = nullptr;
  headrope_pack* changed = nullptr;
  headrope_assessment* assessment = nullptr;
  headrope_coverage* coverage = nullptr;
  headrope_explanation* explanation = nullptr;
  headrope_comparison* comparison = nullptr;
  headrope_responsibility* responsibility = nullptr;
  headrope_live* live = nullptr;      ///< sums of `tally`, R1, members
  headrope_moment* moment = nullptr;  ///< of `live`, at its beginning
  headrope_persons* persons = nullptr;
  headrope_overlap* overlap = nullptr;
  headrope_spectrum* spectrum = nullptr;
  headrope_table* table = nullptr;

  std::int64_t party = 0;
  std::int64_t branch = 0;
  std::int64_t sessions = 0;
  headrope_tally tally = HEADROPE_TALLY_INIT;
};

/// A record that comes: a session of the branch, on the day of the snapshot.
headrope_change a_record(const Fixture& fixture);

/// What live figures say of some units, and how many changes they know.
std::string live_of(const headrope_live* live);

/// A table as CSV.
std::string csv_of(const headrope_table* table);

/// A stream of one batch of memberships, made by hand as a producer would. It
/// counts how many of its structures live, and takes no memory.
struct MembershipStream {
  ArrowArrayStream stream;
  ArrowSchema schemas[3];
  ArrowSchema* schema_pointers[3];
  ArrowArray arrays[3];
  ArrowArray* array_pointers[3];
  int alive = 0;        ///< schemas, arrays and streams that are not released
  bool spoils = false;  ///< gives offsets that go backwards
};
/// Sets the stream up.
void open_memberships(MembershipStream& memberships);

/// A source of the package's files that counts those that are open, one at a
/// time, and takes no memory.
struct CountingSource {
  headrope_source source;
  std::string_view rest;
  int open = 0;
};
/// Sets the source up.
void open_source(CountingSource& counting);

}  // namespace headrope_test
