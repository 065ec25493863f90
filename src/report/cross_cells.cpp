// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Rows of holders to cells, and cells to the cross table. The rows of one duty
// and one unit are looked at together, since only they tell several leads.

#include "report/cross_cells.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "report/rows.hpp"

namespace headrope {
namespace {

using State = CrossCell::State;
using Run = std::span<const Holder* const>;

constexpr std::uint32_t none_key = UnitIndex::none_value;

void raise(CrossCell& cell, State state) {
  cell.state = std::max(cell.state, state);
}

void add_once(std::vector<std::string>& texts, std::string text) {
  if (std::find(texts.begin(), texts.end(), text) == texts.end()) {
    texts.push_back(std::move(text));
  }
}

// The rows with a duty, by duty and unit, otherwise as they came.
std::vector<const Holder*> sorted_rows(std::span<const Holder> holders) {
  std::vector<const Holder*> rows;
  for (const Holder& one : holders) {
    if (!one.duty.is_none()) rows.push_back(&one);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Holder* left, const Holder* right) {
                     return std::tie(left->duty, left->unit) <
                            std::tie(right->duty, right->unit);
                   });
  return rows;
}

// Calls `use` with the rows of each duty and unit.
template <typename Use>
void for_each_run(const std::vector<const Holder*>& rows, const Use& use) {
  for (std::size_t begin = 0; begin < rows.size();) {
    std::size_t end = begin;
    while (end < rows.size() && rows[end]->duty == rows[begin]->duty &&
           rows[end]->unit == rows[begin]->unit) {
      ++end;
    }
    use(Run(rows).subspan(begin, end - begin));
    begin = end;
  }
}

// A row that says that nobody leads.
bool is_gap(const Holder& one) { return one.role.is_none(); }

State state_of_leads(Run run, const ReportNames& names) {
  std::set<Entity> leads;
  for (const Holder* one : run) {
    if (names.leads(one->role)) leads.insert(one->holder);
  }
  return leads.size() > 1 ? State::many : State::lead;
}

// Gathers cells with keys for what stands across, before it has positions.
class Gatherer {
 public:
  Gatherer(const Snapshot& snapshot, MatrixBy by, const ReportNames& names)
      : snapshot_(snapshot), by_(by), names_(names) {}

  void add(Run run) {
    const DutyId duty = run.front()->duty;
    if (result_.duties.empty() || result_.duties.back() != duty) {
      result_.duties.push_back(duty);
    }
    row_ = static_cast<std::uint32_t>(result_.duties.size() - 1);
    const State leads = state_of_leads(run, names_);
    for (const Holder* one : run) {
      if (by_ == MatrixBy::holder) {
        add_role(*one, leads);
      } else {
        add_lead(*one, leads);
      }
    }
  }

  CrossCells take() {
    return by_ == MatrixBy::holder ? with_holders() : with_units();
  }

 private:
  void add_role(const Holder& one, State leads) {
    if (is_gap(one)) {
      ++gaps_[row_];
      return;
    }
    const auto [at, is_new] = positions_.try_emplace(
        one.holder, static_cast<std::uint32_t>(holders_.size()));
    if (is_new) holders_.push_back(one.holder);
    CrossCell& cell = result_.cells[{row_, at->second}];
    if (names_.leads(one.role)) raise(cell, leads);
    roles_[{row_, at->second}].insert(one.role);
  }

  void add_lead(const Holder& one, State leads) {
    const std::uint32_t key = one.unit.is_none() ? none_key
                              : by_ == MatrixBy::unit
                                  ? one.unit.value
                                  : snapshot_.kind(one.unit).value;
    keys_.insert(key);
    if (is_gap(one)) {
      CrossCell& cell = result_.cells[{row_, key}];
      raise(cell, State::none);
      ++cell.gaps;
    } else if (names_.leads(one.role)) {
      CrossCell& cell = result_.cells[{row_, key}];
      raise(cell, leads);
      add_once(cell.texts, name_of(one.holder));
    }
  }

  CrossCells with_holders() {
    for (const Entity& holder : holders_) {
      result_.others.push_back(
          unique(name_of(holder), names_.identity(holder)));
    }
    for (const auto& [at, roles] : roles_) {
      for (const RoleId role : roles) {
        add_once(result_.cells[at].texts, std::string(names_.label(role)));
      }
    }
    const auto last = static_cast<std::uint32_t>(result_.others.size());
    for (const auto& [row, count] : gaps_) {
      result_.cells[{row, last}] = {State::none, {}, count};
    }
    result_.counts_gaps = !gaps_.empty();
    if (result_.counts_gaps) result_.others.emplace_back("no_lead");
    return std::move(result_);
  }

