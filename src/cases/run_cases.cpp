// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Running cases, and which rules of the packs they speak of.

#include <algorithm>
#include <map>
#include <set>

#include "cases/case_set.hpp"
#include "cases/check_case.hpp"
#include "cases/check_responsibility.hpp"
#include "headrope/cases.hpp"

namespace headrope {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> rules_of(const Case& one) {
  std::vector<std::string> rules;
  rules.reserve(one.expect.size());
  for (const RuleExpectation& expected : one.expect) {
    rules.push_back(expected.rule);
  }
  for (const auto* lists : {&one.falls_out, &one.enters}) {
    for (const ExpectedSubjects& list : *lists) {
      if (std::find(rules.begin(), rules.end(), list.rule) == rules.end()) {
        rules.push_back(list.rule);
      }
    }
  }
  return rules;
}

// What is known of a case before it runs.
CaseResult listed(const ChosenCase& chosen) {
  const Case& one = *chosen.definition;
  return {.file = chosen.file->name,
          .line = static_cast<std::uint64_t>(one.line),
          .id = one.id,
          .title_zh = one.title.zh,
          .title_en = one.title.en,
          .pack = {},
          .rules = rules_of(one),
          .failures = {},
          .is_run = false};
}

CaseResult run(const ReadyCase& ready) {
  const Case& one = *ready.from.definition;
  CaseResult result = listed(ready.from);
  result.failures = ready.faults;
  result.is_run = true;
  if (ready.pack != nullptr) result.pack = ready.pack->id();
  if (!ready.faults.empty()) return result;
  CaseOutcome outcome = check_case({.definition = one,
                                    .snapshot = *ready.snapshot,
                                    .pack = ready.pack,
                                    .against = ready.against});
  if (one.responsibility) {
    check_responsibility({.definition = one,
                          .snapshot = ready.snapshot,
                          .pack = ready.pack,
                          .unknown_holders = ready.unknown_holders},
                         outcome);
  }
  result.failures = std::move(outcome.failures);
  result.checked = outcome.checked;
  return result;
}

// What a case pins about a rule.
struct Pins {
  bool met = false;
  bool unmet = false;

  void add(const RuleExpectation& rule) {
    for (const Expectation& one : rule.expectations) {
      if (one.key == Expectation::Key::status) {
        met = met || one.status == Status::met;
        unmet = unmet || one.status == Status::unmet;
      } else if (one.key == Expectation::Key::count && one.count > 0) {
        met = met || one.word == "met";
        unmet = unmet || one.word == "unmet";
      }
    }
  }
};

// The packs of the paths: those that case files name, and those below folders.
std::vector<PackPointer> packs_of(
    std::span<const fs::path> paths,
    const std::vector<std::shared_ptr<const CaseFile>>& files,
    Diagnostics& findings) {
  std::vector<fs::path> named;
  named.reserve(files.size());
  for (const auto& file : files) {
    named.push_back(file->path.parent_path() / file->pack);
  }
  if (auto below = find_files(paths, ".yaml", case_file_ending)) {
    named.insert(named.end(), below->begin(), below->end());
  }
  std::sort(named.begin(), named.end(),
            [](const auto& left, const auto& right) {
              return name_of(left) < name_of(right);
            });
  CaseStore store;
  const Registry shipped;
  std::vector<PackPointer> packs;
  for (const fs::path& file : named) {
    const auto pack = store.pack(file, shipped);
    if (!pack) continue;
    const bool is_known = std::any_of(
        packs.begin(), packs.end(),
        [&](const PackPointer& one) { return one->id() == (*pack)->id(); });
    if (!is_known) packs.push_back(*pack);
  }
  findings.append(store.pack_findings());
  return packs;
}

const PackPointer* find_pack(const std::vector<PackPointer>& packs,
                             std::string_view id) {
  const auto found =
      std::find_if(packs.begin(), packs.end(),
                   [&](const PackPointer& one) { return one->id() == id; });
  return found == packs.end() ? nullptr : &*found;
}

}  // namespace

Result<std::vector<CaseResult>> run_cases(std::span<const fs::path> paths,
                                          Diagnostics& findings,
                                          const CaseOptions& options) {
  const auto files = read_case_files(paths, findings);
  if (!files) return files.error();
  const std::vector<ChosenCase> chosen = choose_cases(*files, options.filter);
  CaseStore store;
  std::vector<CaseResult> results(chosen.size());
  if (!options.runs) {
    std::transform(chosen.begin(), chosen.end(), results.begin(), listed);
    return results;
  }
  std::vector<Diagnostics> told(chosen.size());
  for_each_position(chosen.size(), options.threads, [&](std::size_t at) {
    ReadyCase ready = make_ready(chosen[at], store);
    results[at] = run(ready);
    told[at] = std::move(ready.findings);
  });
  for (const Diagnostics& of_case : told) findings.append(of_case);
  findings.append(store.pack_findings());
  return results;
}

Result<std::vector<ClauseCoverage>> clause_coverage(
    std::span<const fs::path> paths, std::span<const CaseResult> results,
    Diagnostics& findings) {
  Diagnostics told_before;  // Of the case files; run_cases told them.
  const auto files = read_case_files(paths, told_before);
  if (!files) return files.error();
  const std::vector<PackPointer> packs = packs_of(paths, *files, findings);
  // By the pack that a rule belongs to, which may be the base of an overlay.
  std::map<std::pair<std::string, std::string>, ClauseCoverage> by_rule;
  std::map<std::pair<std::string, std::string>, const Case*> definitions;
  for (const auto& file : *files) {
    for (const Case& one : file->cases) {
      definitions[{file->name, one.id}] = &one;
    }
  }
  for (const CaseResult& result : results) {
    const PackPointer* pack = find_pack(packs, result.pack);
    const auto definition = definitions.find({result.file, result.id});
    if (pack == nullptr || definition == definitions.end()) continue;
    for (const std::string& id : result.rules) {
      const auto at = (*pack)->find_rule(id);
      if (!at) continue;
      ClauseCoverage& covered =
          by_rule[{std::string((*pack)->rule(*at).pack), id}];
      ++covered.cases;
      Pins pins;
      for (const RuleExpectation& expected : definition->second->expect) {
        if (expected.rule == id) pins.add(expected);
      }
      covered.pins_met = covered.pins_met || pins.met;
      covered.pins_unmet = covered.pins_unmet || pins.unmet;
    }
  }
  std::vector<ClauseCoverage> list;
  for (const PackPointer& pack : packs) {
    for (std::size_t at = 0; at < pack->rule_count(); ++at) {
      const RuleInfo rule = pack->rule(at);
      if (rule.pack != pack->id()) continue;
      ClauseCoverage covered =
          by_rule[{std::string(rule.pack), std::string(rule.id)}];
      covered.pack = rule.pack;
      covered.rule = rule.id;
      covered.clause = rule.clause;
      list.push_back(std::move(covered));
    }
  }
  return list;
}

}  // namespace headrope
