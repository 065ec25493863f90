// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "load/strict_yaml.hpp"

#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

namespace headrope {
namespace {

using Type = YamlNode::Type;
using Texts = std::vector<std::string>;

// What came out, and the findings as `405 2:3 'value'`.
struct Parsed {
  std::optional<YamlNode> root;
  Texts findings;
  Texts messages;
};

Parsed parse(std::string_view text, const PackLimits& limits = {}) {
  Diagnostics found;
  Parsed parsed;
  parsed.root = parse_yaml(text, "a.yaml", limits, found);
  for (const Diagnostic& one : found.items()) {
    CHECK(one.file == "a.yaml");
    CHECK(one.severity == Severity::error);
    parsed.findings.push_back(std::to_string(static_cast<int>(one.code)) + " " +
                              std::to_string(one.row) + ":" + one.column +
                              " '" + one.value + "'");
    parsed.messages.push_back(one.message);
  }
  return parsed;
}

// The tree as text, each node with its place.
std::string drawn(const YamlNode& node) {
  std::string text =
      std::to_string(node.line) + ":" + std::to_string(node.column);
  switch (node.type) {
    case Type::null:
      return text + " null";
    case Type::refused:
      return text + " refused";
    case Type::scalar:
      return text + (node.is_quoted ? " \"" : " ") + node.text +
             (node.is_quoted ? "\"" : "");
    case Type::list:
      text += " [";
      for (const YamlNode& item : node.items) text += drawn(item) + "; ";
      return text + "]";
    case Type::map:
      text += " {";
      for (std::size_t at = 0; at < node.items.size(); ++at) {
        const YamlKey& key = node.keys[at];
        text += std::to_string(key.line) + ":" + std::to_string(key.column) +
                " " + key.text + "= " + drawn(node.items[at]) + "; ";
      }
      return text + "}";
  }
  return text;
}

std::string tree(std::string_view text) {
  const Parsed parsed = parse(text);
  CHECK(parsed.findings == Texts{});
  REQUIRE(parsed.root);
  return drawn(*parsed.root);
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t at = 0; at < times; ++at) all += text;
  return all;
}

TEST_CASE("maps, lists and scalars have the places where they stand",
          "[load][strict_yaml]") {
  CHECK(tree("a: 1\nb:\n  - x\n  - {c: d, e: [f]}\n") ==
        "1:1 {1:1 a= 1:4 1; 2:1 b= 3:3 [3:5 x; 4:5 {4:6 c= 4:9 d; 4:12 e= "
        "4:15 [4:16 f; ]; }; ]; }");
  CHECK(tree("---\n# c\nx\n") == "3:1 x");
  CHECK(tree("") == "1:1 null");
  CHECK(tree("# only this\n").ends_with(" null"));
}

TEST_CASE("columns are counted in characters, whatever the line ends",
          "[load][strict_yaml]") {
  CHECK(tree("党员: [组织, 支部]") ==
        "1:1 {1:1 党员= 1:5 [1:6 组织; 1:10 支部; ]; }");
  CHECK(tree("\xEF\xBB\xBF"
             "a: 一\r\n\"党\": 二\r\n") ==
        "1:1 {1:1 a= 1:4 一; 2:1 党= 2:6 二; }");
}

TEST_CASE("scalars stay texts; only plain ones are nothing",
          "[load][strict_yaml]") {
  CHECK(tree("[2012-01-01, 90 %, 1/3, yes, 08, ~, null, , '~', \"null\", '']")
            .find("1:2 2012-01-01; 1:14 90 %; 1:20 1/3; 1:25 yes; 1:30 08; "
                  "1:34 null; 1:37 null; ") != std::string::npos);
  CHECK(tree("a: 'null'\nb: \"x\"\nc: >-\n  folded\n  text\nd: |\n  y\ne:\n") ==
        "1:1 {1:1 a= 1:4 \"null\"; 2:1 b= 2:4 \"x\"; 3:1 c= 3:4 \"folded "
        "text\"; 6:1 d= 6:4 \"y\n\"; 8:1 e= 8:1 null; }");
}

TEST_CASE("find gives the value of a key, or nothing", "[load][strict_yaml]") {
  const Parsed parsed = parse("a: 1\nb: {c: 2}\n");
  REQUIRE(parsed.root);
  REQUIRE(parsed.root->find("b") != nullptr);
  CHECK(parsed.root->find("b")->find("c")->text == "2");
  CHECK(parsed.root->find("c") == nullptr);
  CHECK(parsed.root->find("a")->find("a") == nullptr);
}

TEST_CASE("anchors, aliases, tags and merge keys are refused where they stand",
          "[load][strict_yaml]") {
  CHECK(parse("a: &x 1\nb: *x\n").findings ==
        Texts{"409 1:4 '&x'", "409 2:4 '*x'"});
  CHECK(parse("a: [&x {b: 1}, *x]").findings ==
        Texts{"409 1:5 '&x'", "409 1:16 '*x'"});
  CHECK(parse("a: *nowhere").findings == Texts{"409 1:4 '*nowhere'"});
  CHECK(parse("a: !!int 1").findings == Texts{"409 1:4 '!!int'"});
  CHECK(parse("a: !own {b: 1}").findings == Texts{"409 1:4 '!own'"});
  CHECK(parse("a: ! b").findings == Texts{"409 1:4 '!'"});
  CHECK(parse("a: !x &y [b]").findings == Texts{"409 1:4 '!x'"});
  CHECK(parse("a: &y !x").findings == Texts{"409 1:4 '&y'"});
  CHECK(parse("&a b: c").findings == Texts{"409 1:1 '&a'"});
  CHECK(parse("a: {<<: {b: 1}, c: 2}").findings == Texts{"409 1:5 '<<'"});
  CHECK(parse("'<<': 1").findings == Texts{});
  const Parsed parsed = parse("a: &x 1\nb: *x\nc: {<<: 3, d: 4}\n");
  REQUIRE(parsed.root);
  CHECK(drawn(*parsed.root) ==
        "1:1 {1:1 a= 1:4 1; 2:1 b= 2:4 refused; 3:1 c= 3:4 {3:12 d= 3:15 4; "
        "}; }");
}

TEST_CASE("a key must be a word, and stand once", "[load][strict_yaml]") {
  CHECK(parse("a: 1\na: 2\n\"a\": 3\n").findings ==
        Texts{"407 2:1 'a'", "407 3:1 'a'"});
  CHECK(drawn(*parse("a: 1\na: 2\n").root) == "1:1 {1:1 a= 1:4 1; }");
  CHECK(parse("[a]: 1\n").findings == Texts{"405 1:1 ''"});
  CHECK(parse("{a: b}: 1\n").findings == Texts{"405 1:1 ''"});
  CHECK(parse("~: 1\n").findings == Texts{"405 1:1 ''"});
  CHECK(parse("? [a]\n: b\nc: d\n").findings == Texts{"405 1:3 ''"});
}

TEST_CASE("a second document, and what the first leaves over, is refused",
          "[load][strict_yaml]") {
  CHECK(parse("a: 1\n---\nb: 2\n").findings == Texts{"405 2:1 ''"});
  CHECK(parse("- a\nb: c\n").findings == Texts{"405 2:1 ''"});
  CHECK(parse("a: 1\n...\n").findings == Texts{});
  CHECK_FALSE(parse("a: 1\n---\nb: 2\n").root);
}

TEST_CASE("what is not YAML is told where the reader stopped",
          "[load][strict_yaml]") {
  for (const char* text :
       {"a: [b", "a: {b: c", "a: \"b", "a: b: c", "a: ]", "a: @b", "a: `b",
        "a: %b", "a:\n  b: 1\n c: 2\n", "\"\\q\"", "a: \"\\u12\"",
        "%YAML 3.0\n---\na", "*", "a: &", "[a, b]]"}) {
    INFO(text);
    const Parsed parsed = parse(text);
    CHECK_FALSE(parsed.root);
    REQUIRE(parsed.findings.size() == 1);
    CHECK(parsed.findings[0].starts_with("405 "));
  }
  const Parsed tab = parse("a:\n\tb: 1\n");
  CHECK(tab.findings == Texts{"405 2:1 ''"});
  CHECK(tab.messages[0] == "a tab stands here; lines are indented with blanks");
}

TEST_CASE("bytes that are no text are refused", "[load][strict_yaml]") {
  CHECK(parse("a: 1\nb: 党\xFFx").findings == Texts{"405 2:5 ''"});
  CHECK(parse(std::string_view("a: 1\0b", 6)).findings == Texts{"405 1:5 ''"});
  CHECK(parse("a: 1\n\x04").findings == Texts{"405 2:1 ''"});
  CHECK(parse("a\x7F: 1").findings == Texts{"405 1:2 ''"});
  CHECK(parse("\xFF\xFE"
              "a\0")
            .findings == Texts{"405 1:1 ''"});
}

TEST_CASE("limits of bytes, nodes and depth hold on both sides",
          "[load][strict_yaml]") {
  PackLimits limits;
  limits.bytes_max = 4;
  CHECK(parse("a: 1", limits).findings == Texts{});
  CHECK(parse("a: 12", limits).findings == Texts{"7 1:1 ''"});
  limits = {};
  limits.nodes_max = 4;
  CHECK(parse("[a, b, c]", limits).findings == Texts{});
  CHECK(parse("[a, b, c, d]", limits).findings == Texts{"7 1:11 ''"});
  limits = {};
  limits.depth_max = 3;
  CHECK(parse("[[[a]]]", limits).findings == Texts{});
  CHECK(parse("[[[[]]]]", limits).findings == Texts{"7 1:4 ''"});
  CHECK(parse("a:\n b:\n  c:\n   d: 1", limits).findings == Texts{"7 4:4 ''"});
}

TEST_CASE("depth costs nothing", "[load][strict_yaml]") {
  for (const char* text : {"[", "{a: ", "- ", "? ", "- - "}) {
    INFO(text);
    const Parsed parsed = parse(repeated(text, 10'000));
    CHECK_FALSE(parsed.root);
    REQUIRE(parsed.findings.size() == 1);
  }
  const std::string deep = repeated("[", 10'000) + repeated("]", 10'000);
  CHECK(parse(deep).findings == Texts{"7 1:41 ''"});
  std::string block;
  for (std::size_t at = 0; at < 2'000; ++at) {
    block += std::string(at, ' ') + "a:\n";
  }
  CHECK(parse(block).findings == Texts{"7 41:41 ''"});
}

TEST_CASE("aliases do not unfold", "[load][strict_yaml]") {
  std::string bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n";
  for (char name = 'b'; name <= 'i'; ++name) {
    const std::string below = std::string(" *") + static_cast<char>(name - 1);
    bomb += std::string(1, name) + ": &" + name + " [" + below;
    for (int at = 0; at < 8; ++at) bomb += "," + below;
    bomb += "]\n";
  }
  const Parsed parsed = parse(bomb);
  REQUIRE(parsed.root);
  CHECK(parsed.findings.size() == 9 + 8 * 9);
  CHECK(parsed.findings[0] == "409 1:4 '&a'");
}

TEST_CASE("long lines and many keys are read in linear time",
          "[load][strict_yaml]") {
  CHECK(parse("{" + repeated("[a]: , ", 50'000) + "}").root);
  std::string wide = "{";
  for (int at = 0; at < 50'000; ++at)
    wide += "k" + std::to_string(at) + ": v, ";
  CHECK(parse(wide + "}").findings == Texts{});
  CHECK(parse("a: " + repeated("x y ", 200'000)).findings == Texts{});
}

TEST_CASE("whatever the bytes are, there is a tree or a finding",
          "[load][strict_yaml]") {
  static const Texts parts{
      "[",  "]",  "{",    "}",     ":",    ": ",    ", ", "-",  "- ",   "\n",
      "  ", "a",  "\"",   "'",     "|",    "> ",    "? ", "!",  "&a",   "*a",
      " #", "%",  "---",  "...\n", "<<: ", "\t",    "~",  "\r", "\\",   "@",
      "`",  "党", "null", "\n  ",  "\n- ", "\nb: ", "!!", "\0", "\xFF", "\x04"};
  std::mt19937 engine(20'120'718);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    const std::size_t size = 1 + engine() % 20;
    for (std::size_t at = 0; at < size; ++at) {
      text += parts[engine() % parts.size()];
    }
    Diagnostics found;
    const auto root = parse_yaml(text, "a.yaml", {}, found);
    INFO(text);
    REQUIRE((root || found.error_count() > 0));
  }
}

}  // namespace
}  // namespace headrope
