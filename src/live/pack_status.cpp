// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The status of one unit under a rule of a pack, by the evaluator that `assess`
// uses, reading the records as they stand; and which rules can be kept so.

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "base/pace.hpp"
#include "base/utf8.hpp"
#include "evaluate/evaluator.hpp"
#include "evaluate/overall.hpp"
#include "live/footprint.hpp"
#include "live/status_source.hpp"

namespace headrope {
namespace {

// Of rules that ask for each other, so that looking through them ends early.
constexpr std::size_t rules_max = 1'000;

// Looks through a bound rule for what it reads.
class Reads {
 public:
  explicit Reads(const BoundPack& bound) : bound_(bound) {}

  void rule(std::size_t at) {
    if (!seen_.insert(at).second) return;
    if (seen_.size() > rules_max) {
      refuse("it asks for too many other rules");
      return;
    }
    const PackRule& rule = bound_.rules[at];
    if (rule.subjects.type != Thing::unit) {
      refuse("its subjects are not units");
      return;
    }
    conditions(rule.subjects.where, true);
    conditions(rule.exempt, true);
    condition(rule.require, true);
    for (const Amount& amount : rule.report) this->amount(amount, true);
  }

  [[nodiscard]] const std::string& refusal() const { return refusal_; }
  /// Positions of the hierarchies along which records are credited below.
  [[nodiscard]] const std::set<std::int32_t>& credit_forests() const {
    return credit_forests_;
  }
  [[nodiscard]] const std::set<MeasureId>& measures() const {
    return measures_;
  }

 private:
  void refuse(std::string_view why) {
    if (refusal_.empty()) refusal_ = why;
  }

  // `of_subject`: what is looked at is the subject itself.
  void conditions(const std::vector<Condition>& list, bool of_subject) {
    for (const Condition& one : list) condition(one, of_subject);
  }

  void condition(const Condition& condition, bool of_subject) {
    for (const Amount& one : condition.amounts) amount(one, of_subject);
    conditions(condition.parts, of_subject);
    if (condition.op == Condition::Op::member_of) refuse("it asks for members");
    if (condition.op != Condition::Op::rule || condition.rule < 0) return;
    if (!of_subject) {
      refuse("it asks other subjects for the status of a rule");
      return;
    }
    rule(static_cast<std::size_t>(condition.rule));
  }

  void amount(const Amount& amount, bool of_subject) {
    for (const Selection& one : amount.selection) {
      selection(one, of_subject);
      const bool stays = one.source == Selection::Source::windows;
      conditions(amount.conditions, of_subject && stays);
    }
    if (amount.selection.empty()) conditions(amount.conditions, of_subject);
    for (const Amount& part : amount.parts) this->amount(part, of_subject);
  }

  void selection(const Selection& selection, bool of_subject) {
    using Source = Selection::Source;
    switch (selection.source) {
      case Source::records:
        if (!of_subject || selection.of != Thing::unit ||
            selection.reach != Selection::Reach::own ||
            !selection.about.empty()) {
          refuse("it looks at records that are not the subject's own");
        }
        if (selection.credit_forest >= 0) {
          credit_forests_.insert(selection.credit_forest);
        }
        for (const std::uint32_t id : selection.names.ids) {
          measures_.insert(MeasureId{id});
        }
        break;
      case Source::members:
        refuse("it asks for members");
        break;
      case Source::attended:
      case Source::attendance:
        refuse("it asks for attendance");
        break;
      case Source::units:
        if (selection.of == Thing::person) refuse("it asks for members");
        break;
      default:
        break;
    }
    const bool stays = selection.source == Source::windows;
    conditions(selection.where, of_subject && stays);
  }

  const BoundPack& bound_;
  std::set<std::size_t> seen_;
  std::set<MeasureId> measures_;
  std::set<std::int32_t> credit_forests_;
  std::string refusal_;
};

class PackStatus final : public StatusSource {
 public:
  PackStatus(LiveRows& rows, const PackPointer& pack, std::size_t rule,
             const Interval& range)
      : rows_(rows),
        bound_{pack, {}, {}},
        sources_(rows.snapshot(), pace_),
        at_(rule),
        range_(closed_range(range, *pack, rows.snapshot().as_of())) {
    sources_.read_records_from(rows);
  }
  PackStatus(const PackStatus&) = delete;
  PackStatus& operator=(const PackStatus&) = delete;