  CrossCells with_units() {
    std::map<std::uint32_t, std::uint32_t> positions;
    for (const std::uint32_t key : keys_) {
      positions[key] = static_cast<std::uint32_t>(result_.others.size());
      if (key == none_key) {
        result_.others.push_back(
            unique(std::string(wording("whole", names_.language())), "whole"));
      } else if (by_ == MatrixBy::unit) {
        const UnitIndex unit{key};
        result_.others.push_back(
            unique(std::string(names_.shown(unit)), names_.identity(unit)));
      } else {
        result_.others.push_back(unique(std::string(names_.label(KindId{key})),
                                        snapshot_.kinds()[key].id));
      }
    }
    decltype(result_.cells) cells;
    for (auto& [at, cell] : result_.cells) {
      cells[{at.first, positions[at.second]}] = std::move(cell);
    }
    result_.cells = std::move(cells);
    return std::move(result_);
  }

  // A unit that does not live on the day has no name.
  std::string name_of(const Entity& holder) const {
    return holder.index == none_key
               ? std::string(wording("holder_absent", names_.language()))
               : names_.shown(holder);
  }

  // The name, with the identity if another has it already, or a column of the
  // table.
  std::string unique(std::string name, std::string_view identity) {
    if (name == "duty" || name == "duty_name" || name == "no_lead" ||
        taken_.contains(name)) {
      name += " (" + std::string(identity) + ")";
    }
    while (!taken_.insert(name).second) name += "'";
    return name;
  }

  const Snapshot& snapshot_;
  MatrixBy by_;
  const ReportNames& names_;
  CrossCells result_;
  std::uint32_t row_ = 0;
  std::set<std::string> taken_;
  // By holder.
  std::vector<Entity> holders_;
  std::map<Entity, std::uint32_t> positions_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::set<RoleId>> roles_;
  std::map<std::uint32_t, std::int64_t> gaps_;
  // By unit or kind.
  std::set<std::uint32_t> keys_;
};

// What a cell says in a table.
std::string cell_text(const CrossCell& cell, bool counts_gaps,
                      const ReportNames& names) {
  if (counts_gaps) return std::to_string(cell.gaps);
  std::string text;
  for (const std::string& one : cell.texts) {
    if (!text.empty()) text += names.separator();
    text += one;
  }
  if (cell.gaps == 0) return text;
  if (!text.empty()) text += names.separator();
  text += wording("no_lead", names.language());
  return cell.gaps == 1 ? text : text + " " + std::to_string(cell.gaps);
}

}  // namespace

const CrossCell* CrossCells::find(std::size_t duty, std::size_t other) const {
  const auto found = cells.find(
      {static_cast<std::uint32_t>(duty), static_cast<std::uint32_t>(other)});
  return found == cells.end() ? nullptr : &found->second;
}

CrossCells cross_cells(const Snapshot& snapshot,
                       std::span<const Holder> holders, MatrixBy by,
                       const ReportNames& names) {
  Gatherer gatherer(snapshot, by, names);
  for_each_run(sorted_rows(holders), [&](Run run) { gatherer.add(run); });
  return gatherer.take();
}

Table cross_table(const Snapshot& snapshot, std::span<const Holder> holders,
                  MatrixBy by, Language language) {
  const ReportNames names(snapshot, language);
  const CrossCells cross = cross_cells(snapshot, holders, by, names);
  Rows rows;
  rows.texts({"duty", "duty_name"});
  for (const std::string& other : cross.others) rows.column(other);
  for (std::size_t duty = 0; duty < cross.duties.size(); ++duty) {
    rows.text(names.identity(cross.duties[duty]))
        .text(names.name(cross.duties[duty]));
    for (std::size_t at = 0; at < cross.others.size(); ++at) {
      const CrossCell* cell = cross.find(duty, at);
      const bool counts_gaps =
          cross.counts_gaps && at + 1 == cross.others.size();
      rows.text(cell == nullptr ? std::string()
                                : cell_text(*cell, counts_gaps, names));
    }
    rows.end_row();
  }
  return rows.take();
}

}  // namespace headrope
