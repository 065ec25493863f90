// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The share of subjects that meet each threshold, as steps.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "picture/parts.hpp"

namespace headrope {
namespace {

constexpr std::int32_t left = 48;
constexpr std::int32_t width = 560;
constexpr std::int32_t height = 260;

// Positions are pixels, so here, and only here, a fraction becomes a binary
// number.
double number(const Fraction& value) {
  return static_cast<double>(value.numerator) /
         static_cast<double>(value.denominator);
}

class Axis {
 public:
  Axis(double least, double greatest)
      : least_(least), range_(greatest > least ? greatest - least : 1) {}
  [[nodiscard]] std::int32_t x(const Fraction& value) const {
    return left + static_cast<std::int32_t>(
                      std::lround((number(value) - least_) / range_ * width));
  }

 private:
  double least_;
  double range_;
};

std::int32_t y_of(std::int64_t part, std::int64_t whole) {
  return height - static_cast<std::int32_t>(part * height / whole);
}

std::string value_text(const RuleAssessment& assessment,
                       const Fraction& value) {
  Column column;
  column.type = Column::Type::fraction;
  column.numbers = {value.numerator};
  column.denominators = {value.denominator};
  const ValueUnit unit = value_unit(*assessment.pack, assessment.rule);
  column.styles = {unit == ValueUnit::rate  ? Column::Style::percent
                   : unit == ValueUnit::day ? Column::Style::day
                                            : Column::Style::number};
  return display_text(column, 0);
}

void draw_shares(Canvas& canvas) {
  for (std::int32_t tenth = 0; tenth <= 10; tenth += 2) {
    const std::int32_t y = y_of(tenth, 10);
    canvas.line(left, y, left + width, y, colour::line);
    canvas.text(left - padding, y + 5, fmt::format("{}%", tenth * 10),
                Anchor::end, colour::soft);
  }
}

// The values below the axis, as many as there is room for.
void draw_values(Canvas& canvas, const RuleAssessment& assessment,
                 const Spectrum& spectrum, const Axis& axis) {
  std::vector<Fraction> values;
  values.reserve(spectrum.points.size());
  for (const SpectrumPoint& point : spectrum.points) {
    values.push_back(point.threshold);
  }
  std::sort(values.begin(), values.end());
  std::int32_t free = -width;
  for (const Fraction& value : values) {
    const std::int32_t x = axis.x(value);
    const std::string text = value_text(assessment, value);
    const std::int32_t half = pixels_of(text) / 2 + padding;
    if (x - half < free) continue;
    canvas.text(x, height + line_height, text, Anchor::middle, colour::soft);
    free = x + half;
  }
}

}  // namespace

std::string spectrum_svg(const RuleAssessment& assessment,
                         const Spectrum& spectrum, const DrawOptions& options) {
  Canvas canvas;
  std::optional<Fraction> asked;
  for (std::size_t cell = 0; cell < assessment.statuses.size() && !asked;
       ++cell) {
    asked = assessment.threshold(cell);
  }
  const std::string title = options.title.empty()
                                ? rule_title(assessment, options.language)
                                : std::string(options.title);
  if (spectrum.points.empty() || spectrum.eligible == 0) {
    canvas.text(0, text_size, wording("nothing_here", options.language));
    return canvas.finish(width, line_height, title, {});
  }
  double least = number(spectrum.points.front().threshold);
  double greatest = least;
  for (const SpectrumPoint& point : spectrum.points) {
    least = std::min(least, number(point.threshold));
    greatest = std::max(greatest, number(point.threshold));
  }
  if (asked) {
    least = std::min(least, number(*asked));
    greatest = std::max(greatest, number(*asked));
  }
  // A little room on both sides, where all, and none, meet the threshold.
  const double room = std::max((greatest - least) / 12, 0.5);
  const Axis axis(least - room, greatest + room);
  draw_shares(canvas);
  const std::int32_t easy = spectrum.at_most ? left + width : left;
  std::vector<std::pair<std::int32_t, std::int32_t>> steps{
      {easy, y_of(spectrum.points.front().met, spectrum.eligible)}};
  for (const SpectrumPoint& point : spectrum.points) {
    const std::int32_t x = axis.x(point.threshold);
    const std::int32_t y = y_of(point.met, spectrum.eligible);
    // Up to its own threshold, everybody of this point meets it.
    steps.emplace_back(steps.back().first, y);
    steps.emplace_back(x, y);
  }
  steps.emplace_back(steps.back().first, height);
  steps.emplace_back(spectrum.at_most ? left : left + width, height);
  canvas.polyline(steps, colour::met);
  draw_values(canvas, assessment, spectrum, axis);
  std::int32_t bottom = height + 2 * line_height;
  if (asked) {
    const std::int32_t x = axis.x(*asked);
    canvas.line(x, 0, x, height, colour::unmet, true);
    canvas.legend(left, bottom, colour::unmet,
                  fmt::format("{} {}", wording("threshold", options.language),
                              value_text(assessment, *asked)));
    bottom += line_height;
  }
  return canvas.finish(
      left + width + 2 * margin, bottom, title,
      fmt::format("{} · {} {}", wording("met_by_threshold", options.language),
                  wording("eligible", options.language), spectrum.eligible));
}

}  // namespace headrope
