// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "picture/parts.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace headrope {
namespace {

constexpr std::array shades{
    Shade{"#fbe3e0", colour::ink, "0–19%"},
    Shade{"#fdf0d9", colour::ink, "20–39%"},
    Shade{"#e6eef7", colour::ink, "40–59%"},
    Shade{"#c3d8ee", colour::ink, "60–79%"},
    Shade{"#8fb8e0", colour::ink, "80–99%"},
    Shade{"#1f5c9e", colour::white, "100%"},
};

struct Share {
  Status status;
  std::string_view word;
  std::string_view fill;
};
constexpr std::array shares{
    Share{Status::met, "met", colour::met},
    Share{Status::pending, "pending", colour::pending},
    Share{Status::not_evaluable, "not_evaluable", colour::open},
    Share{Status::unmet, "unmet", colour::unmet},
};

}  // namespace

Result<std::vector<PlaceIndex>> places_shown(const Forest& forest,
                                             const DrawOptions& options) {
  std::vector<PlaceIndex> places;
  const Shown& shown = options.shown;
  const bool has_top = !shown.top.is_none();
  const std::uint32_t begin = has_top ? shown.top.value : 0;
  const auto end = has_top ? forest.end(shown.top).value
                           : static_cast<std::uint32_t>(forest.place_count());
  const std::uint32_t top = has_top ? forest.depth(shown.top) : 0;
  for (std::uint32_t at = begin; at < end; ++at) {
    if (shown.levels && forest.depth({at}) - top > *shown.levels) continue;
    if (places.size() == options.rows_max) {
      return Error{Code::limit_exceeded,
                   fmt::format("the picture would have more than {} rows; ask "
                               "for fewer levels, or for one unit",
                               options.rows_max)};
    }
    places.push_back({at});
  }
  return places;
}

std::string_view in_language(const Label& label, Language language) {
  const bool zh = language == Language::zh;
  const std::string_view first = zh ? label.zh : label.en;
  return first.empty() ? (zh ? label.en : label.zh) : first;
}

std::string rule_title(const RuleAssessment& assessment, Language language) {
  const RuleInfo rule = assessment.pack->rule(assessment.rule);
  const bool zh = language == Language::zh;
  return fmt::format("{} {}{}{}{}", rule.id, in_language(rule.title, language),
                     zh ? "（" : " (", rule.clause, zh ? "）" : ")");
}

std::string rate_text(std::int64_t part, std::int64_t whole) {
  Column column;
  column.type = Column::Type::ratio;
  column.numbers = {part};
  column.denominators = {whole};
  return display_text(column, 0);
}

void draw_bar(Canvas& canvas, const Box& box, const StatusCounts& counts) {
  canvas.rect(box, "#eceff2");
  const std::int64_t eligible = counts.eligible();
  std::int64_t before = 0;
  for (const Share& share : shares) {
    const std::int64_t count = counts.of(share.status);
    if (count == 0) continue;
    // From both ends, so that the parts fill the bar exactly.
    const auto at = [&](std::int64_t sum) {
      return static_cast<std::int32_t>(sum * box.width / eligible);
    };
    canvas.rect({box.left + at(before), box.top,
                 at(before + count) - at(before), box.height},
                share.fill);
    before += count;
  }
}

std::int32_t draw_bar_legend(Canvas& canvas, std::int32_t y,
                             Language language) {
  std::int32_t x = 0;
  for (const Share& share : shares) {
    x = canvas.legend(x, y, share.fill, wording(share.word, language));
  }
  return line_height;
}

const Shade& shade_of(std::int64_t part, std::int64_t whole) {
  return shades[static_cast<std::size_t>(part * 5 / whole)];
}

std::span<const Shade> all_shades() { return shades; }

}  // namespace headrope
