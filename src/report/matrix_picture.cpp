// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The matrix as SVG. Sizes are whole pixels: every text is measured and broken
// into lines first, columns and rows are as wide and high as what they hold.

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "headrope/damaged.hpp"
#include "report/cross_cells.hpp"
#include "report/svg_text.hpp"

namespace headrope {
namespace {

using State = CrossCell::State;
using Lines = std::vector<std::u32string>;

constexpr std::int32_t size = 13;  // Of texts.
constexpr std::int32_t line_height = 17;
constexpr std::int32_t padding = 6;
constexpr std::int32_t margin = 18;
constexpr std::int32_t title_size = 20;
constexpr std::int32_t title_height = 28;
constexpr std::int32_t width_least = 480;  // For the title and the legend.
// Lines break at these widths, in hundredths of the size of texts.
constexpr std::int32_t row_heading_max = 1800;
constexpr std::int32_t turned_heading_max = 1100;
constexpr std::int32_t cell_max = 900;

struct Paint {
  std::string_view fill;
  std::string_view text;
};
constexpr Paint nothing{"#ffffff", "#1c2733"};

Paint paint_of(State state) {
  switch (state) {
    case State::other:
      return {"#dbe7f4", "#1c2733"};
    case State::lead:
      return {"#1f5c9e", "#ffffff"};
    case State::many:
      return {"#f4b63f", "#1c2733"};
    case State::none:
      return {"#c4342b", "#ffffff"};
  }
  return nothing;
}

std::int32_t pixels(std::int32_t hundredths) {
  return (hundredths * size + 99) / 100;
}

std::int32_t widest(const Lines& lines) {
  std::int32_t width = 0;
  for (const std::u32string& line : lines) {
    width = std::max(width, width_of(line));
  }
  return pixels(width);
}

std::int32_t height_of(const Lines& lines) {
  return static_cast<std::int32_t>(lines.size()) * line_height;
}

// A heading across: level, turned by a quarter, or, if all of it is wide,
// character below character.
struct Heading {
  enum class Way : std::uint8_t { level, turned, stacked };
  Way way = Way::level;
  std::u32string text;
  Lines lines;

  [[nodiscard]] std::int32_t width() const {
    return way == Way::level ? widest(lines) : height_of(lines);
  }
  [[nodiscard]] std::int32_t height() const {
    return way == Way::level ? height_of(lines) : widest(lines) + padding;
  }
};

Heading heading_of(std::string_view name, bool may_turn) {
  Heading heading;
  heading.text = drawable(name);
  heading.lines =
      lines_of(heading.text, may_turn ? turned_heading_max : cell_max);
  if (!may_turn) return heading;
  const bool all_wide = std::all_of(
      heading.text.begin(), heading.text.end(), [](char32_t character) {
        return is_wide(character) && character != U'—';
      });
  heading.way = all_wide ? Heading::Way::stacked : Heading::Way::turned;
  return heading;
}

// Brackets lie down where characters stand one below the other.
char32_t upright(char32_t character) {
  constexpr std::u32string_view level = U"（）《》「」『』【】…";
  constexpr std::u32string_view stacked = U"︵︶︽︾﹁﹂﹃﹄︻︼︙";
  const std::size_t at = level.find(character);
  return at == level.npos ? character : stacked[at];
}

struct Box {
  std::int32_t left = 0;
  std::int32_t top = 0;
  std::int32_t width = 0;
  std::int32_t height = 0;
};

// What is drawn in one cell.
struct Drawn {
  Paint paint = nothing;
  Lines lines;
};

// Writes the elements.
class Pen {
 public:
  void rect(const Box& box, std::string_view fill) {
    add("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\" "
        "stroke=\"#c3ccd6\"/>\n",
        box.left, box.top, box.width, box.height, fill);
  }

