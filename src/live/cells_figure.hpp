// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What all figures have in common that keep their numbers in cells.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "live/cells.hpp"
#include "live/figure.hpp"

namespace headrope {

/// A figure whose numbers are cells. A figure that keeps more than these goes
/// on from `commit` and `drop`.
template <typename Number>
class CellsFigure : public KeptFigure {
 public:
  CellsFigure(const FigureParts& parts, std::size_t column_count)
      : forest_(parts.forest),
        rows_(parts.rows),
        cells_(parts.epochs, parts.number, parts.forest.place_count(),
               column_count) {}

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

 protected:
  const Forest& forest_;
  const LiveRows& rows_;
  Cells<Number> cells_;
  std::vector<std::uint32_t> footprint_;  ///< Of the subject at hand.
};

}  // namespace headrope
