// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// CSV cut into pieces: limits without much memory, both sides of each, reading
// that fails, and the order of what several threads parse. That pieces hold the
// same rows and faults as the plain reader gives is
// tests/property/load_test.cpp.

#include "load/csv_pieces.hpp"

#include <algorithm>
#include <atomic>
#include <fcntl.h>
#include <fstream>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

#include <catch2/catch.hpp>

#include "load/count_byte.hpp"
#include "load/piece_line.hpp"
#include "unit/helpers.hpp"

namespace headrope {

using unit::Folder;

namespace {

using Texts = std::vector<std::string>;

// A file in memory that fails where it would end, if it is told to.
class Bytes : public PackageFile {
 public:
  explicit Bytes(std::string bytes, bool fails = false)
      : bytes_(std::move(bytes)), fails_(fails) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    const std::size_t count = std::min(buffer.size(), bytes_.size() - at_);
    if (count == 0 && fails_) {
      return Error{Code::file_unreadable, "the disk is gone"};
    }
    bytes_.copy(buffer.data(), count, at_);
    at_ += count;
    return count;
  }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
  bool fails_;
};

// The rows of a file, `a|b`, then its faults, `HDR-LOAD-111 3:1 message`.
Texts read_all(std::unique_ptr<PackageFile> file,
               const CsvReader::Options& options,
               std::size_t piece_bytes = CsvCutter::piece_bytes_default) {
  TextSource source(std::move(file), Encoding::utf8);
  CsvCutter cutter(source, options, piece_bytes);
  CsvParser parser(options);
  CsvPiece piece;
  Texts told;
  const auto tell = [&](const CsvFault& fault, std::uint64_t first) {
    told.push_back(std::string(code_info(fault.error.code).id) + " " +
                   std::to_string(fault.row + first) + ":" +
                   std::to_string(fault.field) + " " + fault.error.message);
  };
  REQUIRE(cutter.next(piece));
  std::size_t start = 0;
  CsvFault fault;
  const auto header =
      parser.parse_header(piece, start, source.mark_bytes(), fault);
  if (!header) {
    tell(fault, 0);
    return told;
  }
  std::vector<std::size_t> targets;
  for (std::size_t at = 0; at < header->size(); ++at) targets.push_back(at);
  parser.choose_columns(targets, targets.size());
  std::uint64_t first = 2;
  ParsedRows rows;
  do {
    parser.parse(piece, start, source.mark_bytes(), rows);
    start = 0;
    for (std::size_t row = 0; row < rows.batch.row_count; ++row) {
      std::string text;
      for (const auto& column : rows.batch.columns) {
        text += (text.empty() ? "" : "|") + std::string(column[row]);
      }
      told.push_back(text);
    }
    for (const auto& one : rows.faults) tell(one.fault, first);
    first += rows.rows_begun;
  } while (!rows.is_last && cutter.next(piece));
  return told;
}

Texts read_text(const std::string& text, const CsvReader::Options& options = {},
                std::size_t piece_bytes = CsvCutter::piece_bytes_default) {
  return read_all(std::make_unique<Bytes>(text), options, piece_bytes);
}

std::size_t resident_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word != "VmHWM:") continue;
    std::size_t kib = 0;
    status >> kib;
    return kib;
  }
  return 0;
}

// A file that begins with a text and goes on with a GiB of zeros.
Texts read_endless(const std::string& text) {
  const Folder folder;
  folder.write("t.csv", text);
  REQUIRE(truncate((folder.path() / "t.csv").c_str(), 1L << 30U) == 0);
  const auto package = PackageFolder::open(folder.path());
  auto file = package->open_file("t.csv");
  REQUIRE(file);
  return read_all(std::make_unique<OpenFile>(*std::move(file)), {});
}

}  // namespace

TEST_CASE("a field without an end is refused without much memory, in pieces",
          "[load][HDR-LOAD-114]") {
  const std::size_t before = resident_kib();
  CHECK(read_endless("a,b\n1,2\n3,") ==
        Texts{"1|2", "HDR-LOAD-114 3:1 a field is longer than 1048576 bytes"});
  CHECK(read_endless("a,b\n1,\"") ==
        Texts{"HDR-LOAD-114 2:1 a field is longer than 1048576 bytes"});
  CHECK(resident_kib() - before < std::size_t{96} * 1024);
}

TEST_CASE("a row may have as many bytes as the limit says and no more",
          "[load][HDR-LOAD-114]") {
  CsvReader::Options options;
  options.row_bytes_max = 20;
  for (const std::size_t piece_bytes : {16U, 20U, 21U, 22U, 1000U}) {
    const std::string fits = "0123456789,012345678";
    CHECK(read_text("a,b\n" + fits + "\n", options, piece_bytes) ==
          Texts{"0123456789|012345678"});
    CHECK(read_text("a,b\n" + fits, options, piece_bytes).size() == 1);
    CHECK(read_text("a,b\n1,2\n" + fits + "9\n3,4\n", options, piece_bytes) ==
          Texts{"1|2", "HDR-LOAD-114 3:1 a row is longer than 20 bytes"});
    CHECK(read_text("a,b\n" + fits + "9", options, piece_bytes) ==
          Texts{"HDR-LOAD-114 2:1 a row is longer than 20 bytes"});
    CHECK(read_text("a,b\n\"" + fits + "\",\n", options, piece_bytes) ==
          Texts{"HDR-LOAD-114 2:0 a row is longer than 20 bytes"});
  }
}

