// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The members at and below every place.

#include "live/cells_figure.hpp"
#include "live/footprint.hpp"

namespace headrope {
namespace {

class MembersFigure final : public CellsFigure<std::uint32_t> {
 public:
  MembersFigure(const FigureParts& parts, CountBasis basis)
      : CellsFigure(parts, 1), basis_(basis) {}

  void fill(std::span<const std::int64_t> counts) {
    cells_.table().fill(0, counts);
  }

  [[nodiscard]] bool is_coverage() const override { return false; }

  [[nodiscard]] Result<void> plan(const Batch& batch) override {
    for (const PersonEdit& edit : batch.persons) {
      add(edit.before, -1);
      add(rows_.memberships(edit.person), 1);
    }
    return cells_.plan();
  }

 private:
  void add(std::span<const Belonging> memberships, std::int64_t amount) {
    footprint_.clear();
    append_footprint(forest_, memberships, basis_, footprint_);
    cells_.add(footprint_, 0, amount);
  }

  CountBasis basis_;
};

}  // namespace

FigureResult make_members(const FigureParts& parts, const LiveMembers& wanted) {
  if (wanted.basis > CountBasis::every) {
    return Error{Code::invalid_argument, "there is no such basis of counting"};
  }
  parts.rows.index_members();
  auto figure = std::make_unique<MembersFigure>(parts, wanted.basis);
  figure->fill(count_members(parts.snapshot, parts.forest, wanted.basis));
  return std::unique_ptr<KeptFigure>(std::move(figure));
}

}  // namespace headrope
