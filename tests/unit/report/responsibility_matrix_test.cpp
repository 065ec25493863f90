// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The matrix as a cross table and as a picture: cells, columns, colours, and
// texts that try to break out.

#include <algorithm>

#include "report/svg_text.hpp"
#include "unit/report/responsibility_rows.hpp"

namespace headrope {

using unit::Answers;
using unit::day;
using unit::told_row;

namespace {

// X leads A1 for A and B, A and X lead it for C, nobody does for D; A
// cooperates, and X leads A2 as a whole.
std::vector<Holder> sample(Answers& answers) {
  return {answers.row("A1", "A", "lead", "X"),
          answers.row("A1", "A", "cooperating", "A"),
          answers.row("A1", "B", "lead", "X"),
          answers.row("A1", "C", "lead", "A"),
          answers.row("A1", "C", "lead", "X"),
          answers.gap("A1", "D"),
          answers.row("A2", "", "lead", "X")};
}

std::string picture(Answers& answers, const std::vector<Holder>& holders,
                    const PictureOptions& options = {}) {
  const auto svg = matrix_svg(answers.snapshot(), holders, options);
  if (!svg) FAIL(svg.error().message);
  return *svg;
}

std::size_t count_of(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != text.npos;
       at = text.find(what, at + 1)) {
    ++count;
  }
  return count;
}

// Every tag is closed in order, and no `&` stands for itself.
bool is_well_formed(std::string_view text) {
  std::vector<std::string> open;
  while (true) {
    const std::size_t at = text.find_first_of("<&");
    if (at == text.npos) return open.empty();
    const std::size_t end = text.find(text[at] == '<' ? '>' : ';', at);
    if (end == text.npos) return false;
    const std::string_view piece = text.substr(at + 1, end - at - 1);
    if (text[at] == '&') {
      if (piece.size() > 4) return false;
    } else if (piece.starts_with('/')) {
      if (open.empty() || open.back() != piece.substr(1)) return false;
      open.pop_back();
    } else if (!piece.ends_with('/')) {
      open.emplace_back(piece.substr(0, piece.find(' ')));
    }
    text.remove_prefix(end + 1);
  }
}

constexpr std::string_view red = "#c4342b";
constexpr std::string_view amber = "#f4b63f";
constexpr std::string_view dark = "#1f5c9e";

// How many cells, the legend left out, have a colour.
std::size_t cells_of(std::string_view svg, std::string_view colour) {
  return count_of(svg, "fill=\"" + std::string(colour) + "\" stroke") - 1;
}

}  // namespace

TEST_CASE("by holder the cells are roles, and gaps are counted", "[report]") {
  Answers answers;
  const Table table = cross_table(answers.snapshot(), sample(answers),
                                  MatrixBy::holder, Language::zh);
  REQUIRE(table.row_count() == 2);
  CHECK(told_row(table, 0) ==
        "duty=A1 duty_name=学习 宣传部门=牵头单位 甲=牵头单位、共同负责 "
        "no_lead=1");
  CHECK(told_row(table, 1) == "duty=A2 duty_name=调研 宣传部门=牵头单位");
}

TEST_CASE("by unit and by kind the cells name who leads", "[report]") {
  Answers answers;
  const Table units = cross_table(answers.snapshot(), sample(answers),
                                  MatrixBy::unit, Language::zh);
  CHECK(told_row(units, 0) ==
        "duty=A1 duty_name=学习 甲=宣传部门 乙=宣传部门 丙=甲、宣传部门 "
        "丁=无牵头");
  CHECK(told_row(units, 1) == "duty=A2 duty_name=调研 整体=宣传部门");
  const Table kinds = cross_table(answers.snapshot(), sample(answers),
                                  MatrixBy::kind, Language::en);
  REQUIRE(kinds.columns.size() == 4);
  CHECK(kinds.columns[2].name == "party branch");
  CHECK(kinds.columns[2].texts[0] == "宣传部门, 甲, no lead");
  CHECK(kinds.columns[3].texts[1] == "宣传部门");
}

