// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// datapackage.json: what is read of it, and each fault.

#include "load/descriptor.hpp"

#include <chrono>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"

namespace headrope {
namespace {

using Texts = std::vector<std::string>;

Texts faults(std::string_view text) {
  Diagnostics findings;
  (void)parse_descriptor(text, Limits{}, findings);
  return unit::told(findings);
}

std::string with_own(const std::string& own) {
  return R"({"headrope":)" + own + R"(,"resources":[]})";
}

std::string with_resource(const std::string& resource) {
  return R"({"headrope":{"format":1},"resources":[)" + resource + "]}";
}

Texts fault(const std::string& code, const std::string& value,
            const std::string& message) {
  return {code + " error datapackage.json:0  '" + value + "' " + message};
}

}  // namespace

TEST_CASE("a descriptor is read with its defaults", "[load]") {
  Diagnostics findings;
  const Descriptor plain = parse_descriptor(
      with_resource(R"({"name":"units","path":"u.csv"})"), Limits{}, findings);
  CHECK(findings.items().empty());
  CHECK_FALSE(plain.ends_are_inclusive);
  CHECK(plain.recorded_from == Date::open_start());
  REQUIRE(plain.resources.size() == 1);
  CHECK(plain.resources[0].name == "units");
  CHECK(plain.resources[0].paths == Texts{"u.csv"});
  CHECK(plain.resources[0].encoding == Encoding::utf8);
  CHECK(plain.resources[0].delimiter == ',');
}

TEST_CASE("a descriptor is read whole", "[load]") {
  Diagnostics findings;
  const Descriptor full = parse_descriptor(
      R"({"headrope":{"format":1,"interval_end":"inclusive",)"
      R"("recorded_from":"2014-02-01"},"resources":[{"name":"units",)"
      R"("path":["a.csv","b.csv"],"encoding":"GB2312",)"
      R"("dialect":{"delimiter":"\t"}}],"more":[[{}]]})",
      Limits{}, findings);
  CHECK(findings.items().empty());
  CHECK(full.ends_are_inclusive);
  CHECK(full.recorded_from == unit::day("2014-02-01"));
  CHECK(full.resources[0].paths == Texts{"a.csv", "b.csv"});
  CHECK(full.resources[0].encoding == Encoding::gb18030);
  CHECK(full.resources[0].delimiter == '\t');
}

TEST_CASE("what is not JSON is told with its line", "[load][HDR-LOAD-103]") {
  CHECK(faults("") ==
        fault("HDR-LOAD-103", "", "the file is not JSON at byte 1, line 1"));
  CHECK(faults("{\n\n  x}") ==
        fault("HDR-LOAD-103", "", "the file is not JSON at byte 6, line 3"));
  CHECK(faults("{\"a\":\"\xFF\"}").size() == 1);
  CHECK(faults("{} {}").size() == 1);
  CHECK(faults("{\"a\":1e999}").size() == 1);
  CHECK(faults("[]") ==
        fault("HDR-LOAD-103", "", "the file is not a JSON object"));
}

TEST_CASE("brackets nested too deep are told quickly", "[load][HDR-BASE-007]") {
  const auto start = std::chrono::steady_clock::now();
  for (const char open : {'[', '{'}) {
    CHECK(faults(std::string(100'000, open)) ==
          fault("HDR-BASE-007", "", "brackets are nested more than 64 deep"));
  }
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
}

TEST_CASE(
    "brackets may be nested as deep as the limit says, and texts hold "
    "any number of them",
    "[load]") {
  const auto nested = [](std::size_t depth) {
    return R"({"headrope":{"format":1},"resources":[],"x":)" +
           std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  CHECK(faults(nested(63)).empty());
  CHECK(faults(nested(64)).size() == 1);
  CHECK(faults(R"({"headrope":{"format":1},"resources":[],"x":"\")" +
               std::string(1000, '[') + "\"}")
            .empty());
}

TEST_CASE("the version of the format must be 1", "[load][HDR-LOAD-104]") {
  const std::string message = "'headrope.format' must be 1";
  CHECK(faults(with_own("{}")) == fault("HDR-LOAD-104", "", message));
  CHECK(faults(with_own(R"({"format":2})")) ==
        fault("HDR-LOAD-104", "2", message));
  CHECK(faults(with_own(R"({"format":"1"})")) ==
        fault("HDR-LOAD-104", "\"1\"", message));
  CHECK(faults(with_own(R"({"format":true})")).size() == 1);
  CHECK(faults(with_own(R"({"format":null})")).size() == 1);
}

TEST_CASE("the library's own member must be there", "[load][HDR-LOAD-103]") {
  const std::string message = "the member 'headrope' with 'format' is missing";
  CHECK(faults(R"({"resources":[]})") == fault("HDR-LOAD-103", "", message));
  CHECK(faults(with_own("1")) == fault("HDR-LOAD-103", "", message));
}

TEST_CASE("ends and the books' day are strict", "[load][HDR-LOAD-103]") {
  CHECK(faults(with_own(R"({"format":1,"interval_end":"closed"})")) ==
        fault("HDR-LOAD-103", "closed",
              "'headrope.interval_end' must be 'inclusive' or 'exclusive'"));
  CHECK(faults(with_own(R"({"format":1,"interval_end":1})")).size() == 1);
  CHECK(faults(with_own(R"({"format":1,"recorded_from":"2014-2-1"})")) ==
        fault("HDR-LOAD-103", "2014-2-1",
              "'headrope.recorded_from': '2014-2-1' is not written "
              "YYYY-MM-DD"));
  CHECK(faults(with_own(R"({"format":1,"recorded_from":null})")).size() == 1);
}

TEST_CASE("a list of resources must be there, each with name and path",
          "[load][HDR-LOAD-103]") {
  CHECK(faults(R"({"headrope":{"format":1}})") ==
        fault("HDR-LOAD-103", "", "the list 'resources' is missing"));
  CHECK(faults(with_resource("1")) ==
        fault("HDR-LOAD-103", "", "a resource is not an object"));
  CHECK(faults(with_resource(R"({"path":"a.csv"})")) ==
        fault("HDR-LOAD-103", "", "a resource has no 'name'"));
  CHECK(faults(with_resource(R"({"name":"units"})")) ==
        fault("HDR-LOAD-103", "units", "the resource has no 'path'"));
  CHECK(faults(with_resource(R"({"name":"units","path":[]})")).size() == 1);
  CHECK(faults(with_resource(R"({"name":"units","path":"a.csv"},)"
                             R"({"name":"units","path":"b.csv"})")) ==
        fault("HDR-LOAD-103", "units",
              "the table is described twice; give its files as a list in "
              "'path'"));
}

TEST_CASE("an encoding is UTF-8 or GB18030, in any case of letters",
          "[load][HDR-LOAD-123]") {
  for (const char* name :
       {"utf-8", "UTF-8", "utf8", "gb18030", "GBK", "gb2312"}) {
    CHECK(faults(with_resource(R"({"name":"units","path":"a","encoding":")" +
                               std::string(name) + "\"}"))
              .empty());
  }
  CHECK(faults(with_resource(
            R"({"name":"units","path":"a","encoding":"UTF-16"})")) ==
        fault("HDR-LOAD-123", "utf-16",
              "the encoding of 'units' must be utf-8 or gb18030"));
}

TEST_CASE("a delimiter is one ASCII character, no quote and no line end",
          "[load][HDR-LOAD-103]") {
  for (const char* text : {"", ",,", "\\\"", "\\n", "\\r", "、", "\\u0000"}) {
    CAPTURE(text);
    CHECK(faults(with_resource(
                     R"({"name":"units","path":"a","dialect":{"delimiter":")" +
                     std::string(text) + "\"}}"))
              .size() == 1);
  }
  CHECK(faults(with_resource(
                   R"({"name":"units","path":"a","dialect":{"delimiter":1}})"))
            .size() == 1);
}

}  // namespace headrope
