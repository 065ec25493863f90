// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A canvas of SVG in whole pixels: boxes, lines, texts, and the title and size
// that every picture has.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace headrope {

inline constexpr std::int32_t text_size = 13;
inline constexpr std::int32_t line_height = 17;
inline constexpr std::int32_t padding = 6;
inline constexpr std::int32_t margin = 18;

/// The colours of pictures; those of statuses are the same everywhere.
namespace colour {
inline constexpr std::string_view ink = "#1c2733";
inline constexpr std::string_view soft = "#4b5763";
inline constexpr std::string_view line = "#c3ccd6";
inline constexpr std::string_view shade = "#f3f5f8";
inline constexpr std::string_view white = "#ffffff";
inline constexpr std::string_view met = "#1f5c9e";
inline constexpr std::string_view pending = "#f4b63f";
inline constexpr std::string_view open = "#8a94a0";
inline constexpr std::string_view unmet = "#c4342b";
}  // namespace colour

/// A box in pixels.
struct Box {
  std::int32_t left = 0;
  std::int32_t top = 0;
  std::int32_t width = 0;
  std::int32_t height = 0;
};

/// Where a text stands.
enum class Anchor : std::uint8_t { start, middle, end };

/// A text broken into lines that fit a width in pixels.
struct Lines {
  std::vector<std::u32string> lines;

  Lines(std::string_view text, std::int32_t width_max);
  [[nodiscard]] std::int32_t width() const;
  [[nodiscard]] std::int32_t height() const {
    return static_cast<std::int32_t>(lines.size()) * line_height;
  }
};

/// About how wide a text is, in pixels.
[[nodiscard]] std::int32_t pixels_of(std::string_view text);

/// The elements of a picture, in the order in which they are drawn.
class Canvas {
 public:
  void rect(const Box& box, std::string_view fill,
            std::string_view stroke = {});
  void line(std::int32_t x1, std::int32_t y1, std::int32_t x2, std::int32_t y2,
            std::string_view stroke, bool is_dashed = false);
  /// Joins points by straight lines.
  void polyline(
      const std::vector<std::pair<std::int32_t, std::int32_t>>& points,
      std::string_view stroke);
  /// One line of text; `y` is its baseline.
  void text(std::int32_t x, std::int32_t y, std::string_view text,
            Anchor anchor = Anchor::start, std::string_view fill = colour::ink,
            bool is_bold = false);
  /// Several lines, in the middle of the height of a box.
  void lines(const Box& box, const Lines& lines,
             std::string_view fill = colour::ink);
  /// A swatch with its word. @returns where the next one may begin.
  std::int32_t legend(std::int32_t x, std::int32_t y, std::string_view fill,
                      std::string_view word);

  /// The whole picture: what was drawn, below a title.
  /// @param width and `height` of what was drawn, which begins at 0, 0.
  [[nodiscard]] std::string finish(std::int32_t width, std::int32_t height,
                                   std::string_view title,
                                   std::string_view subtitle) const;

 private:
  std::string text_;
};

}  // namespace headrope
