// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The status of one subject of a rule written in code.

#include <algorithm>
#include <utility>

#include "evaluate/assess_subject.hpp"
#include "evaluate/overall.hpp"
#include "live/footprint.hpp"
#include "live/status_source.hpp"

namespace headrope {
namespace {

class FlatStatus final : public StatusSource {
 public:
  FlatStatus(const LiveRows& rows, const Rule& rule,
             std::vector<Interval> windows)
      : rows_(rows),
        snapshot_(rows.snapshot()),
        rule_(rule),
        windows_(std::move(windows)),
        filter_(snapshot_, rule_.subjects),
        assessor_(snapshot_, rule_),
        measures_(rule.tally.measures),
        statuses_(windows_.size()) {
    std::sort(measures_.begin(), measures_.end());
    measures_.erase(std::unique(measures_.begin(), measures_.end()),
                    measures_.end());
    for (const Forest& forest : snapshot_.forests()) {
      if (forest.hierarchy() == rule_.tally.credit_along) credit_ = &forest;
    }
  }
  FlatStatus(const FlatStatus&) = delete;
  FlatStatus& operator=(const FlatStatus&) = delete;

  [[nodiscard]] bool has_persons() const override {
    return rule_.subjects.type == Subjects::Type::persons;
  }

  [[nodiscard]] Result<std::optional<Status>> status_of(
      std::uint32_t subject) override {
    if (!is_subject(subject)) return std::optional<Status>{};
    gather(subject);
    const bool is_exempt = filter_.is_exempt(subject);
    for (std::size_t at = 0; at < windows_.size(); ++at) {
      const auto cell =
          assessor_.cell(items_, windows_[at], subject, is_exempt);
      if (!cell) return cell.error();
      statuses_[at] = cell->status;
    }
    return std::optional(overall_of(statuses_));
  }

  void append_affected(const RecordEdit& edit,
                       std::vector<std::uint32_t>& subjects) const override {
    if (edit.is_person != has_persons() ||
        !std::binary_search(measures_.begin(), measures_.end(), edit.measure)) {
      return;
    }
    subjects.push_back(edit.subject);
    // A joint session counts for every unit below.
    if (credit_ != nullptr && edit.is_reaching) {
      append_below(*credit_, {edit.subject}, subjects);
    }
  }

 private:
  [[nodiscard]] bool is_subject(std::uint32_t subject) const {
    if (!has_persons()) {
      return filter_.counts_unit({subject}) && filter_.has_attributes(subject);
    }
    const auto memberships = rows_.memberships(subject);
    return std::any_of(memberships.begin(), memberships.end(),
                       [&](const Belonging& belonging) {
                         return filter_.counts_unit({belonging.unit});
                       }) &&
           filter_.has_attributes(subject);
  }

  // The items of a subject as ItemReader gives them.
  void gather(std::uint32_t subject) {
    items_.clear();
    for (const MeasureId measure : measures_) {
      rows_.append_items(measure, has_persons(), subject, items_);
    }
    if (credit_ != nullptr) gather_credited({subject});
    if (!std::is_sorted(items_.begin(), items_.end(), item_before)) {
      std::sort(items_.begin(), items_.end(), item_before);
    }
  }

  void gather_credited(UnitIndex unit) {
    above_.clear();
    const auto climb = [&](PlaceIndex place) {
      for (place = credit_->parent(place); !place.is_none();
           place = credit_->parent(place)) {
        above_.push_back(credit_->unit(place).value);
      }
    };
    const PlaceIndex first = credit_->first_place(unit);
    if (first.is_none()) return;
    climb(first);
    for (const std::uint32_t place : credit_->more_places(unit)) {
      climb({place});
    }
    // A unit above by several paths is credited once.
    std::sort(above_.begin(), above_.end());
    above_.erase(std::unique(above_.begin(), above_.end()), above_.end());
    for (const std::uint32_t upper : above_) {
      for (const MeasureId measure : measures_) {
        rows_.append_reaching(measure, upper, items_);
      }
    }
  }

  const LiveRows& rows_;
  const Snapshot& snapshot_;
  const Rule rule_;
  std::vector<Interval> windows_;
  SubjectFilter filter_;
  SubjectAssessor assessor_;
  std::vector<MeasureId> measures_;
  const Forest* credit_ = nullptr;
  std::vector<Status> statuses_;
  std::vector<Item> items_;
  std::vector<std::uint32_t> above_;
};

}  // namespace

std::unique_ptr<StatusSource> make_status_source(
    const LiveRows& rows, const Rule& rule, std::vector<Interval> windows) {
  return std::make_unique<FlatStatus>(rows, rule, std::move(windows));
}

}  // namespace headrope
