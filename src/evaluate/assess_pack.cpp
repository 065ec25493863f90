// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Assessing a rule of a pack: every subject in every window, in runs that the
// threads take one after another.

#include <algorithm>
#include <atomic>
#include <functional>
#include <numeric>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>

#include "base/columns_at_once.hpp"
#include "base/parallel.hpp"
#include "evaluate/count_rule.hpp"
#include "evaluate/evaluator.hpp"
#include "evaluate/overall.hpp"
#include "headrope/damaged.hpp"

namespace headrope {
namespace {

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
  const auto all_of = [&](std::size_t count) {
    fill_column(found, count, 0U);
    std::iota(found.begin(), found.end(), 0U);
    return found;
  };
  switch (rule.subjects.type) {
    case Thing::person:
      return all_of(snapshot.person_count());
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
      return all_of(snapshot.unit_count());
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

// What is found about a run of subjects, as columns. What few cells have is
// kept with the position of the cell in the run.
struct Chunk {
  std::vector<std::uint32_t> subjects;
  std::vector<std::uint8_t> inherited;
  std::vector<Interval> own_windows;
  std::vector<Status> statuses;
  std::vector<std::int64_t> numerators;
  std::vector<std::int64_t> denominators;
  std::vector<std::uint8_t> has_value;
  std::vector<std::optional<Fraction>> thresholds;
  std::vector<Date> unmet_from;
  std::vector<std::pair<std::size_t, Status>> other_readings;
  std::vector<std::size_t> above;
  std::vector<std::pair<std::size_t, std::uint32_t>> reasons;
  std::vector<std::string> reason_texts;  // In the order of first sight.
  std::unordered_map<std::string, std::uint32_t> reason_numbers;
  std::optional<Error> error;

  void add(const Evaluator::Cell& cell) {
    const std::size_t row = statuses.size();
    statuses.push_back(cell.status);
    const Fraction value = cell.value.value_or(Fraction{});
    numerators.push_back(value.numerator);
    denominators.push_back(value.denominator);
    has_value.push_back(cell.value ? 1 : 0);
    thresholds.push_back(cell.threshold);
    if (cell.other_reading) {
      other_readings.emplace_back(row, *cell.other_reading);
    }
    if (cell.is_above) above.push_back(row);
  }
  // Why the last cell is not evaluable.
  void add_reason(const std::string& text) {
    if (text.empty()) return;
    const auto [found, is_new] = reason_numbers.try_emplace(
        text, static_cast<std::uint32_t>(reason_texts.size()));
    if (is_new) reason_texts.push_back(text);
    reasons.emplace_back(statuses.size() - 1, found->second);
  }
};

// The columns of several runs behind one another, as one.
class ChunkJoiner {
 public:
  // Made by the thread of the call, which alone tells the pace.
  ChunkJoiner(std::vector<Chunk>& chunks, std::size_t thread_count, Pace& pace)
      : chunks_(chunks), thread_count_(thread_count), pace_(pace) {
    for (const Chunk& chunk : chunks_) {
      rows_.push_back(row_count_);
      row_count_ += chunk.statuses.size();
    }
  }

  void join(RuleAssessment& to) {
    std::vector<std::function<void()>> pieces;
    const auto add = [&]<typename T>(std::vector<T>& column,
                                     std::vector<T> Chunk::* of) {
      pieces.push_back([this, &column, of] { join_column(column, of); });
    };
    add(to.thresholds, &Chunk::thresholds);
    add(to.numerators, &Chunk::numerators);
    add(to.denominators, &Chunk::denominators);
    add(to.statuses, &Chunk::statuses);
    add(to.has_value, &Chunk::has_value);
    add(to.subjects, &Chunk::subjects);
    add(to.inherited, &Chunk::inherited);
    add(to.own_windows, &Chunk::own_windows);
    add(to.unmet_from, &Chunk::unmet_from);
    do_at_once(thread_count_, pieces);
    for (std::size_t at = 0; at < chunks_.size(); ++at) {
      add_rare(to, chunks_[at], rows_[at]);
    }
  }

 private:
  template <typename T>
  void join_column(std::vector<T>& column, std::vector<T> Chunk::* of) {
    if (chunks_.size() == 1) {
      column = std::move(chunks_.front().*of);
      return;
    }
    std::size_t count = 0;
    for (const Chunk& chunk : chunks_) count += (chunk.*of).size();
    column.reserve(count);
    for (Chunk& chunk : chunks_) {
      if (std::this_thread::get_id() == caller_) pace_.tell();
      column.insert(column.end(), (chunk.*of).begin(), (chunk.*of).end());
      chunk.*of = {};
    }
  }

  // Columns that are empty unless a cell has something to say.
  void add_rare(RuleAssessment& to, const Chunk& chunk, std::size_t first) {
    if (!chunk.other_readings.empty() && to.other_reading.empty()) {
      to.other_reading = to.statuses;
    }
    for (const auto& [row, status] : chunk.other_readings) {
      to.other_reading[first + row] = status;
    }
    if (!chunk.above.empty()) to.above.resize(row_count_, 0);
    for (const std::size_t row : chunk.above) to.above[first + row] = 1;
    if (chunk.reasons.empty()) return;
    to.reasons.resize(row_count_, 0);
    std::vector<std::uint16_t> numbers;
    numbers.reserve(chunk.reason_texts.size());
    for (const std::string& text : chunk.reason_texts) {
      numbers.push_back(reason_number(to, text));
    }
    for (const auto& [row, text] : chunk.reasons) {
      to.reasons[first + row] = numbers[text];
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

  std::vector<Chunk>& chunks_;
  std::size_t thread_count_;
  Pace& pace_;
  std::thread::id caller_ = std::this_thread::get_id();
  std::vector<std::size_t> rows_;  // Where each begins.
  std::size_t row_count_ = 0;
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
    if (things.size() >
        assessment_cells_max / std::max<std::size_t>(1, windows_.size())) {
      return Error{Code::limit_exceeded,
                   "too many subjects times windows; ask for fewer days"};
    }
    const std::size_t count = std::max<std::size_t>(
        1, std::min<std::size_t>(
               {question_.threads.count, threads_max, things.size()}));
    // Some subjects take longer than others, so that each thread takes the next
    // run when it is done with one; and columns do not grow past need.
    const std::size_t runs = std::max<std::size_t>(
        1, std::min(std::max(count == 1 ? 1 : count * runs_per_thread,
                             things.size() / things_of_run),
                    things.size()));
    std::vector<Chunk> chunks(runs);
    std::atomic<std::size_t> next = 0;
    pace_.begin("assess " + rule_.id, things.size());
    run_in_parallel(count, [&](std::size_t thread) {
      const Lane lane(pace_, thread, count);
      Evaluator evaluator(bound_, sources_, range_, lane);
      for (std::size_t at = next++; at < runs; at = next++) {
        const std::size_t first = things.size() * at / runs;
        const std::size_t last = things.size() * (at + 1) / runs;
        fill(chunks[at], evaluator,
             std::span(things).subspan(first, last - first), lane, thread);
        // The runs before were begun, so that the first error is found.
        if (chunks[at].error) return;
      }
    });
    for (const Chunk& chunk : chunks) {
      if (chunk.error) return *chunk.error;
    }
    ChunkJoiner(chunks, count, pace_).join(assessment);
    place(assessment);
    return {};
  }

 private:
  static constexpr std::size_t runs_per_thread = 16;
  static constexpr std::size_t things_of_run = std::size_t{1} << 18U;

  // What all threads have done is told by that of the call.
  void advance(std::size_t thread, std::uint64_t count) {
    done_.fetch_add(count, std::memory_order_relaxed);
    if (thread == 0)
      pace_.advance(done_.exchange(0, std::memory_order_relaxed));
  }

  void fill(Chunk& chunk, Evaluator& evaluator,
            std::span<const std::uint32_t> things, Lane lane,
            std::size_t thread) {
    constexpr std::size_t untold = 64;
    std::size_t turns = 0;
    for (const std::uint32_t index : things) {
      lane.step();
      if (++turns % untold == 0) advance(thread, untold);
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
    advance(thread, turns % untold);
  }

  void add_cell(Chunk& chunk, Evaluator& evaluator, ThingRef thing,
                const Interval& window) {
    evaluator.clear_reason();
    chunk.add(evaluator.cell(rule_, thing, window));
    const Status status = chunk.statuses.back();
    if (status == Status::not_evaluable) chunk.add_reason(evaluator.reason());
    if (!question_.wants_deadlines) return;
    chunk.unmet_from.push_back(status == Status::pending
                                   ? evaluator.unmet_from(rule_, thing, window)
                                   : Date::open_end());
  }

  // Posts and records get their units.
  void place(RuleAssessment& to) const {
    if (std::find(to.inherited.begin(), to.inherited.end(), 1) ==
        to.inherited.end()) {
      to.inherited.clear();
    }
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
  std::atomic<std::uint64_t> done_ = 0;  // And not yet told.
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
