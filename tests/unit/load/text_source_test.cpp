// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Text pieces: marks, GB18030, faults with their offset.

#include "load/text_source.hpp"

#include <cstdio>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"

namespace headrope {

using unit::Folder;

namespace {

struct Whole {
  std::string text;
  std::string fault;
  std::uint64_t mark_bytes = 0;
};

Whole read(std::string_view bytes, Encoding encoding,
           std::size_t piece = 1U << 16U) {
  const Folder folder;
  folder.write("t", bytes);
  const auto package = PackageFolder::open(folder.path());
  auto file = package->open_file("t");
  REQUIRE(file);
  TextSource source(*std::move(file), encoding);
  Whole whole;
  std::vector<char> buffer(piece);
  for (;;) {
    const auto count = source.read(buffer);
    if (!count) {
      whole.fault = count.error().message;
      break;
    }
    if (*count == 0) break;
    whole.text.append(buffer.data(), *count);
  }
  whole.mark_bytes = source.mark_bytes();
  return whole;
}

std::string utf8_of(std::uint32_t point) {
  std::string text;
  const auto add = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (point < 0x800) {
    add(0xC0U | point >> 6U);
  } else if (point < 0x10000) {
    add(0xE0U | point >> 12U);
    add(0x80U | (point >> 6U & 0x3FU));
  } else {
    add(0xF0U | point >> 18U);
    add(0x80U | (point >> 12U & 0x3FU));
    add(0x80U | (point >> 6U & 0x3FU));
  }
  add(0x80U | (point & 0x3FU));
  return text;
}

// The four bytes of a character beyond U+FFFF: counted on from 90 30 81 30.
std::string four_bytes_of(std::uint32_t point) {
  std::uint32_t left = point - 0x10000;
  std::string bytes(4, ' ');
  bytes[3] = static_cast<char>(0x30 + left % 10);
  left /= 10;
  bytes[2] = static_cast<char>(0x81 + left % 126);
  left /= 126;
  bytes[1] = static_cast<char>(0x30 + left % 10);
  left /= 10;
  bytes[0] = static_cast<char>(0x90 + left);
  return bytes;
}

}  // namespace

TEST_CASE("UTF-8 is passed on as it is, without its mark", "[load]") {
  CHECK(read("", Encoding::utf8).text.empty());
  CHECK(read("a", Encoding::utf8).text == "a");
  CHECK(read("党\xFF", Encoding::utf8).text == "党\xFF");
  const Whole marked = read(
      "\xEF\xBB\xBF"
      "ab",
      Encoding::utf8);
  CHECK(marked.text == "ab");
  CHECK(marked.mark_bytes == 3);
  CHECK(read("\xEF\xBB\xBF", Encoding::utf8).text.empty());
  CHECK(read("\xEF\xBB", Encoding::utf8).text == "\xEF\xBB");
  CHECK(read("\xEF\xBB\xBF\xEF\xBB\xBF", Encoding::utf8).text ==
        "\xEF\xBB\xBF");
}

TEST_CASE("GB18030 is converted, one, two and four bytes, without its mark",
          "[load]") {
  CHECK(read("", Encoding::gb18030).text.empty());
  CHECK(read("\xB5\xB3\xB9\xA4\xCE\xAF a", Encoding::gb18030).text ==
        "党工委 a");
  CHECK(read("\x81\x30\x81\x30", Encoding::gb18030).text == "\xC2\x80");
  CHECK(read("\x84\x31\xA4\x37", Encoding::gb18030).text == "\xEF\xBF\xBD");
  const Whole marked = read(
      "\x84\x31\x95\x33"
      "ab",
      Encoding::gb18030);
  CHECK(marked.text == "ab");
  CHECK(marked.mark_bytes == 4);
}

TEST_CASE("every character beyond U+FFFF is converted", "[load]") {
  std::string bytes;
  std::string expected;
  for (std::uint32_t point = 0x10000; point <= 0x10FFFF; point += 7) {
    bytes += four_bytes_of(point);
    expected += utf8_of(point);
  }
  bytes += four_bytes_of(0x10FFFF);
  expected += utf8_of(0x10FFFF);
  const Whole whole = read(bytes, Encoding::gb18030);
  CHECK(whole.fault.empty());
  CHECK((whole.text == expected));
}

TEST_CASE("what is converted does not depend on where pieces end", "[load]") {
  // Two and four bytes in turn, from every offset up to a character's length.
  for (std::size_t shift = 0; shift < 6; ++shift) {
    std::string bytes(shift, 'x');
    std::string expected(shift, 'x');
    for (int at = 0; at < 100'000; ++at) {
      bytes += "\xB5\xB3\x95\x32\x82\x36";
      expected += "党\xF0\xA0\x80\x80";
    }
    const std::size_t piece = shift % 2 == 0 ? 16 : 99'991;
    const Whole whole = read(bytes, Encoding::gb18030, piece);
    CHECK(whole.fault.empty());
    CHECK((whole.text == expected));
  }
}

TEST_CASE("a fault in GB18030 is told with its offset in the file",
          "[load][HDR-LOAD-116]") {
  struct Fault {
    std::string bytes;
    std::size_t offset;
  };
  for (const Fault& one :
       std::vector<Fault>{{"\xFF", 0},
                          {"ab\x81 ", 2},
                          {"\xB5\xB3\x81", 2},
                          {"\xB5\xB3\x81\x30", 2},
                          {"\xB5\xB3\x81\x30\x81", 2},
                          {"\xB5\xB3\x81\x30\x81\x3A", 2},
                          {"\xE3\x32\x9A\x36", 0},
                          {std::string(300'001, 'a') + "\xFF" + "b", 300'001},
                          {std::string(262'143, 'a') + "\x81 b", 262'143},
                          {"\x84\x31\x95\x33"
                           "a\xFF",
                           5}}) {
    const Whole whole = read(one.bytes, Encoding::gb18030);
    CHECK(whole.fault ==
          "not GB18030 at byte " + std::to_string(one.offset) + " of the file");
  }
}

TEST_CASE("text before a fault is given first", "[load]") {
  CHECK(read("ab\xB5\xB3\xFF", Encoding::gb18030).text == "ab党");
}

}  // namespace headrope
