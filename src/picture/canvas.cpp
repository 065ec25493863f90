// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Elements of SVG.

#include "picture/canvas.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "report/svg_text.hpp"

namespace headrope {
namespace {

constexpr std::int32_t title_size = 20;
constexpr std::int32_t title_height = 28;
constexpr std::int32_t width_least = 420;  // For the title.

template <typename... Values>
void add(std::string& text, fmt::format_string<Values...> format,
         Values&&... values) {
  fmt::format_to(std::back_inserter(text), format,
                 std::forward<Values>(values)...);
}

std::int32_t pixels(std::u32string_view text) {
  return (width_of(text) * text_size + 99) / 100;
}

}  // namespace

Lines::Lines(std::string_view text, std::int32_t width_max)
    : lines(lines_of(drawable(text), width_max * 100 / text_size)) {}

std::int32_t Lines::width() const {
  std::int32_t width = 0;
  for (const std::u32string& line : lines) {
    width = std::max(width, pixels(line));
  }
  return width;
}

std::int32_t pixels_of(std::string_view text) { return pixels(drawable(text)); }

void Canvas::rect(const Box& box, std::string_view fill,
                  std::string_view stroke) {
  add(text_, "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"",
      box.left, box.top, box.width, box.height, fill);
  if (!stroke.empty()) add(text_, " stroke=\"{}\"", stroke);
  text_ += "/>\n";
}

void Canvas::line(std::int32_t x1, std::int32_t y1, std::int32_t x2,
                  std::int32_t y2, std::string_view stroke, bool is_dashed) {
  add(text_,
      "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{}\"{}/>\n", x1,
      y1, x2, y2, stroke, is_dashed ? " stroke-dasharray=\"5 4\"" : "");
}

void Canvas::polyline(
    const std::vector<std::pair<std::int32_t, std::int32_t>>& points,
    std::string_view stroke) {
  text_ += "<polyline fill=\"none\" stroke-width=\"2\" points=\"";
  for (const auto& [x, y] : points) add(text_, "{},{} ", x, y);
  add(text_, "\" stroke=\"{}\"/>\n", stroke);
}

void Canvas::text(std::int32_t x, std::int32_t y, std::string_view text,
                  Anchor anchor, std::string_view fill, bool is_bold) {
  constexpr std::array<std::string_view, 3> anchors{
      "", " text-anchor=\"middle\"", " text-anchor=\"end\""};
  add(text_, "<text x=\"{}\" y=\"{}\" fill=\"{}\"{}{}>{}</text>\n", x, y, fill,
      anchors[static_cast<std::size_t>(anchor)],
      is_bold ? " font-weight=\"bold\"" : "", escaped(drawable(text)));
}

void Canvas::lines(const Box& box, const Lines& lines, std::string_view fill) {
  std::int32_t y = box.top + (box.height - lines.height()) / 2 + text_size;
  for (const std::u32string& line : lines.lines) {
    add(text_, "<text x=\"{}\" y=\"{}\" fill=\"{}\">{}</text>\n", box.left, y,
        fill, escaped(line));
    y += line_height;
  }
}

std::int32_t Canvas::legend(std::int32_t x, std::int32_t y,
                            std::string_view fill, std::string_view word) {
  constexpr std::int32_t swatch = 22;
  rect({x, y, swatch, text_size + 1}, fill, colour::line);
  text(x + swatch + padding, y + text_size - 1, word);
  return x + swatch + padding + pixels_of(word) + margin;
}

std::string Canvas::finish(std::int32_t width, std::int32_t height,
                           std::string_view title,
                           std::string_view subtitle) const {
  const std::int32_t inner = std::max(width, width_least);
  const std::u32string heading = drawable(title);
  const auto headings = lines_of(heading, inner * 100 / title_size);
  const Lines below(subtitle, inner);
  const std::int32_t top =
      margin + static_cast<std::int32_t>(headings.size()) * title_height +
      below.height() + 2 * padding;
  std::string svg;
  add(svg,
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" "
      "height=\"{1}\" viewBox=\"0 0 {0} {1}\" font-size=\"{2}\" "
      "font-family=\"'Noto Sans CJK SC', 'Noto Sans SC', "
      "'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', SimHei, "
      "'WenQuanYi Micro Hei', sans-serif\">\n<title>{3}</title>\n"
      "<rect width=\"{0}\" height=\"{1}\" fill=\"#ffffff\"/>\n",
      inner + 2 * margin, top + height + margin, text_size, escaped(heading));
  std::int32_t y = margin + title_size;
  for (const std::u32string& line : headings) {
    add(svg,
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\" font-weight=\"bold\" "
        "fill=\"{}\">{}</text>\n",
        margin, y, title_size, colour::ink, escaped(line));
    y += title_height;
  }
  y += text_size - title_size;
  for (const std::u32string& line : below.lines) {
    add(svg, "<text x=\"{}\" y=\"{}\" fill=\"{}\">{}</text>\n", margin, y,
        colour::soft, escaped(line));
    y += line_height;
  }
  add(svg, "<g transform=\"translate({} {})\">\n{}</g>\n</svg>\n", margin, top,
      text_);
  return svg;
}

}  // namespace headrope
