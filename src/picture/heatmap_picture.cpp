// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The heat map of units and months.

#include <algorithm>

#include <fmt/format.h>

#include "page/month_data.hpp"
#include "picture/parts.hpp"

namespace headrope {
namespace {

constexpr std::int32_t name_max = 220;
constexpr std::int32_t cell_width = 62;
constexpr std::int32_t cell_height = 36;
constexpr std::int32_t heading_height = 24;
constexpr std::int32_t indent = 14;

void draw_cell(Canvas& canvas, const Box& box, std::int64_t met,
               std::int64_t eligible_and_one) {
  if (eligible_and_one <= 1) {
    canvas.rect(box, colour::shade, colour::white);
    // A unit that was not there has no figure, not even none of none.
    if (eligible_and_one == 1) {
      canvas.text(box.left + box.width / 2, box.top + box.height / 2 + 5, "–",
                  Anchor::middle, colour::soft);
    }
    return;
  }
  const std::int64_t eligible = eligible_and_one - 1;
  const Shade& shade = shade_of(met, eligible);
  canvas.rect(box, shade.fill, colour::white);
  const std::int32_t x = box.left + box.width / 2;
  std::string rate = rate_text(met, eligible);
  if (met == eligible) rate = "100 %";
  canvas.text(x, box.top + 15, rate, Anchor::middle, shade.text, true);
  canvas.text(x, box.top + 31, fmt::format("{}/{}", met, eligible),
              Anchor::middle, shade.text);
}

// Draws names, months and cells. @returns how large they are.
Box draw_map(Canvas& canvas, const Snapshot& snapshot, const Forest& forest,
             const std::vector<PlaceIndex>& places, const MonthFigures& figures,
             std::size_t at) {
  const MonthFigures::Of& of = figures.of[at];
  const std::uint32_t top = places.empty() ? 0 : forest.depth(places.front());
  std::vector<Lines> names;
  std::int32_t left = 0;
  for (const PlaceIndex place : places) {
    const UnitIndex unit = forest.unit(place);
    const std::string_view name = snapshot.name(unit);
    names.emplace_back(name.empty() ? snapshot.identity(unit) : name, name_max);
    const auto in =
        static_cast<std::int32_t>(forest.depth(place) - top) * indent;
    left = std::max(left, in + names.back().width() + 2 * padding);
  }
  for (std::size_t month = 0; month < figures.months.size(); ++month) {
    const auto x = left + static_cast<std::int32_t>(month) * cell_width;
    canvas.text(x + cell_width / 2, text_size,
                to_string(figures.months[month].valid_from).substr(0, 7),
                Anchor::middle);
  }
  std::int32_t y = heading_height;
  for (std::size_t row = 0; row < places.size(); ++row) {
    const std::int32_t height =
        std::max(cell_height, names[row].height() + padding);
    const auto in =
        static_cast<std::int32_t>(forest.depth(places[row]) - top) * indent;
    canvas.lines({in, y, name_max, height}, names[row]);
    for (std::size_t month = 0; month < figures.months.size(); ++month) {
      const std::size_t cell = month * places.size() + row;
      draw_cell(canvas,
                {left + static_cast<std::int32_t>(month) * cell_width, y,
                 cell_width, height},
                of.met[cell], of.eligible[cell]);
    }
    y += height;
  }
  return {0, 0,
          left + static_cast<std::int32_t>(figures.months.size()) * cell_width,
          y};
}

}  // namespace

Result<std::string> heatmap_svg(const Registry& registry,
                                const std::shared_ptr<const Snapshot>& snapshot,
                                const Forest& forest,
                                const ReportQuestion& question,
                                const DrawOptions& options) {
  if (question.pack == nullptr || question.rules.empty()) {
    return Error{Code::invalid_argument, "a heat map needs a rule"};
  }
  const auto places = places_shown(forest, options);
  if (!places) return places.error();
  std::vector<std::vector<std::uint32_t>> asked(snapshot->forests().size());
  const auto at =
      static_cast<std::size_t>(&forest - snapshot->forests().data());
  for (const PlaceIndex place : *places) asked[at].push_back(place.value);
  const RuleQuestion of_rule{question.range, false, question.threads};
  const std::vector<std::size_t> rules{question.rules.front()};
  const auto assessments = assess(*snapshot, question.pack, rules, of_rule);
  if (!assessments) return assessments.error();
  constexpr std::size_t months_max = 24;
  const auto figures = month_figures(registry, *snapshot, question, months_max,
                                     *assessments, asked);
  if (!figures) return figures.error();
  if (figures->months.empty()) {
    return Error{Code::invalid_argument, "the range has no month"};
  }

  Canvas canvas;
  const Box drawn = draw_map(canvas, *snapshot, forest, *places, *figures, at);
  std::int32_t y = drawn.height + 2 * padding;
  std::int32_t x = 0;
  for (const Shade& shade : all_shades()) {
    x = canvas.legend(x, y, shade.fill, shade.word);
  }
  y += line_height;
  const bool by_window = figures->by_window.front() != 0;
  const std::string title =
      options.title.empty() ? rule_title(assessments->front(), options.language)
                            : std::string(options.title);
  const std::string subtitle =
      fmt::format("{} {} · {}", wording("as_of", options.language),
                  to_string(snapshot->as_of()),
                  wording(by_window ? "months_by_window" : "months_by_day",
                          options.language));
  return canvas.finish(std::max(drawn.width, x), y, title, subtitle);
}

}  // namespace headrope