TEST_CASE("without gaps there is no column for them, and no rows of posts",
          "[report]") {
  Answers answers;
  Holder own = answers.row("A1", "A", "lead", "X");
  own.duty = {};
  const Table table = cross_table(
      answers.snapshot(), std::vector{own, answers.row("A1", "A", "lead", "X")},
      MatrixBy::holder, Language::en);
  CHECK(table.find("no_lead") == nullptr);
  CHECK(table.row_count() == 1);
  const Table empty =
      cross_table(answers.snapshot(), {}, MatrixBy::unit, Language::en);
  CHECK(empty.columns.size() == 2);
  CHECK(empty.row_count() == 0);
}

TEST_CASE("columns of one name are told apart", "[report]") {
  Answers answers;
  answers.unit("Y", "宣传部门");
  answers.unit("Z", "duty");
  const Table table =
      cross_table(answers.snapshot(),
                  std::vector{answers.row("A1", "", "lead", "X"),
                              answers.row("A1", "", "cooperating", "Y"),
                              answers.row("A1", "", "cooperating", "Z")},
                  MatrixBy::holder, Language::zh);
  CHECK(table.columns[2].name == "宣传部门");
  CHECK(table.columns[3].name == "宣传部门 (Y)");
  CHECK(table.columns[4].name == "duty (Z)");
}

TEST_CASE("the same lead in two roles is one lead", "[report]") {
  Answers answers;
  const std::vector rows{answers.row("A1", "A", "lead", "X"),
                         answers.row("A1", "A", "primary", "X")};
  const std::string svg = picture(answers, rows);
  CHECK(cells_of(svg, amber) == 0);
  CHECK(cells_of(svg, dark) == 1);
}

TEST_CASE("the picture is red where nobody leads and amber where two do",
          "[report]") {
  Answers answers;
  PictureOptions options;
  options.title = "分工";
  const std::string holders = picture(answers, sample(answers), options);
  CHECK(is_well_formed(holders));
  CHECK(cells_of(holders, red) == 1);
  CHECK(cells_of(holders, amber) == 2);
  CHECK(cells_of(holders, dark) == 1);
  CHECK(holders.find(">截至 2013-12-31<") != holders.npos);
  CHECK(holders.find("<title>分工</title>") != holders.npos);
  options.by = MatrixBy::unit;
  options.language = Language::en;
  options.day = day("2013-09-15");
  const std::string units = picture(answers, sample(answers), options);
  CHECK(is_well_formed(units));
  CHECK(cells_of(units, red) == 1);
  CHECK(cells_of(units, amber) == 1);
  CHECK(cells_of(units, dark) == 3);
  CHECK(units.find(">as of 2013-09-15<") != units.npos);
  CHECK(units.find(">no lead<") != units.npos);
  options.by = MatrixBy::kind;
  const std::string kinds = picture(answers, sample(answers), options);
  CHECK(cells_of(kinds, red) == 1);
  CHECK(cells_of(kinds, dark) == 1);
}

TEST_CASE("an empty matrix has a title, a legend and says so", "[report]") {
  Answers answers;
  const std::string svg = picture(answers, {});
  CHECK(is_well_formed(svg));
  CHECK(svg.find("没有内容") != svg.npos);
  CHECK(svg.find("责任分工") != svg.npos);
  CHECK(svg.find("多个牵头") != svg.npos);
}

