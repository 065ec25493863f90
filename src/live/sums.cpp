// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Sums of the tallies of units.

#include <string>
#include <utility>

#include "evaluate/assess_subject.hpp"
#include "live/cells_figure.hpp"
#include "live/footprint.hpp"

namespace headrope {
namespace {

class SumsFigure final : public CellsFigure<std::int64_t> {
 public:
  SumsFigure(const FigureParts& parts, const LiveSums& wanted,
             std::vector<std::int64_t> own)
      : CellsFigure(parts, 1),
        tally_(wanted.tally),
        cut_(cut_to_day(closed_until(wanted.window, parts.snapshot.as_of()),
                        parts.snapshot.as_of())),
        own_(std::move(own)) {
    std::sort(tally_.measures.begin(), tally_.measures.end());
    tally_.measures.erase(
        std::unique(tally_.measures.begin(), tally_.measures.end()),
        tally_.measures.end());
  }

  void fill(std::span<const std::int64_t> sums) {
    cells_.table().fill(0, sums);
  }

  [[nodiscard]] bool is_coverage() const override { return false; }

  [[nodiscard]] Result<void> plan(const Batch& batch) override {
    if (tally_.reduction == Reduction::sum ||
        tally_.reduction == Reduction::count) {
      plan_differences(batch);
    } else if (auto done = plan_again(batch); !done) {
      return done;
    }
    for (const auto& [unit, value] : after_) {
      footprint_.clear();
      append_footprint(forest_, UnitIndex{unit}, footprint_);
      const auto fits = static_cast<std::int64_t>(value);
      if (fits != value) {
        return Error{Code::sum_overflow,
                     "the sum of a subject's values is beyond 64 bits"};
      }
      cells_.add(footprint_, 0, value - own_[unit]);
    }
    return cells_.plan();
  }
  void commit(std::vector<PlaceIndex>& places) noexcept override {
    for (const auto& [unit, value] : after_) {
      own_[unit] = static_cast<std::int64_t>(value);
    }
    after_.clear();
    CellsFigure::commit(places);
  }
  void drop() noexcept override {
    after_.clear();
    CellsFigure::drop();
  }
  [[nodiscard]] std::size_t byte_count() const override {
    return CellsFigure::byte_count() + own_.size() * sizeof(own_[0]);
  }

 private:
  [[nodiscard]] bool reads(const RecordEdit& edit) const {
    return !edit.is_person &&
           std::binary_search(tally_.measures.begin(), tally_.measures.end(),
                              edit.measure);
  }

  // What is counted or added changes by what came and went: no record is read.
  void plan_differences(const Batch& batch) {
    for (const RecordEdit& edit : batch.records) {
      if (!reads(edit) || !cut_.contains(Date{edit.item.valid_from})) continue;
      const int128 amount =
          tally_.reduction == Reduction::count ? 1 : int128{edit.item.value};
      after_.emplace_back(edit.subject, edit.is_added ? amount : -amount);
    }
    std::sort(after_.begin(), after_.end());
    std::size_t kept = 0;
    for (std::size_t at = 0; at < after_.size();) {
      auto [unit, value] = after_[at];
      value += own_[unit];
      for (++at; at < after_.size() && after_[at].first == unit; ++at) {
        value += after_[at].second;
      }
      after_[kept++] = {unit, value};
    }
    after_.resize(kept);
  }

  // Everything else is tallied again from all records of the subject.
  [[nodiscard]] Result<void> plan_again(const Batch& batch) {
    for (const RecordEdit& edit : batch.records) {
      if (reads(edit)) after_.emplace_back(edit.subject, 0);
    }
    std::sort(after_.begin(), after_.end());
    after_.erase(std::unique(after_.begin(), after_.end()), after_.end());
    for (auto& [unit, value] : after_) {
      items_.clear();
      for (const MeasureId measure : tally_.measures) {
        rows_.append_items(measure, false, unit, items_);
      }
      if (!std::is_sorted(items_.begin(), items_.end(), item_before)) {
        std::sort(items_.begin(), items_.end(), item_before);
      }
      const auto reduced = reduce(items_, tally_.reduction, cut_);
      if (!reduced) return reduced.error();
      value = reduced->value_or(0);
    }
    return {};
  }

  Tally tally_;
  Interval cut_;
  std::vector<std::int64_t> own_;  // By unit.
  // Planned: the units that change, and their own values after the batch.
  std::vector<std::pair<std::uint32_t, int128>> after_;
  std::vector<Item> items_;
};

}  // namespace

FigureResult make_sums(const FigureParts& parts, const LiveSums& wanted) {
  auto tallied = tally_units(parts.snapshot, wanted.tally, wanted.window);
  if (!tallied) return tallied.error();
  const auto sums =
      roll_up(parts.forest, tallied->value, parts.options.threads);
  if (!sums) return sums.error();
  for (const MeasureId measure : wanted.tally.measures) {
    parts.rows.index_records(measure, false);
  }
  auto figure =
      std::make_unique<SumsFigure>(parts, wanted, std::move(tallied->value));
  figure->fill(*sums);
  return std::unique_ptr<KeptFigure>(std::move(figure));
}

}  // namespace headrope
