// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The members at and below every place.

#include "live/cells.hpp"
#include "live/figure.hpp"
#include "live/footprint.hpp"

namespace headrope {
namespace {

class MembersFigure final : public KeptFigure {
 public:
  MembersFigure(const FigureParts& parts, CountBasis basis)
      : forest_(parts.forest),
        rows_(parts.rows),
        basis_(basis),
        cells_(parts.epochs, parts.number, parts.forest.place_count(), 1) {}

  void fill(std::span<const std::int64_t> counts) {
    cells_.table().fill(0, counts);
  }

  [[nodiscard]] bool is_coverage() const override { return false; }
  [[nodiscard]] FigureState state() const override {
    return {cells_.table().root(), {}};
  }
  [[nodiscard]] std::int64_t at(const FigureState& state, std::size_t place,
                                std::size_t column) const override {
    return cells_.table().at(state.root, place, column);
  }
  void copy(const FigureState& state, std::size_t column,
            std::span<std::int64_t> out) const override {
    cells_.table().copy(state.root, column, out);
  }

  [[nodiscard]] Result<void> plan(const Batch& batch) override {
    for (const PersonEdit& edit : batch.persons) {
      add(edit.before, -1);
      add(rows_.memberships(edit.person), 1);
    }
    return cells_.plan();
  }
  [[nodiscard]] std::size_t change_count() const override {
    return cells_.change_count();
  }
  void commit(std::vector<PlaceIndex>& places) noexcept override {
    cells_.commit(places);
  }
  void drop() noexcept override { cells_.drop(); }
  void give_back(PageHead* page, bool is_leaf) noexcept override {
    cells_.table().give_back(page, is_leaf);
  }
  [[nodiscard]] std::size_t byte_count() const override {
    return cells_.table().byte_count();
  }

 private:
  void add(std::span<const Belonging> memberships, std::int64_t amount) {
    footprint_.clear();
    append_footprint(forest_, memberships, basis_, footprint_);
    cells_.add(footprint_, 0, amount);
  }

  const Forest& forest_;
  const LiveRows& rows_;
  CountBasis basis_;
  Cells<std::uint32_t> cells_;
  std::vector<std::uint32_t> footprint_;
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
