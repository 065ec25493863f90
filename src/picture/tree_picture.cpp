// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The tree with a bar for each unit.

#include <algorithm>

#include <fmt/format.h>

#include "headrope/damaged.hpp"
#include "picture/parts.hpp"

namespace headrope {
namespace {

constexpr std::int32_t indent = 18;
constexpr std::int32_t name_max = 300;
constexpr std::int32_t bar_width = 200;
constexpr std::int32_t bar_height = 12;
constexpr std::int32_t rate_width = 66;

}  // namespace

Result<std::string> tree_svg(const Snapshot& snapshot, const Forest& forest,
                             const RuleAssessment& assessment,
                             const Coverage& coverage,
                             const DrawOptions& options) try {
  const auto places = places_shown(forest, options);
  if (!places) return places.error();
  const std::uint32_t top = places->empty() ? 0 : forest.depth(places->front());
  std::vector<Lines> names;
  std::int32_t names_width = 0;
  for (const PlaceIndex place : *places) {
    const UnitIndex unit = forest.unit(place);
    const std::string_view name = snapshot.name(unit);
    names.emplace_back(name.empty() ? snapshot.identity(unit) : name, name_max);
    const auto left =
        static_cast<std::int32_t>(forest.depth(place) - top) * indent;
    names_width = std::max(names_width, left + names.back().width());
  }
  Canvas canvas;
  std::int32_t y = 0;
  std::int32_t counts_width = 0;
  const std::int32_t bar_left = names_width + 2 * padding;
  const std::int32_t rate_right = bar_left + bar_width + rate_width;
  for (std::size_t at = 0; at < places->size(); ++at) {
    const PlaceIndex place = (*places)[at];
    const StatusCounts counts = coverage.at(place);
    const std::int32_t height = names[at].height() + padding;
    const auto left =
        static_cast<std::int32_t>(forest.depth(place) - top) * indent;
    const std::int32_t middle = y + height / 2;
    canvas.lines({left, y, name_max, height}, names[at]);
    draw_bar(canvas, {bar_left, middle - bar_height / 2, bar_width, bar_height},
             counts);
    canvas.text(rate_right, middle + 5,
                rate_text(counts.of(Status::met), counts.eligible()),
                Anchor::end, colour::ink, true);
    const std::string parts =
        fmt::format("{}/{}", counts.of(Status::met), counts.eligible());
    canvas.text(rate_right + padding, middle + 5, parts, Anchor::start,
                colour::soft);
    counts_width = std::max(counts_width, pixels_of(parts) + padding);
    y += height;
  }
  if (places->empty()) {
    canvas.text(0, text_size, wording("nothing_here", options.language));
    y = line_height;
  }
  y += padding;
  y += draw_bar_legend(canvas, y, options.language);
  const std::string title = options.title.empty()
                                ? rule_title(assessment, options.language)
                                : std::string(options.title);
  return canvas.finish(rate_right + counts_width, y, title,
                       fmt::format("{} {}", wording("as_of", options.language),
                                   to_string(snapshot.as_of())));
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

}  // namespace headrope
