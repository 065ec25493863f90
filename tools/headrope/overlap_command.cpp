// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Persons below units of several hierarchies, each counted once.

#include "headrope/commands.hpp"
#include "headrope/session.hpp"

namespace headrope::tool {
namespace {

// The persons below HIERARCHY:UNIT; a unit's identity may have a colon too.
PersonSet set_of(const std::shared_ptr<const Snapshot>& snapshot,
                 const std::string& subtree, const Options& options) {
  const std::size_t colon = subtree.find(':');
  if (colon == std::string::npos) {
    throw UsageError{"expected HIERARCHY:UNIT, not '" + subtree + "'"};
  }
  const std::string hierarchy = subtree.substr(0, colon);
  const Forest* forest = snapshot->find_forest(hierarchy);
  if (forest == nullptr) {
    throw UsageError{"no hierarchy '" + hierarchy + "' has a unit on that day"};
  }
  const std::string name = subtree.substr(colon + 1);
  const auto unit = snapshot->find_unit(name);
  if (!unit) throw UsageError{"no unit '" + name + "' lives on that day"};
  Options of_sets = options;
  of_sets.basis = options.set_basis;
  return value_or_stop(PersonSet::below(snapshot, *forest, *unit,
                                        basis_of(of_sets), {options.threads}));
}

}  // namespace

int show_overlap(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    const auto snapshot = open(options, timer);
    std::vector<PersonSet> sets;
    for (const std::string& subtree : options.subtrees) {
      sets.push_back(set_of(snapshot, subtree, options));
    }
    std::vector<const PersonSet*> pointers;
    pointers.reserve(sets.size());
    for (const PersonSet& set : sets) pointers.push_back(&set);
    const Overlap overlap = value_or_stop(find_overlap(pointers));
    timer.step("overlap");
    write(overlap_table(overlap, options.subtrees), options);
    say(overlap_sentence(overlap, options.subtrees, language_of(options)));
  });
}

}  // namespace headrope::tool