TEST_CASE("rows before one that cannot be read are kept",
          "[load][HDR-LOAD-102]") {
  for (const std::size_t piece_bytes : {16U, 100U, 10'000U}) {
    const auto read = [&](const std::string& text) {
      return read_all(std::make_unique<Bytes>(text, true), {}, piece_bytes);
    };
    CHECK(read("a,b\n1,2\n") ==
          Texts{"1|2", "HDR-LOAD-102 3:0 the disk is gone"});
    CHECK(read("a,b\n1,2\n3,\"x") ==
          Texts{"1|2", "HDR-LOAD-102 3:1 the disk is gone"});
    CHECK(read("a,b\n1,2\n3,\"x\"") ==
          Texts{"1|2", "HDR-LOAD-102 3:1 the disk is gone"});
    CHECK(read("aa,") == Texts{"HDR-LOAD-102 1:1 the disk is gone"});
    CHECK(read("") == Texts{"HDR-LOAD-102 1:0 the disk is gone"});
  }
}

TEST_CASE("a piece ends where a row ends, whatever stands in quotes",
          "[load]") {
  const std::string row = "\"x\ny\",\"say \"\"\n\"\"\"\r\n";
  std::string text = "a,b\n";
  Texts expected;
  for (int at = 0; at < 50; ++at) {
    text += row;
    expected.emplace_back("x\ny|say \"\n\"");
  }
  for (std::size_t piece_bytes = 16; piece_bytes < 60; ++piece_bytes) {
    CHECK(read_text(text, {}, piece_bytes) == expected);
  }
}

TEST_CASE("rows before a byte that is no text are kept, with its place",
          "[load][HDR-LOAD-115]") {
  const std::string text = "a,b\n1,2\n\n1,2,3\n党,\xFF\n3,4\n\"x\ny\",5\n";
  const Texts expected{
      "1|2", "HDR-LOAD-111 4:3 the row has 3 fields, the header has 2",
      "HDR-LOAD-115 5:1 not UTF-8 at byte 19 of the file; a file in GB18030 "
      "must be declared as such"};
  Texts told = read_text(text);
  CHECK(told == expected);
  CHECK(read_text(text, {}, 16) == expected);
}

TEST_CASE("pieces are taken in the order of the file by any number of threads",
          "[load]") {
  std::string text = "a,b\n";
  for (int at = 0; at < 3000; ++at) {
    text += std::to_string(at) + ",党\n";
  }
  for (const std::size_t threads : {1U, 2U, 3U, 7U}) {
    // Which of the pieces the run is to end with; at the end of the file.
    for (const std::size_t last : {0U, 5U, 100'000U}) {
      TextSource source(std::make_unique<Bytes>(text), Encoding::utf8);
      const CsvReader::Options options;
      CsvCutter cutter(source, options, 64);
      CsvParser parser(options);
      CsvPiece first;
      REQUIRE(cutter.next(first));
      std::size_t start = 0;
      CsvFault fault;
      REQUIRE(parser.parse_header(first, start, 0, fault));
      parser.choose_columns({0, 1}, 2);
      std::size_t next_row = 0;
      std::size_t pieces = 0;
      std::size_t wrong = 0;
      std::atomic<int> inside = 0;
      PieceLine line(
          cutter, parser,
          {[](CsvParser& of_thread, PieceWork& work) {
             of_thread.parse(work.piece, work.start, 0, work.rows);
           },
           [&](PieceWork& work, bool) {
             if (++inside != 1) ++wrong;
             for (std::size_t row = 0; row < work.rows.batch.row_count; ++row) {
               wrong +=
                   work.rows.batch.columns[0][row] == std::to_string(next_row++)
                       ? 0U
                       : 1U;
             }
             --inside;
             return pieces++ < last;
           }});
      line.run(std::move(first), start, threads);
      CHECK(wrong == 0);
      if (last < 10) CHECK(pieces == last + 1);
      if (last > 10) CHECK(next_row == 3000);
    }
  }
}

TEST_CASE("what a stage throws reaches the caller from any thread", "[load]") {
  std::string text = "a\n";
  for (int at = 0; at < 3000; ++at) text += "row\n";
  for (const std::size_t threads : {1U, 2U, 5U}) {
    TextSource source(std::make_unique<Bytes>(text), Encoding::utf8);
    CsvCutter cutter(source, {}, 64);
    CsvParser parser({});
    CsvPiece first;
    REQUIRE(cutter.next(first));
    std::atomic<int> parsed = 0;
    PieceLine line(cutter, parser,
                   {[&](CsvParser&, PieceWork&) {
                      if (++parsed == 20) throw std::bad_alloc();
                    },
                    [](PieceWork&, bool) { return true; }});
    CHECK_THROWS_AS(line.run(std::move(first), 0, threads), std::bad_alloc);
  }
}

TEST_CASE("every byte that is looked for is counted", "[load]") {
  for (const std::size_t size :
       {0U, 1U, 15U, 16U, 17U, 4079U, 4080U, 4081U, 5000U, 100'000U}) {
    std::string text(size, '\n');
    CHECK(count_byte(text, '\n') == size);
    CHECK(count_byte(text, '"') == 0);
    for (std::size_t at = 0; at < size; at += 3) text[at] = '"';
    CHECK(count_byte(text, '"') ==
          static_cast<std::size_t>(std::count(text.begin(), text.end(), '"')));
  }
}

}  // namespace headrope
