// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// CSV: quotes, line ends, faults with their place, pieces of a large file.

#include "load/csv_reader.hpp"

#include <fcntl.h>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"

namespace headrope {

using unit::Folder;

namespace {

using Row = std::vector<std::string>;
using Rows = std::vector<Row>;
using Texts = std::vector<std::string>;

// What a file was read as; the first row is the header.
struct Read {
  Rows rows;
  std::vector<std::uint64_t> numbers;
  Texts faults;  // `HDR-LOAD-111 3:1 'value' message`
};

void take_faults(CsvReader& reader, Read& read) {
  for (const CsvFault& fault : reader.take_faults()) {
    read.faults.push_back(std::string(code_info(fault.error.code).id) + " " +
                          std::to_string(fault.row) + ":" +
                          std::to_string(fault.field) + " '" + fault.value +
                          "' " + fault.error.message);
  }
}

Read read_source(TextSource& source, const CsvReader::Options& options) {
  Read read;
  CsvReader reader(source, options);
  const auto header = reader.read_header();
  if (header) {
    read.rows.push_back(*header);
    std::vector<std::size_t> targets;
    for (std::size_t at = 0; at < header->size(); ++at) targets.push_back(at);
    reader.choose_columns(targets, header->size());
    RowBatch batch;
    batch.columns.resize(header->size());
    for (bool goes_on = true; goes_on;) {
      goes_on = reader.read_batch(batch);
      for (std::size_t at = 0; at < batch.row_count; ++at) {
        Row row;
        for (const auto& column : batch.columns) row.emplace_back(column[at]);
        read.rows.push_back(std::move(row));
        read.numbers.push_back(batch.row_numbers[at]);
      }
    }
  }
  take_faults(reader, read);
  return read;
}

Read read_text(std::string_view text, const CsvReader::Options& options = {}) {
  const Folder folder;
  folder.write("t.csv", text);
  const auto package = PackageFolder::open(folder.path());
  auto file = package->open_file("t.csv");
  REQUIRE(file);
  TextSource source(*std::move(file), Encoding::utf8);
  return read_source(source, options);
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

}  // namespace

TEST_CASE("rows end with LF, CRLF or the file", "[load]") {
  const auto text =
      GENERATE(values<std::string>({"a,b\n1,2\n3,\n", "a,b\r\n1,2\r\n3,\r\n",
                                    "a,b\n1,2\r\n3,", "a,b\r\n1,2\n3,\r",
                                    "\xEF\xBB\xBF"
                                    "a,b\n1,2\n3,\n",
                                    "a,b\n\n1,2\n\r\n3,\n\n"}));
  const Read read = read_text(text);
  CHECK(read.rows == Rows{{"a", "b"}, {"1", "2"}, {"3", ""}});
  CHECK(read.faults.empty());
}

TEST_CASE("row numbers are those of a spreadsheet, empty lines counted",
          "[load]") {
  const Read read = read_text("a,b\n\n1,2\n\"x\ny\",2\n\n3,4");
  CHECK(read.rows.size() == 4);
  CHECK(read.numbers == std::vector<std::uint64_t>{3, 4, 6});
}

TEST_CASE("quotes hold delimiters, line ends and doubled quotes", "[load]") {
  const Read read = read_text(
      "a,b\n\"1,2\",\"x\r\ny\"\n\"say "
      "\"\"hi\"\"\",\"\"\n\"\"\"\",\"\"\"\"\"\"\r\n"
      "\"end\",\"e\"");
  CHECK(read.rows == Rows{{"a", "b"},
                          {"1,2", "x\r\ny"},
                          {"say \"hi\"", ""},
                          {"\"", "\"\""},
                          {"end", "e"}});
  CHECK(read.faults.empty());
}

TEST_CASE("a quoted empty field alone on its line is a row", "[load]") {
  CHECK(read_text("a\n\"\"\n\nx\n").rows == Rows{{"a"}, {""}, {"x"}});
}

TEST_CASE("a header may be quoted", "[load]") {
  CHECK(read_text("\"a\",\"b,c\"\n1,2\n").rows ==
        Rows{{"a", "b,c"}, {"1", "2"}});
}

TEST_CASE("another delimiter leaves commas alone", "[load]") {
  CsvReader::Options options;
  options.delimiter = GENERATE(';', '\t', '|');
  std::string text = "a_b\n1,2_\"3_4\"\n";
  for (char& c : text) c = c == '_' ? options.delimiter : c;
  const std::string inside = std::string("3") + options.delimiter + "4";
  CHECK(read_text(text, options).rows == Rows{{"a", "b"}, {"1,2", inside}});
}

TEST_CASE("an empty file has no header", "[load][HDR-LOAD-110]") {
  CHECK(read_text("").rows.empty());
}

TEST_CASE("a ragged row is left out and told, and reading goes on",
          "[load][HDR-LOAD-111]") {
  const Read read = read_text("a,b\n1\n1,2\n1,2,3\n3,4\n");
  CHECK(read.rows == Rows{{"a", "b"}, {"1", "2"}, {"3", "4"}});
  CHECK(read.faults ==
        Texts{"HDR-LOAD-111 2:1 '' the row has 1 fields, the header has 2",
              "HDR-LOAD-111 4:3 '' the row has 3 fields, the header has 2"});
}

TEST_CASE("a quote inside a plain field ends reading", "[load][HDR-LOAD-112]") {
  const Read read = read_text("a,b\n1,2\n3,x\"y\n5,6\n");
  CHECK(read.rows == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(read.faults ==
        Texts{"HDR-LOAD-112 3:1 'x\"y' a quote stands inside a field "
              "that does not begin with one"});
}

TEST_CASE("text after a closing quote ends reading", "[load][HDR-LOAD-112]") {
  const Read read = read_text("a,b\n\"1\"2,3\n");
  CHECK(read.rows == Rows{{"a", "b"}});
  CHECK(read.faults ==
        Texts{"HDR-LOAD-112 2:0 '1' after a closing quote comes '2,3', not "
              "the end of the field; a quote inside a field is doubled"});
  CHECK(read_text("a\n\"1\" \n").faults.size() == 1);
  CHECK(read_text("a\n\"1\"\rx\n").faults.size() == 1);
}

TEST_CASE("a quote that never closes ends reading", "[load][HDR-LOAD-113]") {
  const Read read = read_text("a,b\n1,\"2\n3,4\n");
  CHECK(read.rows == Rows{{"a", "b"}});
  CHECK(read.faults ==
        Texts{"HDR-LOAD-113 2:1 '2' the field's quote is not closed "
              "before the end of the file"});
  CHECK(read_text("a\n\"").faults.size() == 1);
  CHECK(read_text("a\n\"x\"\"").faults.size() == 1);
  CHECK(read_text("\"a").faults.size() == 1);
}

TEST_CASE("a row may have as many fields as the limit says and no more",
          "[load][HDR-BASE-007]") {
  CsvReader::Options options;
  options.columns_max = 3;
  CHECK(read_text("a,b,c\n1,2,3\n", options).rows.size() == 2);
  CHECK(read_text("a,b,c,d\n", options).faults ==
        Texts{"HDR-BASE-007 1:4 '' a row has more than 3 fields"});
  CHECK(read_text("a,b,c\n1,2,3,4\n", options).faults.size() == 1);
}

TEST_CASE("a field may have as many bytes as the limit says and no more",
          "[load][HDR-LOAD-114]") {
  CsvReader::Options options;
  options.field_bytes_max = 100;
  const std::string fits(100, 'x');
  CHECK(read_text("a\n" + fits + "\n", options).rows.size() == 2);
  CHECK(read_text("a\n\"" + fits + "\"\n", options).rows.size() == 2);
  const Read plain = read_text("a,b\n1," + fits + "x\n", options);
  CHECK(plain.faults == Texts{"HDR-LOAD-114 2:1 '" + std::string(80, 'x') +
                              "' a field is longer than 100 bytes"});
  CHECK(read_text("a,b\n1,\"" + fits + "x\"\n", options).faults ==
        plain.faults);
}

TEST_CASE("bytes that are not UTF-8 are told with their offset in the file",
          "[load][HDR-LOAD-115]") {
  const Read read = read_text("a,b\n1,\xFF\n");
  REQUIRE(read.faults.size() == 1);
  CHECK(read.faults[0].find("not UTF-8 at byte 6 of the file") !=
        std::string::npos);
  CHECK(read.rows.size() == 1);
  const Read marked = read_text(
      "\xEF\xBB\xBF"
      "a,b\n1,\xC3\n");
  REQUIRE(marked.faults.size() == 1);
  CHECK(marked.faults[0].find("not UTF-8 at byte 9 of the file") !=
        std::string::npos);
  CHECK(read_text("a,\xC0\x80\n1,2\n").rows.empty());
}

TEST_CASE("the offset of a bad byte is right far inside a file",
          "[load][HDR-LOAD-115]") {
  std::string text = "a,b\n";
  while (text.size() < 3'000'000) text += "党工委,街道\n";
  const std::size_t at = text.size();
  const Read read = read_text(text + "\xFF,1\n");
  REQUIRE(read.faults.size() == 1);
  CHECK(read.faults[0].find("at byte " + std::to_string(at) + " of") !=
        std::string::npos);
}

TEST_CASE("what is read does not depend on where pieces of the file end",
          "[load]") {
  constexpr std::size_t piece = std::size_t{1} << 20U;
  // Each of these stands across the end of the first MiB in turn.
  const std::string row = "\"say \"\"hi\"\", 党\",\"x\r\ny\"\r\nplain,党\n";
  for (std::size_t shift = 0; shift <= row.size() + 2; ++shift) {
    std::string text = "a,b\n";
    while (text.size() + 1000 < piece - shift) text += "1234567,1234567\n";
    std::string filler(piece - shift - text.size() - 3, 'f');
    text += filler + ",1\n";
    REQUIRE(text.size() == piece - shift);
    const Read read = read_text(text + row + "last,row");
    REQUIRE(read.faults.empty());
    REQUIRE(read.rows.size() >= 4);
    const std::size_t count = read.rows.size();
    CHECK((read.rows[count - 4] == Row{filler, "1"}));
    CHECK((read.rows[count - 3] == Row{"say \"hi\", 党", "x\r\ny"}));
    CHECK((read.rows[count - 2] == Row{"plain", "党"}));
    CHECK((read.rows[count - 1] == Row{"last", "row"}));
  }
}

TEST_CASE("a field of a GiB is refused without a GiB of memory",
          "[load][HDR-LOAD-114]") {
  const Folder folder;
  folder.write("t.csv", "a,b\n1,2\n3,");
  REQUIRE(truncate((folder.path() / "t.csv").c_str(), 1L << 30U) == 0);
  const auto package = PackageFolder::open(folder.path());
  auto file = package->open_file("t.csv");
  REQUIRE(file);
  const std::size_t before = resident_kib();
  TextSource source(*std::move(file), Encoding::utf8);
  const Read read = read_source(source, {});
  CHECK(resident_kib() - before < 64 * 1024);
  CHECK(read.rows == Rows{{"a", "b"}, {"1", "2"}});
  REQUIRE(read.faults.size() == 1);
  CHECK(read.faults[0].starts_with("HDR-LOAD-114 3:1 "));
}

TEST_CASE("a quoted field of a GiB is refused without a GiB of memory",
          "[load][HDR-LOAD-114]") {
  const Folder folder;
  folder.write("t.csv", "a,b\n3,\"");
  REQUIRE(truncate((folder.path() / "t.csv").c_str(), 1L << 30U) == 0);
  const auto package = PackageFolder::open(folder.path());
  auto file = package->open_file("t.csv");
  REQUIRE(file);
  const std::size_t before = resident_kib();
  TextSource source(*std::move(file), Encoding::utf8);
  const Read read = read_source(source, {});
  CHECK(resident_kib() - before < 64 * 1024);
  REQUIRE(read.faults.size() == 1);
  CHECK(read.faults[0].starts_with("HDR-LOAD-114 2:1 "));
}

TEST_CASE("a row of very many long fields is refused without much memory",
          "[load][HDR-LOAD-114]") {
  const Folder folder;
  folder.write("t.csv", "a,b\n");
  const auto path = folder.path() / "t.csv";
  REQUIRE(truncate(path.c_str(), 1L << 29U) == 0);
  const int target = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  REQUIRE(target >= 0);
  for (off_t at = 1L << 19U; at < 1L << 29U; at += 1L << 19U) {
    REQUIRE(pwrite(target, ",", 1, at) == 1);
  }
  close(target);
  const auto package = PackageFolder::open(folder.path());
  auto file = package->open_file("t.csv");
  REQUIRE(file);
  const std::size_t before = resident_kib();
  TextSource source(*std::move(file), Encoding::utf8);
  const Read read = read_source(source, {});
  CHECK(resident_kib() - before < 96 * 1024);
  REQUIRE(read.faults.size() == 1);
  CHECK(read.faults[0].starts_with("HDR-LOAD-114 "));
}

}  // namespace headrope
