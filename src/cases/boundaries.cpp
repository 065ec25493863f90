// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Loose boundaries: changes of a pack that no case notices.

#include <algorithm>

#include "cases/case_set.hpp"
#include "cases/check_case.hpp"
#include "cases/mutation.hpp"
#include "headrope/cases.hpp"

namespace headrope {
namespace {

// The passing cases of one pack.
struct PackCases {
  PackPointer pack;
  std::vector<const ReadyCase*> cases;
};

CaseOutcome check(const ReadyCase& ready, const PackPointer& pack,
                  const PackPointer& against,
                  const std::set<std::string>* rules) {
  return check_case({.definition = *ready.from.definition,
                     .snapshot = *ready.snapshot,
                     .pack = pack,
                     .against = against,
                     .rules = rules});
}

bool speaks_of(const Case& one, const std::set<std::string>& rules) {
  const auto among = [&](const auto& expected) {
    return rules.contains(expected.rule);
  };
  return std::any_of(one.expect.begin(), one.expect.end(), among) ||
         std::any_of(one.falls_out.begin(), one.falls_out.end(), among) ||
         std::any_of(one.enters.begin(), one.enters.end(), among);
}

// How a change fares with the cases.
enum class Fate : std::uint8_t { no_case, noticed, loose };

Fate fate_in(const PackCases& of_pack, const Mutation& mutation) {
  const bool is_spoken_of = std::any_of(
      of_pack.cases.begin(), of_pack.cases.end(), [&](const ReadyCase* one) {
        return speaks_of(*one->from.definition, mutation.rules);
      });
  if (!is_spoken_of) return Fate::no_case;
  auto model = std::make_unique<PackModel>(of_pack.pack->model());
  if (!mutation.apply(*model)) return Fate::no_case;
  const PackPointer changed = std::make_shared<const Pack>(std::move(model));
  for (const ReadyCase* one : of_pack.cases) {
    if (!speaks_of(*one->from.definition, mutation.rules)) continue;
    PackPointer against = one->against;
    const auto& named = one->from.definition->against;
    if (named && named->file.empty()) {
      const auto of_changed = changed_pack(*named, changed);
      if (!of_changed) return Fate::noticed;
      against = *of_changed;
    }
    if (!check(*one, changed, against, &mutation.rules).failures.empty()) {
      return Fate::noticed;
    }
  }
  return Fate::loose;
}

Fate fate_of(const std::vector<PackCases>& packs, const Mutation& mutation) {
  Fate fate = Fate::no_case;
  for (const PackCases& of_pack : packs) {
    const Fate here = fate_in(of_pack, mutation);
    if (here == Fate::noticed) return here;
    if (here == Fate::loose) fate = here;
  }
  return fate;
}

// The cases that pass, by pack, in the order of the packs' ids.
std::vector<PackCases> by_pack(const std::vector<ReadyCase>& ready,
                               const std::vector<std::uint8_t>& passes) {
  std::vector<PackCases> packs;
  for (std::size_t at = 0; at < ready.size(); ++at) {
    if (passes[at] == 0) continue;
    auto found = std::find_if(
        packs.begin(), packs.end(),
        [&](const PackCases& one) { return one.pack == ready[at].pack; });
    if (found == packs.end()) {
      found = packs.insert(packs.end(), {ready[at].pack, {}});
    }
    found->cases.push_back(&ready[at]);
  }
  return packs;
}

}  // namespace

Result<std::vector<LooseBoundary>> find_loose_boundaries(
    std::span<const std::filesystem::path> paths, Diagnostics& findings,
    const CaseOptions& options) {
  const auto files = read_case_files(paths, findings);
  if (!files) return files.error();
  const std::vector<ChosenCase> chosen = choose_cases(*files, options.filter);
  CaseStore store;
  std::vector<ReadyCase> ready(chosen.size());
  std::vector<std::uint8_t> passes(chosen.size(), 0);
  for_each_position(chosen.size(), options.threads, [&](std::size_t at) {
    ready[at] = make_ready(chosen[at], store);
    if (!ready[at].faults.empty()) return;
    const CaseOutcome outcome =
        check(ready[at], ready[at].pack, ready[at].against, nullptr);
    passes[at] = outcome.failures.empty() ? 1 : 0;
  });
  const std::vector<PackCases> packs = by_pack(ready, passes);
  std::vector<LooseBoundary> found;
  std::set<std::string> seen;
  for (const PackCases& of_pack : packs) {
    const PackModel& model = of_pack.pack->model();
    // One pack may be there several times, for several vocabularies.
    if (!seen.insert(model.id).second) continue;
    const std::vector<Mutation> mutations = find_mutations(model);
    std::vector<Fate> fates(mutations.size(), Fate::no_case);
    for_each_position(mutations.size(), options.threads, [&](std::size_t at) {
      fates[at] = fate_of(packs, mutations[at]);
    });
    for (std::size_t at = 0; at < mutations.size(); ++at) {
      if (fates[at] != Fate::loose) continue;
      found.push_back({model.id, mutations[at].rule, mutations[at].parameter,
                       mutations[at].changed_to});
    }
  }
  return found;
}

}  // namespace headrope