TEST_CASE("hostile names stay texts, and nothing of them is cut", "[report]") {
  Answers answers;
  std::string endless;
  for (int at = 0; at < 200; ++at) endless += at % 10 == 0 ? "章" : "程";
  answers.unit("S", "<script>alert(\"x\")</script> & ]]>");
  answers.unit("R", "\u202E反\u200F\u0007");
  answers.unit("L", endless);
  answers.unit("Q", "bad \xFF\xC0 bytes");
  const std::vector rows{answers.row("A1", "", "lead", "S"),
                         answers.row("A1", "", "cooperating", "R"),
                         answers.row("A1", "", "cooperating", "L"),
                         answers.row("A1", "", "cooperating", "Q")};
  for (const MatrixBy by : {MatrixBy::holder, MatrixBy::kind}) {
    PictureOptions options;
    options.by = by;
    options.title = "</svg><script>";
    const std::string svg = picture(answers, rows, options);
    CHECK(is_well_formed(svg));
    CHECK(svg.find("<script") == svg.npos);
    CHECK(svg.find("\u202E") == svg.npos);
    CHECK(svg.find("\u200F") == svg.npos);
    CHECK(svg.find('\x07') == svg.npos);
    CHECK(svg.find('\xFF') == svg.npos);
    CHECK(svg.find("&lt;/svg&gt;") != svg.npos);
  }
  const std::string svg = picture(answers, rows);
  // Once in the tip of the heading, once as characters one below the other.
  CHECK(count_of(svg, "章") == 40);
  CHECK(count_of(svg, "程") == 360);
}

TEST_CASE("more cells than are drawn are an error", "[report]") {
  Answers answers;
  PictureOptions options;
  options.narrow_max = 1;
  options.wide_max = 3;
  // Two duties and three holders with the gaps: too many either way.
  const auto svg = matrix_svg(answers.snapshot(), sample(answers), options);
  REQUIRE_FALSE(svg);
  CHECK(svg.error().code == Code::limit_exceeded);
  CHECK(svg.error().message.find("2 x 3") != std::string::npos);
  options.narrow_max = 2;
  // Turned round they fit: duties across, holders down.
  CHECK(matrix_svg(answers.snapshot(), sample(answers), options));
  options.wide_max = 2;
  CHECK_FALSE(matrix_svg(answers.snapshot(), sample(answers), options));
}

TEST_CASE("texts are broken between words and wide characters", "[report]") {
  CHECK(lines_of(U"", 500).empty());
  CHECK(lines_of(U"  ", 500).empty());
  CHECK(lines_of(U"市委组织部", 500).size() == 1);
  CHECK(lines_of(U"市委组织部", 499) ==
        std::vector<std::u32string>{U"市委组", U"织部"});
  // A closing bracket stays with its line, and an opening one goes along.
  CHECK(lines_of(U"市委（组）", 400) ==
        std::vector<std::u32string>{U"市委（组）"});
  CHECK(lines_of(U"市委组（织）", 400) ==
        std::vector<std::u32string>{U"市委组", U"（织）"});
  CHECK(lines_of(U"party branch", 500) ==
        std::vector<std::u32string>{U"party", U"branch"});
  CHECK(lines_of(U"administrative village", 900) ==
        std::vector<std::u32string>{U"administrative", U"village"});
  std::u32string joined;
  for (const std::u32string& line : lines_of(U"abcdefghijklmnop", 150)) {
    CHECK(width_of(line) <= 150);
    joined += line;
  }
  CHECK(joined == U"abcdefghijklmnop");
  // A character that is wider than a line has a line of its own.
  CHECK(lines_of(U"市委", 10).size() == 2);
}

TEST_CASE("characters: what is drawable, and how wide", "[report]") {
  CHECK(drawable("a\tb\nc") == U"a b c");
  CHECK(drawable("\xE5\xB8\x82 \xF0\x9F\x8C\x8D") == U"市 \U0001F30D");
  CHECK(drawable("\xE5\xB8") == U"\uFFFD\uFFFD");
  CHECK(drawable(std::string_view("\0x", 2)) == U"\uFFFDx");
  CHECK(drawable("\u2066i\u2069\uFEFF") == U"\uFFFDi\uFFFD\uFFFD");
  CHECK(escaped(U"<&>\"'市é\U0001F30D") ==
        "&lt;&amp;&gt;&quot;&#39;市é\U0001F30D");
  CHECK(width_of(U"市委") == 200);
  CHECK(width_of(U"e\u0301") == width_of(U"e"));
  CHECK(is_wide(U'（'));
  CHECK_FALSE(is_wide(U'('));
}

}  // namespace headrope
