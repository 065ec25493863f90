// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "handles.hpp"

#include <algorithm>
#include <limits>

namespace headrope::c {

Result<const RuleAssessment*> together(const headrope_assessment& assessment,
                                       RuleAssessment& joined) {
  if (assessment.rules.size() == 1) return &assessment.rules.front();
  auto all = all_of(assessment.rules);
  if (!all) return all.error();
  joined = *std::move(all);
  return &joined;
}

Result<Language> language_of(headrope_language language) {
  if (language == HEADROPE_LANGUAGE_EN) return Language::en;
  if (language == HEADROPE_LANGUAGE_ZH) return Language::zh;
  return invalid("language: there is no value " + std::to_string(language));
}

Result<Threads> threads_of(std::int32_t count) {
  constexpr std::int32_t threads_max = 64;
  if (count < 0 || count > threads_max) {
    return invalid("thread_count: " + std::to_string(count) +
                   " is not from 0 to 64");
  }
  return Threads{static_cast<std::uint32_t>(std::max(count, 1))};
}

Interval interval_of(std::int32_t from, std::int32_t until) {
  if (from == 0 && until == 0) return {};
  return {Date{from}, Date{until}};
}

Result<const Forest*> forest_of(const Snapshot& snapshot,
                                std::int64_t hierarchy) {
  const auto id =
      id_of<HierarchyId>(hierarchy, snapshot.hierarchies().size(), "hierarchy");
  if (!id) return id.error();
  for (const Forest& forest : snapshot.forests()) {
    if (forest.hierarchy() == *id) return &forest;
  }
  return Error{Code::hierarchy_unknown,
               "hierarchy '" +
                   std::string(snapshot.hierarchies()[id->value].id) +
                   "' has no places on the day"};
}

Result<Shown> shown_of(const Snapshot& snapshot, const Forest& forest,
                       std::int64_t top, std::int32_t levels) {
  Shown shown;
  if (levels < HEADROPE_ALL_LEVELS) {
    return invalid("levels: " + std::to_string(levels) + " is below -1");
  }
  if (levels != HEADROPE_ALL_LEVELS) {
    shown.levels = static_cast<std::uint32_t>(levels);
  }
  if (top == HEADROPE_NONE) return shown;
  const auto unit = id_of<UnitIndex>(top, snapshot.unit_count(), "top");
  if (!unit) return unit.error();
  shown.top = forest.first_place(*unit);
  if (shown.top.is_none()) {
    return Error{Code::not_found, "top: unit '" +
                                      std::string(snapshot.identity(*unit)) +
                                      "' is not in the hierarchy"};
  }
  return shown;
}

Result<TallyOf> tally_of(const Snapshot& snapshot,
                         const headrope_tally* given) {
  const auto own = options_of(given, "tally");
  if (!own) return own.error();
  TallyOf of;
  const auto reduction = word_of<Reduction>(own->reduction, 6, "reduction");
  if (!reduction) return reduction.error();
  of.tally.reduction = *reduction;
  const auto measures = list_of(own->measures, own->measure_count, "measures");
  if (!measures) return measures.error();
  for (const std::int64_t number : *measures) {
    const auto measure =
        id_of<MeasureId>(number, snapshot.measures().size(), "measure");
    if (!measure) return measure.error();
    of.tally.measures.push_back(*measure);
  }
  if (own->credits_above != 0) {
    const auto forest = forest_of(snapshot, own->credit_along);
    if (!forest) return forest.error();
    of.tally.credit_along = (*forest)->hierarchy();
  }
  of.window = interval_of(own->valid_from, own->valid_until);
  return of;
}

void give(Table table, headrope_table** out) {
  auto handle = std::make_unique<headrope_table>();
  handle->value = std::make_shared<const Table>(std::move(table));
  *out = handle.release();
}

Progress SpacedProgress::callback() {
  if (progress_ == nullptr) return {};
  return [this](std::string_view stage, std::uint64_t done,
                std::uint64_t total) { return tell(stage, done, total); };
}

bool SpacedProgress::tell(std::string_view stage, std::uint64_t done,
                          std::uint64_t total) {
  constexpr auto space = std::chrono::milliseconds(50);
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return true;
  next_ = now + space;
  char name[64] = {};
  stage.copy(name, sizeof name - 1);
  const auto count = [](std::uint64_t number) {
    return static_cast<std::int64_t>(std::min<std::uint64_t>(
        number, std::numeric_limits<std::int64_t>::max()));
  };
  return progress_(name, count(done), count(total), user_data_) == 0;
}

Sink Writer::sink() {
  return [this](std::string_view text) {
    if (is_stopped_) return;
    is_stopped_ = write_(text.data(), static_cast<std::int64_t>(text.size()),
                         user_data_) != 0;
  };
}

Result<void> Writer::outcome() const {
  if (!is_stopped_) return {};
  return Error{Code::cancelled, "writing was stopped by the caller"};
}

headrope_counts counts_of(const StatusCounts& counts) {
  headrope_counts own{};
  own.eligible = counts.eligible();
  own.met = counts.of(Status::met);
  own.unmet = counts.of(Status::unmet);
  own.pending = counts.of(Status::pending);
  own.exempt = counts.of(Status::exempt);
  own.not_applicable = counts.of(Status::not_applicable);
  own.not_in_force = counts.of(Status::not_in_force);
  own.not_evaluable = counts.of(Status::not_evaluable);
  return own;
}

}  // namespace headrope::c
