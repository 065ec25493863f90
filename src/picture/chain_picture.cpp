// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Broken chains: the breaks, and the line from the root down to each.

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "headrope/damaged.hpp"
#include "picture/parts.hpp"

namespace headrope {
namespace {

constexpr std::int32_t indent = 22;
constexpr std::int32_t name_max = 320;
constexpr std::int32_t swatch = 12;

struct State {
  LinkState state;
  std::string_view word;
  std::string_view fill;
};
constexpr std::array states{
    State{LinkState::held, "held", colour::met},
    State{LinkState::acting, "acting", colour::pending},
    State{LinkState::vacant, "vacant", colour::unmet},
    State{LinkState::without, "without", "#e3e7ec"},
};

const State& state_of(LinkState state) {
  return *std::find_if(states.begin(), states.end(),
                       [&](const State& one) { return one.state == state; });
}

// What is said behind the name of a break.
std::string told(const ChainBreak& one, Language language) {
  std::string text(
      wording(one.state == LinkState::vacant ? "vacant" : "without", language));
  if (one.state == LinkState::vacant && !one.days.valid_from.is_open()) {
    text += fmt::format(" {}–", to_string(one.days.valid_from));
  }
  if (one.hanging > 0) {
    text += fmt::format(" · {} {}", wording("hanging", language), one.hanging);
  }
  return text;
}

// Which places are drawn: breaks, and what lies above them.
std::vector<std::uint8_t> drawn_places(
    const Forest& forest,
    const std::map<std::uint32_t, const ChainBreak*>& breaks,
    const Shown& shown) {
  std::vector<std::uint8_t> drawn(forest.place_count(), 0);
  const std::uint32_t begin = shown.top.is_none() ? 0 : shown.top.value;
  const std::size_t end =
      shown.top.is_none() ? forest.place_count() : forest.end(shown.top).value;
  for (std::uint32_t place = begin; place < end; ++place) {
    if (!breaks.contains(forest.unit({place}).value)) continue;
    for (PlaceIndex at{place};
         !at.is_none() && at.value >= begin && drawn[at.value] == 0;
         at = forest.parent(at)) {
      drawn[at.value] = 1;
    }
  }
  return drawn;
}

}  // namespace

Result<std::string> chain_svg(const Snapshot& snapshot, const Forest& forest,
                              const Chains& chains,
                              const DrawOptions& options) try {
  std::map<std::uint32_t, const ChainBreak*> breaks;
  for (const ChainBreak& one : chains.breaks) {
    breaks.emplace(one.unit.value, &one);
  }
  const auto drawn = drawn_places(forest, breaks, options.shown);
  const auto rows = static_cast<std::size_t>(
      std::count(drawn.begin(), drawn.end(), std::uint8_t{1}));
  if (rows > options.rows_max) {
    return Error{Code::limit_exceeded,
                 fmt::format("the picture would have {} rows, and at most {} "
                             "are drawn; ask for what lies below one unit",
                             rows, options.rows_max)};
  }
  Canvas canvas;
  std::int32_t y = 0;
  std::int32_t width = 0;
  for (std::uint32_t place = 0; place < drawn.size(); ++place) {
    if (drawn[place] == 0) continue;
    const UnitIndex unit = forest.unit({place});
    const std::string_view name = snapshot.name(unit);
    const Lines lines(name.empty() ? snapshot.identity(unit) : name, name_max);
    const auto left = static_cast<std::int32_t>(forest.depth({place})) * indent;
    const std::int32_t height = lines.height() + padding;
    const State& state = state_of(chains.states[unit.value]);
    canvas.rect({left, y + (height - swatch) / 2, swatch, swatch}, state.fill,
                colour::line);
    const std::int32_t text_left = left + swatch + padding;
    canvas.lines({text_left, y, name_max, height}, lines);
    std::int32_t right = text_left + lines.width();
    if (const auto found = breaks.find(unit.value); found != breaks.end()) {
      const std::string text = told(*found->second, options.language);
      canvas.text(right + 2 * padding, y + height / 2 + 5, text, Anchor::start,
                  "#a3211a");
      right += 2 * padding + pixels_of(text);
    }
    width = std::max(width, right);
    y += height;
  }
  if (rows == 0) {
    canvas.text(0, text_size, wording("no_breaks", options.language));
    y = line_height;
  }
  y += padding;
  std::int32_t x = 0;
  for (const State& state : states) {
    x = canvas.legend(x, y, state.fill, wording(state.word, options.language));
  }
  const std::string title(options.title.empty()
                              ? wording("chain_picture", options.language)
                              : options.title);
  return canvas.finish(
      std::max(width, x), y + line_height, title,
      fmt::format("{} {} · {} {}/{}", wording("as_of", options.language),
                  to_string(snapshot.as_of()),
                  wording("leaves_reached", options.language),
                  chains.leaves_reached, chains.leaves));
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

}  // namespace headrope
