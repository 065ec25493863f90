// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Faults of loading that were found once, each with the input that showed it.

#include <filesystem>
#include <string>

#include <catch2/catch.hpp>

#include "headrope/load.hpp"
#include "headrope/table.hpp"
#include "load/csv_reader.hpp"
#include "unit/helpers.hpp"

namespace headrope {
namespace {

using unit::Folder;
using unit::told;

// Loads a package of units and perhaps more.
Result<Registry> load_units(Folder& folder, const std::string& units,
                            Diagnostics& findings,
                            const std::string& more_resources = "",
                            const std::string& more_members = "") {
  folder.write("units.csv", units);
  folder.write("datapackage.json",
               R"({"headrope":{"format":1},"resources":[{"name":"units",)"
               R"("path":"units.csv")" +
                   more_members + "}" + more_resources + "]}");
  return load_package(folder.path(), findings);
}

TEST_CASE("a first line that is empty is no empty organisation",
          "[load][HDR-LOAD-110]") {
  for (const std::string text :
       {"\n", "\r\n", "\xEF\xBB\xBF", "\nunit,kind\nA,town\n"}) {
    Folder folder;
    Diagnostics findings;
    CHECK_FALSE(load_units(folder, text, findings));
    CHECK(findings.count(Code::file_empty) == 1);
  }
}

TEST_CASE("a path through a linked folder is refused as a link",
          "[load][HDR-LOAD-122]") {
  Folder folder;
  std::filesystem::create_directory(folder.path() / "real");
  folder.write("real/u.csv", "x");
  std::filesystem::create_directory_symlink("real", folder.path() / "link");
  const auto package = PackageFolder::open(folder.path());
  REQUIRE(package);
  const auto file = package->open_file("link/u.csv");
  REQUIRE_FALSE(file);
  CHECK(file.error().code == Code::path_refused);
  CHECK(file.error().message == "'link/u.csv' passes a link");
}

TEST_CASE("a finding of the model in a full list names file and row",
          "[load][HDR-MODEL-214]") {
  Folder folder;
  Diagnostics findings(1);
  CHECK_FALSE(load_units(folder, "unit,kind\nA,town\nA,town\n", findings,
                         R"(,{"name":"x","path":"x"})"));
  REQUIRE(findings.items().size() == 1);
  CHECK(findings.items()[0].file == "units.csv");
  CHECK(findings.items()[0].row == 3);
}

TEST_CASE("findings of an earlier load do not fail the next", "[load]") {
  Folder folder;
  Diagnostics findings;
  CHECK_FALSE(load_units(folder, "unit,kind\nA,x\n", findings));
  CHECK(load_units(folder, "unit,kind\nA,town\n", findings));
}

TEST_CASE("a record cannot end on the last day there is",
          "[load][HDR-LOAD-120]") {
  Folder folder;
  folder.write("units.csv", "unit,kind\nA,town\n");
  folder.write("records.csv",
               "measure,unit,valid_from,valid_until\n"
               "study_session,A,9999-12-30,9999-12-31\n");
  folder.write("datapackage.json",
               R"({"headrope":{"format":1,"interval_end":"inclusive"},)"
               R"("resources":[{"name":"units","path":"units.csv"},)"
               R"({"name":"records","path":"records.csv"}]})");
  Diagnostics findings;
  CHECK_FALSE(load_package(folder.path(), findings));
  CHECK(findings.count(Code::value_out_of_range) == 1);
}

TEST_CASE("a field that is too long is quoted without its neighbours",
          "[load][HDR-LOAD-114]") {
  Folder folder;
  folder.write("t.csv", "abcdefgh,secret\nnext,row\n");
  const auto package = PackageFolder::open(folder.path());
  auto file = package->open_file("t.csv");
  REQUIRE(file);
  TextSource source(*std::move(file), Encoding::utf8);
  CsvReader::Options options;
  options.field_bytes_max = 4;
  CsvReader reader(source, options);
  CHECK_FALSE(reader.read_header());
  const auto faults = reader.take_faults();
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].value == "abcdefgh");
}

TEST_CASE("a missing subject type is one finding", "[load][HDR-LOAD-117]") {
  Folder folder;
  folder.write("attributes.csv",
               "subject_type,subject,attribute,value\n,P,rank,a\n");
  Diagnostics findings;
  CHECK_FALSE(load_units(folder, "unit,kind\nA,town\n", findings,
                         R"(,{"name":"attributes","path":"attributes.csv"})"));
  CHECK(told(findings).size() == 1);
}

TEST_CASE("an encoding that is no text is told", "[load][HDR-LOAD-103]") {
  Folder folder;
  Diagnostics findings;
  CHECK_FALSE(load_units(folder, "unit,kind\nA,town\n", findings, "",
                         R"(,"encoding":5)"));
  CHECK(findings.count(Code::descriptor_invalid) == 1);
}

TEST_CASE("a percent that does not fit is shown as its fraction", "[report]") {
  Column column;
  column.type = Column::Type::ratio;
  column.numbers = {9223372036854775807};
  column.denominators = {1};
  CHECK(display_text(column, 0) == "9223372036854775807/1");
}

}  // namespace
}  // namespace headrope