  Result<void> prepare() {
    if (auto done = bind(bound_, at_, rows_.snapshot(), sources_); !done) {
      return Error{done.error().code, "rule " +
                                          in_quotes(bound_.rules[at_].id) +
                                          ": " + done.error().message};
    }
    Reads reads(bound_);
    reads.rule(at_);
    if (!reads.refusal().empty()) {
      return Error{Code::invalid_argument,
                   "rule " + in_quotes(bound_.rules[at_].id) +
                       " is not kept live: " + reads.refusal()};
    }
    for (const MeasureId measure : reads.measures()) {
      measures_.push_back(measure);
      rows_.index_records(measure, false);
    }
    for (const std::int32_t at : reads.credit_forests()) {
      credit_forests_.push_back(
          &rows_.snapshot().forests()[static_cast<std::size_t>(at)]);
    }
    if (rule().window.type == WindowSpec::Type::within) return {};
    const Evaluator evaluator(bound_, sources_, range_);
    auto windows = evaluator.windows_of(rule(), {});
    if (!windows) return windows.error();
    windows_ = *std::move(windows);
    return {};
  }

  [[nodiscard]] bool has_persons() const override { return false; }

  [[nodiscard]] Result<std::optional<Status>> status_of(
      std::uint32_t subject) override {
    // What an evaluator remembers of other rules would grow old.
    Evaluator evaluator(bound_, sources_, range_);
    const ThingRef thing{Thing::unit, subject};
    const bool is_subject = evaluator.is_subject(rule(), thing);
    if (const auto& error = evaluator.error()) return *error;
    if (!is_subject) return std::optional<Status>{};
    if (rule().window.type == WindowSpec::Type::within) {
      auto own = evaluator.windows_of(rule(), thing);
      if (!own) return own.error();
      windows_ = *std::move(own);
      windows_.resize(1);
    }
    statuses_.clear();
    for (const Interval& window : windows_) {
      statuses_.push_back(evaluator.cell(rule(), thing, window).status);
    }
    if (const auto& error = evaluator.error()) return *error;
    return std::optional(overall_of(statuses_));
  }

  void append_affected(const RecordEdit& edit,
                       std::vector<std::uint32_t>& subjects) const override {
    if (edit.is_person ||
        !std::binary_search(measures_.begin(), measures_.end(), edit.measure)) {
      return;
    }
    subjects.push_back(edit.subject);
    if (!edit.is_reaching) return;
    for (const Forest* const forest : credit_forests_) {
      append_below(*forest, {edit.subject}, subjects);
    }
  }

 private:
  [[nodiscard]] const PackRule& rule() const { return bound_.rules[at_]; }

  LiveRows& rows_;
  Pace pace_;
  BoundPack bound_;
  Sources sources_;
  std::size_t at_;
  Interval range_;
  std::vector<MeasureId> measures_;
  std::vector<const Forest*> credit_forests_;
  std::vector<Interval> windows_;
  std::vector<Status> statuses_;
};

}  // namespace

Result<std::unique_ptr<StatusSource>> make_pack_status_source(
    LiveRows& rows, const LivePackCoverage& wanted) {
  if (wanted.pack == nullptr) {
    return Error{Code::invalid_argument, "a pack is missing"};
  }
  if (wanted.rule >= wanted.pack->rule_count()) {
    return Error{Code::rule_unknown,
                 "there is no rule at position " + std::to_string(wanted.rule)};
  }
  auto source = std::make_unique<PackStatus>(rows, wanted.pack, wanted.rule,
                                             wanted.range);
  if (auto done = source->prepare(); !done) return done.error();
  return std::unique_ptr<StatusSource>(std::move(source));
}

}  // namespace headrope
