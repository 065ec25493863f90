// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Assessing a rule of a pack: every subject in every window, in chunks, one
// thread each.

#include <algorithm>
#include <numeric>
#include <string>

#include "base/parallel.hpp"
#include "evaluate/count_rule.hpp"
#include "evaluate/evaluator.hpp"
#include "evaluate/overall.hpp"
#include "headrope/damaged.hpp"

namespace headrope {
namespace {

constexpr std::size_t cells_max = 100'000'000;
constexpr std::size_t threads_max = 64;
constexpr std::uint16_t reasons_max = 1'000;

SubjectType subject_type_of(Thing thing) {
  switch (thing) {
    case Thing::person:
      return SubjectType::persons;
    case Thing::post:
      return SubjectType::posts;
    case Thing::duty:
      return SubjectType::duties;
    case Thing::record:
      return SubjectType::records;
    default:
      return SubjectType::units;
  }
}

// Everything that could be a subject, ascending, before the rule's conditions.
std::vector<std::uint32_t> candidates(const PackRule& rule,
                                      const Sources& sources,
                                      const Interval& range) {
  const Snapshot& snapshot = sources.snapshot();
  std::vector<std::uint32_t> found;
  switch (rule.subjects.type) {
    case Thing::person:
      for (std::uint32_t at = 0; at < snapshot.person_count(); ++at) {
        found.push_back(at);
      }
      break;
    case Thing::post:
      for (const PostState& post : snapshot.posts()) {
        found.push_back(post.post.value);
      }
      break;
    case Thing::duty:
      for (const DutyState& duty : snapshot.duties()) {
        found.push_back(duty.duty.value);
      }
      break;
    case Thing::record:
      for (const std::uint32_t measure : rule.subjects.names.ids) {
        for (const RecordColumns* columns :
             {&snapshot.unit_records({measure}),
              &snapshot.person_records({measure})}) {
          for (std::size_t at = 0; at < columns->size(); ++at) {
            const Date from{columns->valid_from[at]};
            if (range.contains(from) && from <= snapshot.as_of()) {
              found.push_back(columns->record[at]);
            }
          }
        }
      }
      break;
    default:
      for (std::uint32_t at = 0; at < snapshot.unit_count(); ++at) {
        found.push_back(at);
      }
      break;
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

// What one thread finds about a run of subjects.
struct Chunk {
  std::vector<std::uint32_t> subjects;
  std::vector<std::uint8_t> inherited;
  std::vector<Interval> own_windows;
  std::vector<Evaluator::Cell> cells;
  std::vector<Date> unmet_from;
  std::vector<std::string> reasons;  // One for each cell; mostly empty.
  std::optional<Error> error;
};

class PackAssessor {
 public:
  PackAssessor(const BoundPack& bound, const Sources& sources, std::size_t rule,
               const Interval& range, const RuleQuestion& question, Pace& pace)
      : bound_(bound),
        sources_(sources),
        rule_(bound.rules[rule]),
        range_(range),
        question_(question),
        pace_(pace) {}

  Result<void> run(RuleAssessment& assessment) {
    has_own_windows_ = rule_.window.type == WindowSpec::Type::within;
    if (has_own_windows_) {
      assessment.windows = {Interval{}};
    } else {
      Evaluator evaluator(bound_, sources_, range_);
      auto windows = evaluator.windows_of(rule_, {});
      if (!windows) return windows.error();
      assessment.windows = *std::move(windows);
    }
    windows_ = assessment.windows;
    const auto things = candidates(rule_, sources_, range_);
    if (things.size() > cells_max / std::max<std::size_t>(1, windows_.size())) {
      return Error{Code::limit_exceeded,
                   "too many subjects times windows; ask for fewer days"};
    }
    const std::size_t count = std::max<std::size_t>(
        1, std::min<std::size_t>(
               {question_.threads.count, threads_max, things.size()}));
    std::vector<Chunk> chunks(count);
    pace_.begin("assess " + rule_.id, things.size());
    const auto work = [&](std::size_t at) {
      const std::size_t first = things.size() * at / count;
      const std::size_t last = things.size() * (at + 1) / count;
      fill(chunks[at], std::span(things).subspan(first, last - first),
           Lane(pace_, at, count));
    };
    run_in_parallel(count, work);
    for (const Chunk& chunk : chunks) {
      if (chunk.error) return *chunk.error;
    }
    for (Chunk& chunk : chunks) append(assessment, chunk);
    place(assessment);
    return {};
  }

 private:
  void fill(Chunk& chunk, std::span<const std::uint32_t> things, Lane lane) {
    Evaluator evaluator(bound_, sources_, range_, lane);
    for (const std::uint32_t index : things) {
      lane.step();
      lane.advance(1);
      const ThingRef thing{rule_.subjects.type, index};
      if (!evaluator.is_subject(rule_, thing)) continue;
      chunk.subjects.push_back(index);
      chunk.inherited.push_back(evaluator.is_inherited(rule_, thing) ? 1 : 0);
      if (has_own_windows_) {
        const auto own = evaluator.windows_of(rule_, thing);
        if (!own) {
          chunk.error = own.error();
          return;
        }
        chunk.own_windows.push_back(own->front());
        add_cell(chunk, evaluator, thing, own->front());
      } else {
        for (const Interval& window : windows_) {
          add_cell(chunk, evaluator, thing, window);
        }
      }
      if (evaluator.error()) {
        chunk.error = evaluator.error();
        return;
      }
    }
  }

  void add_cell(Chunk& chunk, Evaluator& evaluator, ThingRef thing,
                const Interval& window) {
    evaluator.clear_reason();
    chunk.cells.push_back(evaluator.cell(rule_, thing, window));
    const Status status = chunk.cells.back().status;
    chunk.reasons.push_back(status == Status::not_evaluable ? evaluator.reason()
                                                            : std::string());
    if (!question_.wants_deadlines) return;
    chunk.unmet_from.push_back(status == Status::pending
                                   ? evaluator.unmet_from(rule_, thing, window)
                                   : Date::open_end());
  }

  // Appends the cells of a chunk to the columns.
  static void append(RuleAssessment& to, Chunk& chunk) {
    to.subjects.insert(to.subjects.end(), chunk.subjects.begin(),
                       chunk.subjects.end());
    to.inherited.insert(to.inherited.end(), chunk.inherited.begin(),
                        chunk.inherited.end());
    to.own_windows.insert(to.own_windows.end(), chunk.own_windows.begin(),
                          chunk.own_windows.end());
    to.unmet_from.insert(to.unmet_from.end(), chunk.unmet_from.begin(),
                         chunk.unmet_from.end());
    for (std::size_t at = 0; at < chunk.cells.size(); ++at) {
      const Evaluator::Cell& cell = chunk.cells[at];
      const std::size_t row = to.statuses.size();
      to.statuses.push_back(cell.status);
      const Fraction value = cell.value.value_or(Fraction{});
      to.numerators.push_back(value.numerator);
      to.denominators.push_back(value.denominator);
      to.has_value.push_back(cell.value ? 1 : 0);
      to.thresholds.push_back(cell.threshold);
      if (cell.other_reading && to.other_reading.empty()) {
        to.other_reading.assign(
            to.statuses.begin(),
            to.statuses.begin() + static_cast<std::ptrdiff_t>(row));
      }
      if (!to.other_reading.empty() || cell.other_reading) {
        to.other_reading.push_back(cell.other_reading.value_or(cell.status));
      }
      if (cell.is_above) to.above.resize(row + 1, 0);
      if (cell.is_above) to.above[row] = 1;
      if (!chunk.reasons[at].empty()) {
        to.reasons.resize(row + 1, 0);
        to.reasons[row] = reason_number(to, chunk.reasons[at]);
      }
    }
  }

  static std::uint16_t reason_number(RuleAssessment& to,
                                     const std::string& reason) {
    if (to.reason_texts.empty()) to.reason_texts.emplace_back();
    const auto found =
        std::find(to.reason_texts.begin(), to.reason_texts.end(), reason);
    if (found == to.reason_texts.end() &&
        to.reason_texts.size() < reasons_max) {
      to.reason_texts.push_back(reason);
      return static_cast<std::uint16_t>(to.reason_texts.size() - 1);
    }
    return found == to.reason_texts.end()
               ? std::uint16_t{0}
               : static_cast<std::uint16_t>(found - to.reason_texts.begin());
  }

  // Optional columns get their full length; posts and records their units.
  void place(RuleAssessment& to) const {
    if (std::find(to.inherited.begin(), to.inherited.end(), 1) ==
        to.inherited.end()) {
      to.inherited.clear();
    }
    if (!to.above.empty()) to.above.resize(to.statuses.size(), 0);
    if (!to.reasons.empty()) to.reasons.resize(to.statuses.size(), 0);
    const Thing type = rule_.subjects.type;
    if (type != Thing::post && type != Thing::record) return;
    for (const std::uint32_t subject : to.subjects) {
      std::uint32_t unit = UnitIndex::none_value;
      if (type == Thing::post) {
        const PostState* post = sources_.post(subject);
        if (post != nullptr) unit = post->unit.value;
      } else {
        const auto& info = sources_.record(subject);
        unit = info.unit;
        if (unit == UnitIndex::none_value &&
            info.person != PersonId::none_value) {
          unit = sources_.primary_unit(info.person).value;
        }
      }
      to.subject_units.push_back(unit);
    }
  }

  const BoundPack& bound_;
  const Sources& sources_;
  const PackRule& rule_;
  Interval range_;
  const RuleQuestion& question_;
  Pace& pace_;
  bool has_own_windows_ = false;
  std::vector<Interval> windows_;
};

}  // namespace

Interval closed_range(Interval range, const Pack& pack, Date as_of) {
  if (range.valid_until.is_open()) range.valid_until = add_days(as_of, 1);
  if (range.valid_from.is_open()) {
    range.valid_from = std::min(pack.in_force().valid_from, as_of);
    if (range.valid_from.is_open()) range.valid_from = as_of;
  }
  return range;
}

namespace {

constexpr std::string_view assessing = "the assessment";

Result<RuleAssessment> assess_with(BoundPack& bound, Sources& sources,
                                   std::size_t rule,
                                   const RuleQuestion& question, Pace& pace) {
  const PackPointer& pack = bound.pack;
  if (rule >= pack->rule_count()) {
    return Error{Code::rule_unknown,
                 "there is no rule at position " + std::to_string(rule)};
  }
  const Snapshot& snapshot = sources.snapshot();
  pace.begin("index");
  if (auto done = bind(bound, rule, snapshot, sources); !done) {
    return Error{done.error().code, "rule '" + bound.rules[rule].id +
                                        "': " + done.error().message};
  }
  RuleAssessment assessment;
  assessment.pack = pack;
  assessment.rule = rule;
  assessment.subject_type = subject_type_of(bound.rules[rule].subjects.type);
  const Interval range = closed_range(question.range, *pack, snapshot.as_of());
  if (const auto counted = count_rule(bound, sources, bound.rules[rule], range,
                                      question, pace, assessment)) {
    if (!*counted) return counted->error();
    return assessment;
  }
  sources.build();
  PackAssessor assessor(bound, sources, rule, range, question, pace);
  if (auto done = assessor.run(assessment); !done) return done.error();
  return assessment;
}

}  // namespace

Result<RuleAssessment> assess(const Snapshot& snapshot, const PackPointer& pack,
                              std::size_t rule,
                              const RuleQuestion& question) try {
  if (pack == nullptr) {
    return Error{Code::invalid_argument, "a pack is missing"};
  }
  BoundPack bound{pack, {}, {}};
  Pace pace(question.progress);
  Sources sources(snapshot, pace);
  return until_stopped(assessing, [&] {
    return assess_with(bound, sources, rule, question, pace);
  });
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

Result<std::vector<RuleAssessment>> assess(const Snapshot& snapshot,
                                           const PackPointer& pack,
                                           std::span<const std::size_t> rules,
                                           const RuleQuestion& question) try {
  if (pack == nullptr) {
    return Error{Code::invalid_argument, "a pack is missing"};
  }
  BoundPack bound{pack, {}, {}};
  Pace pace(question.progress);
  Sources sources(snapshot, pace);
  std::vector<std::size_t> all(rules.begin(), rules.end());
  if (rules.empty()) {
    all.resize(pack->rule_count());
    std::iota(all.begin(), all.end(), std::size_t{0});
  }
  std::vector<RuleAssessment> assessments;
  for (const std::size_t rule : all) {
    auto one = until_stopped(assessing, [&] {
      return assess_with(bound, sources, rule, question, pace);
    });
    if (!one) return one.error();
    assessments.push_back(*std::move(one));
  }
  return assessments;
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

std::optional<Fraction> RuleAssessment::value(std::size_t cell) const {
  if (!is_asked(statuses[cell]) ||
      (!has_value.empty() && has_value[cell] == 0)) {
    return std::nullopt;
  }
  return make_fraction(numerators[cell], denominators.empty()
                                             ? common_denominator
                                             : denominators[cell]);
}

std::optional<Fraction> RuleAssessment::threshold(std::size_t cell) const {
  if (!is_asked(statuses[cell])) return std::nullopt;
  if (!thresholds.empty()) return thresholds[cell];
  return window_thresholds.empty() ? std::nullopt
                                   : window_thresholds[cell % windows.size()];
}

Status RuleAssessment::overall(std::size_t subject) const {
  return overall_of(
      std::span(statuses).subspan(at(subject, 0), windows.size()));
}

Ratio RuleAssessment::windows_met(std::size_t subject) const {
  StatusCounts counts;
  for (std::size_t w = 0; w < windows.size(); ++w) {
    ++counts.by_status[static_cast<std::size_t>(statuses[at(subject, w)])];
  }
  return {counts.of(Status::met), counts.eligible()};
}

StatusCounts RuleAssessment::counts() const {
  StatusCounts counts;
  for (std::size_t at = 0; at < subjects.size(); ++at) {
    ++counts.by_status[static_cast<std::size_t>(overall(at))];
  }
  return counts;
}

std::string subject_identity(const Snapshot& snapshot, SubjectType type,
                             std::uint32_t subject) {
  // A subject of another snapshot may have no name here.
  std::string_view name;
  switch (type) {
    case SubjectType::units:
      if (subject < snapshot.unit_count()) {
        name = snapshot.identity(UnitIndex{subject});
      }
      break;
    case SubjectType::persons:
      if (subject < snapshot.person_count()) {
        name = snapshot.identity(PersonId{subject});
      }
      break;
    case SubjectType::posts:
      name = snapshot.identity(PostId{subject});
      break;
    case SubjectType::duties:
      name = snapshot.identity(DutyId{subject});
      break;
    case SubjectType::records:
      name = snapshot.record_identity({subject});
      break;
  }
  return name.empty() ? "#" + std::to_string(subject) : std::string(name);
}

}  // namespace headrope
