// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The shipped vocabulary against its own rules and the project's glossary.

#include "model/vocabulary.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "headrope/registry.hpp"

namespace headrope {
namespace {

bool is_snake_case(std::string_view id) {
  return !id.empty() && id.front() >= 'a' && id.front() <= 'z' &&
         id.back() != '_' && id.find("__") == std::string_view::npos &&
         std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

void check_name(std::string_view id, const Label& label) {
  CAPTURE(id);
  CHECK(is_snake_case(id));
  CHECK_FALSE(label.zh.empty());
  CHECK_FALSE(label.en.empty());
}

template <typename List>
void check_names(const List& list) {
  std::set<std::string_view> ids;
  for (const auto& entry : list) {
    check_name(entry.id, entry.label);
    CHECK(ids.insert(entry.id).second);
  }
  CHECK_FALSE(ids.empty());
}

}  // namespace

TEST_CASE("the shipped vocabulary adds to an empty Registry", "[model]") {
  Registry registry(Limits{}, StartingVocabulary::empty);
  CHECK(registry.kinds().empty());
  add_shipped_vocabulary(registry);
  const Registry shipped;
  CHECK(registry.kinds().size() == shipped.kinds().size());
  CHECK(registry.hierarchies().size() == shipped.hierarchies().size());
  CHECK(registry.roles().size() == shipped.roles().size());
  CHECK(registry.measures().size() == shipped.measures().size());
}

TEST_CASE("adding the shipped vocabulary again changes nothing", "[model]") {
  Registry registry;
  const std::size_t kinds = registry.kinds().size();
  const std::size_t measures = registry.measures().size();
  add_shipped_vocabulary(registry);
  CHECK(registry.kinds().size() == kinds);
  CHECK(registry.measures().size() == measures);
}

TEST_CASE("shipped ids are snake_case and their labels are in both languages",
          "[model]") {
  const Registry registry;
  check_names(registry.kinds());
  check_names(registry.hierarchies());
  check_names(registry.roles());
  check_names(registry.measures());
}

TEST_CASE("no line of the shipped vocabulary is lost", "[model]") {
  const Registry registry;
  const auto rows = [](std::string_view csv) {
    return static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')) -
           1;
  };
  CHECK(registry.kinds().size() == rows(shipped_kinds_csv));
  CHECK(registry.hierarchies().size() == rows(shipped_hierarchies_csv));
  CHECK(registry.roles().size() == rows(shipped_roles_csv));
  CHECK(registry.measures().size() == rows(shipped_measures_csv));
  for (const std::string_view csv : {shipped_kinds_csv, shipped_hierarchies_csv,
                                     shipped_roles_csv, shipped_measures_csv}) {
    CHECK(csv.find('"') == std::string_view::npos);
    CHECK(csv.find('\r') == std::string_view::npos);
    CHECK(csv.ends_with('\n'));
  }
}

TEST_CASE("every shipped kind reaches a top kind", "[model]") {
  const Registry registry;
  const auto kinds = registry.kinds();
  for (std::uint32_t at = 0; at < kinds.size(); ++at) {
    CAPTURE(kinds[at].id);
    KindId kind{at};
    std::size_t steps = 0;
    while (!kinds[kind.value].parent.is_none() && steps <= kinds.size()) {
      kind = kinds[kind.value].parent;
      ++steps;
    }
    CHECK(steps < kinds.size());
    CHECK(registry.is_a({at}, kind));
  }
}

TEST_CASE("a kind is what its wider kinds are, and not the other way round",
          "[model]") {
  const Registry registry;
  const auto kind = [&](std::string_view id) {
    const auto found = registry.find_kind(id);
    INFO(id);
    REQUIRE(found);
    return *found;
  };
  CHECK(registry.is_a(kind("prefecture_city"),
                      kind("prefecture_level_division")));
  CHECK(registry.is_a(kind("prefecture_city"), kind("territory")));
  CHECK_FALSE(registry.is_a(kind("territory"), kind("prefecture_city")));
  CHECK(registry.is_a(kind("party_branch"), kind("basic_party_organisation")));
  CHECK_FALSE(registry.is_a(kind("party_branch"), kind("territory")));
  CHECK_FALSE(registry.is_a(KindId::none(), kind("territory")));
}

TEST_CASE("docs/formats/vocabulary.md lists every shipped id", "[model]") {
  std::ifstream file(std::filesystem::path(HEADROPE_SOURCE_DIR) /
                     "docs/formats/vocabulary.md");
  REQUIRE(file);
  const std::string page(std::istreambuf_iterator<char>(file), {});
  const Registry registry;
  const auto check_listed = [&](const auto& entries) {
    for (const auto& entry : entries) {
      CAPTURE(entry.id);
      CHECK(page.find("`" + std::string(entry.id) + "`") != std::string::npos);
    }
  };
  check_listed(registry.kinds());
  check_listed(registry.hierarchies());
  check_listed(registry.roles());
  check_listed(registry.measures());
}

TEST_CASE("the identifiers that the domain glossary fixes are there",
          "[model]") {
  const Registry registry;
  for (const char* id : {"province",
                         "autonomous_region",
                         "municipality",
                         "prefecture_city",
                         "county_city",
                         "county",
                         "district",
                         "subdistrict",
                         "town",
                         "township",
                         "community",
                         "administrative_village",
                         "villager_group",
                         "party_committee",
                         "party_working_committee",
                         "party_general_branch",
                         "party_branch",
                         "department",
                         "school",
                         "nonpublic_enterprise"}) {
    CAPTURE(id);
    CHECK(registry.find_kind(id));
  }
  for (const char* id : {"administrative", "party", "guidance"}) {
    CAPTURE(id);
    CHECK(registry.find_hierarchy(id));
  }
  for (const char* id :
       {"lead", "cooperating", "first_responsible", "party_secretary"}) {
    CAPTURE(id);
    CHECK(registry.find_role(id));
  }
  for (const char* id :
       {"centre_group_session", "rotation_training", "party_lecture",
        "research_report", "grassroots_research", "study_session", "self_study",
        "person_times"}) {
    CAPTURE(id);
    CHECK(registry.find_measure(id));
  }
}

}  // namespace headrope