  // Lines in the middle of a box, or at its left.
  void lines(const Box& box, const Lines& lines, std::string_view fill,
             bool is_centred) {
    const std::int32_t x =
        is_centred ? box.left + box.width / 2 : box.left + padding;
    std::int32_t y = box.top + (box.height - height_of(lines)) / 2 + size;
    for (const std::u32string& line : lines) {
      add("<text x=\"{}\" y=\"{}\" fill=\"{}\"{}>{}</text>\n", x, y, fill,
          is_centred ? " text-anchor=\"middle\"" : "", escaped(line));
      y += line_height;
    }
  }

  void heading(const Box& box, const Heading& heading) {
    add("<g><title>{}</title>\n", escaped(heading.text));
    if (heading.way == Heading::Way::level) {
      const std::int32_t height = heading.height() + padding;
      lines({box.left, box.top + box.height - height, box.width, height},
            heading.lines, nothing.text, true);
    } else {
      const std::int32_t block = height_of(heading.lines);
      const std::int32_t left = box.left + (box.width - block) / 2;
      const auto count = static_cast<std::int32_t>(heading.lines.size());
      for (std::int32_t at = 0; at < count; ++at) {
        const std::u32string& line =
            heading.lines[static_cast<std::size_t>(at)];
        if (heading.way == Heading::Way::turned) {
          turned(left + at * line_height, box.top + box.height, line);
        } else {
          // Upright lines are read from right to left.
          stacked(left + (count - 1 - at) * line_height,
                  box.top + box.height - heading.height(), line);
        }
      }
    }
    add("</g>\n");
  }

  template <typename... Values>
  void add(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(text_), format,
                   std::forward<Values>(values)...);
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void turned(std::int32_t left, std::int32_t bottom,
              const std::u32string& line) {
    add("<text transform=\"translate({} {}) rotate(-90)\">{}</text>\n",
        left + size, bottom - padding, escaped(line));
  }

  // The first character of every line is level with the others.
  void stacked(std::int32_t left, std::int32_t top,
               const std::u32string& line) {
    std::int32_t y = top + size - 2;
    for (const char32_t character : line) {
      add("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n",
          left + line_height / 2, y,
          escaped(std::u32string(1, upright(character))));
      y += size;
    }
  }

  std::string text_;
};

Drawn drawn_of(const CrossCell* cell, const ReportNames& names) {
  Drawn drawn;
  if (cell == nullptr) return drawn;
  drawn.paint = paint_of(cell->state);
  std::vector<std::string> texts = cell->texts;
  if (cell->state == State::none) {
    std::string text(wording("no_lead", names.language()));
    if (cell->gaps > 1) text += " " + std::to_string(cell->gaps);
    texts.push_back(std::move(text));
  }
  for (const std::string& text : texts) {
    for (std::u32string& line : lines_of(drawable(text), cell_max)) {
      drawn.lines.push_back(std::move(line));
    }
  }
  return drawn;
}

// The whole picture: what stands down and across, and where.
class Picture {
 public:
  Picture(const CrossCells& cross, const ReportNames& names,
          const PictureOptions& options, Date day, bool duties_across)
      : cross_(cross),
        names_(names),
        duties_across_(duties_across),
        shows_roles_(options.by == MatrixBy::holder) {
    const std::vector<std::string> duties = duty_names();
    std::vector<std::string> others = cross.others;
    if (cross.counts_gaps) {
      others.back() = wording("no_lead", names.language());
    }
    for (const std::string& name : duties_across ? others : duties) {
      down_.push_back(lines_of(drawable(name), row_heading_max));
    }
    for (const std::string& name : duties_across ? duties : others) {
      across_.push_back(heading_of(name, shows_roles_));
    }
    title_ = drawable(options.title.empty()
                          ? wording("responsibility_matrix", names.language())
                          : options.title);
    subtitle_ = drawable(fmt::format(
        "{} {}", wording("as_of", names.language()), to_string(day)));
    measure();
  }

  std::string draw() {
    pen_.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" "
        "height=\"{1}\" viewBox=\"0 0 {0} {1}\" font-size=\"{2}\" "
        "fill=\"{3}\" font-family=\"'Noto Sans CJK SC', 'Noto Sans SC', "
        "'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', SimHei, "
        "'WenQuanYi Micro Hei', sans-serif\">\n<title>{4}</title>\n"
        "<rect width=\"{0}\" height=\"{1}\" fill=\"#ffffff\"/>\n",
        width_, height_, size, nothing.text, escaped(title_));
    draw_title();
    draw_headings();
    draw_cells();
    draw_legend();
    pen_.add("</svg>\n");
    return pen_.take();
  }

 private:
  // ReportNames of duties, with the identity where names repeat.
  std::vector<std::string> duty_names() const {
    std::map<std::string_view, int> seen;
    for (const DutyId duty : cross_.duties) ++seen[names_.shown(duty)];
    std::vector<std::string> result;
    for (const DutyId duty : cross_.duties) {
      std::string name(names_.shown(duty));
      if (seen[name] > 1) name += fmt::format(" ({})", names_.identity(duty));
      result.push_back(std::move(name));
    }
    return result;
  }

  Drawn cell(std::size_t row, std::size_t column) const {
    return drawn_of(
        duties_across_ ? cross_.find(column, row) : cross_.find(row, column),
        names_);
  }

  void measure() {
    for (const Heading& heading : across_) {
      widths_.push_back(heading.width() + 2 * padding);
      heading_height_ = std::max(heading_height_, heading.height() + padding);
    }
    for (std::size_t row = 0; row < down_.size(); ++row) {
      row_heading_ = std::max(row_heading_, widest(down_[row]) + 2 * padding);
      std::int32_t height = height_of(down_[row]);
      for (std::size_t column = 0; column < across_.size(); ++column) {
        const Drawn drawn = cell(row, column);
        height = std::max(height, height_of(drawn.lines));
        widths_[column] =
            std::max(widths_[column], widest(drawn.lines) + 2 * padding);
      }
      heights_.push_back(height + 2 * padding);
    }
    const std::int32_t table =
        row_heading_ + std::accumulate(widths_.begin(), widths_.end(), 0);
    width_ = std::max(table, width_least) + 2 * margin;
    title_lines_ = lines_of(title_, (width_ - 2 * margin) * 100 / title_size);
    top_ = margin +
           static_cast<std::int32_t>(title_lines_.size()) * title_height +
           line_height + 2 * padding;
    const std::int32_t table_height =
        heading_height_ + std::accumulate(heights_.begin(), heights_.end(), 0);
    legend_top_ =
        top_ + table_height + margin + (down_.empty() ? line_height : 0);
    height_ = legend_top_ + legend_height() + margin;
  }

  void draw_title() {
    std::int32_t y = margin + title_size;
    for (const std::u32string& line : title_lines_) {
      pen_.add(
          "<text x=\"{}\" y=\"{}\" font-size=\"{}\" "
          "font-weight=\"bold\">{}</text>\n",
          margin, y, title_size, escaped(line));
      y += title_height;
    }
    pen_.add("<text x=\"{}\" y=\"{}\" fill=\"#5a6673\">{}</text>\n", margin,
             y - title_height + size + padding * 2, escaped(subtitle_));
  }

  void draw_headings() {
    Box box{margin + row_heading_, top_, 0, heading_height_};
    for (std::size_t at = 0; at < across_.size(); ++at) {
      box.width = widths_[at];
      pen_.heading(box, across_[at]);
      box.left += box.width;
    }
  }

  void draw_cells() {
    std::int32_t top = top_ + heading_height_;
    if (down_.empty()) {
      pen_.add("<text x=\"{}\" y=\"{}\">{}</text>\n", margin, top + size,
               escaped(drawable(wording("nothing_here", names_.language()))));
    }
    for (std::size_t row = 0; row < down_.size(); ++row) {
      Box box{margin, top, row_heading_, heights_[row]};
      pen_.rect(box, "#f3f5f8");
      pen_.lines(box, down_[row], nothing.text, false);
      box.left += box.width;
      for (std::size_t column = 0; column < across_.size(); ++column) {
        box.width = widths_[column];
        const Drawn drawn = cell(row, column);
        pen_.rect(box, drawn.paint.fill);
        pen_.lines(box, drawn.lines, drawn.paint.text, true);
        box.left += box.width;
      }
      top += box.height;
    }
  }

  struct Entry {
    std::string_view word;
    Paint paint;
  };
  static constexpr std::int32_t swatch = 26;
  static constexpr std::int32_t entry_height = 22;

  std::vector<Entry> entries() const {
    std::vector<Entry> result{{"one_lead", paint_of(State::lead)},
                              {"two_leads", paint_of(State::many)},
                              {"no_lead", paint_of(State::none)}};
    if (shows_roles_) {
      result.push_back({"other_role", paint_of(State::other)});
    }
    result.push_back({"not_reached", nothing});
    return result;
  }

  // Calls `use` with each entry and its place, in lines as wide as there is.
  template <typename Use>
  std::int32_t for_each_entry(const Use& use) const {
    std::int32_t x = margin;
    std::int32_t y = legend_top_;
    for (const Entry& entry : entries()) {
      const std::u32string word =
          drawable(wording(entry.word, names_.language()));
      const std::int32_t width =
          swatch + padding + pixels(width_of(word)) + margin;
      if (x > margin && x + width > width_) {
        x = margin;
        y += entry_height;
      }
      use(entry, word, x, y);
      x += width;
    }
    return y + entry_height - legend_top_;
  }

  std::int32_t legend_height() const {
    return for_each_entry(
        [](const Entry&, const std::u32string&, std::int32_t, std::int32_t) {});
  }

  void draw_legend() {
    for_each_entry([&](const Entry& entry, const std::u32string& word,
                       std::int32_t x, std::int32_t y) {
      pen_.rect({x, y, swatch, size + 2}, entry.paint.fill);
      pen_.add("<text x=\"{}\" y=\"{}\">{}</text>\n", x + swatch + padding,
               y + size - 1, escaped(word));
    });
  }

  const CrossCells& cross_;
  const ReportNames& names_;
  bool duties_across_;
  bool shows_roles_;
  std::vector<Lines> down_;
  std::vector<Heading> across_;
  std::u32string title_;
  std::u32string subtitle_;
  Lines title_lines_;
  std::vector<std::int32_t> widths_;
  std::vector<std::int32_t> heights_;
  std::int32_t row_heading_ = 0;
  std::int32_t heading_height_ = 0;
  std::int32_t width_ = 0;
  std::int32_t height_ = 0;
  std::int32_t top_ = 0;
  std::int32_t legend_top_ = 0;
  Pen pen_;
};

}  // namespace

Result<std::string> matrix_svg(const Snapshot& snapshot,
                               std::span<const Holder> holders,
                               const PictureOptions& options) try {
  const ReportNames names(snapshot, options.language);
  const CrossCells cross = cross_cells(snapshot, holders, options.by, names);
  const std::size_t duties = cross.duties.size();
  const std::size_t others = cross.others.size();
  const auto fits = [&](std::size_t across, std::size_t down) {
    return across <= options.narrow_max && down <= options.wide_max;
  };
  const bool units_down = options.by == MatrixBy::unit;
  const bool duties_across =
      units_down ? fits(duties, others) : !fits(others, duties);
  const bool is_small =
      duties_across ? fits(duties, others) : fits(others, duties);
  if (!is_small) {
    return Error{
        Code::limit_exceeded,
        fmt::format("the picture would have {} x {} cells, and at most {} x {} "
                    "are drawn; ask for one duty, for units of a kind, or for "
                    "those below a unit",
                    duties, others, options.narrow_max, options.wide_max)};
  }
  const Date day = options.day.is_open() ? snapshot.as_of() : options.day;
  return Picture(cross, names, options, day, duties_across).draw();
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

}  // namespace headrope
