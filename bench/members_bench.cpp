// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// As many members as the party has: 100 million in 3.3 million branches, with
// 100 million attendance marks, and a rank for every sixteenth. They are
// written to CSV, loaded, frozen, assessed by two rules (class hours of persons
// by rank, rotation by a date) and counted at every node; the table tells the
// time and the greatest memory of each step. Without --national a smaller
// party, by --units.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include <fmt/format.h>

#include "headrope/headrope.hpp"
#include "support/csv_writer.hpp"
#include "support/ratios.hpp"

namespace headrope::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t members_of_branch = 30;
constexpr std::uint32_t marks_of_session = 15;
constexpr std::uint32_t branches_of_committee = 100;
constexpr std::uint32_t persons_of_rank = 16;

// Sessions are counted through; even ones teach for 1.5 to 8 hours, odd ones
// are rotation training.
struct Party {
  std::uint32_t branches = 0;

  [[nodiscard]] std::uint32_t members() const {
    return branches * members_of_branch;
  }
  [[nodiscard]] std::uint32_t sessions() const { return branches * 2; }
  [[nodiscard]] std::uint32_t marks() const {
    return sessions() * marks_of_session;
  }
  [[nodiscard]] std::uint32_t committees() const {
    return (branches + branches_of_committee - 1) / branches_of_committee;
  }
};

void close(CsvWriter& out) {
  if (!out.close()) give_up("a file cannot be written");
}

void write_units(const Party& party, const fs::path& folder) {
  CsvWriter units(folder / "units.csv", "unit,kind");
  CsvWriter links(folder / "links.csv", "hierarchy,unit,parent");
  units << "0,party_committee";
  units.end_row();
  links << "party,0,";
  links.end_row();
  const auto add = [&](const std::string& unit, std::string_view kind,
                       const std::string& parent) {
    units << unit << "," << kind;
    units.end_row();
    links << "party," << unit << "," << parent;
    links.end_row();
  };
  for (std::uint32_t at = 0; at < party.committees(); ++at) {
    const std::string committee = fmt::format("{:05}", at);
    add(committee, "party_working_committee", "0");
    for (std::uint32_t own = at * branches_of_committee;
         own < std::min((at + 1) * branches_of_committee, party.branches);
         ++own) {
      add(fmt::format("{:05}{:02}", at, own % branches_of_committee),
          "party_branch", committee);
    }
  }
  close(units);
  close(links);
}

void append_branch(CsvWriter& out, std::uint32_t branch) {
  append_digits(out.text(), branch / branches_of_committee, 5);
  append_digits(out.text(), branch % branches_of_committee, 2);
}
void append_person(CsvWriter& out, std::uint32_t person) {
  append_digits(out.text(), person, 9);
}

void write_members(const Party& party, const fs::path& folder) {
  CsvWriter members(folder / "memberships.csv", "person,unit");
  CsvWriter ranks(folder / "attributes.csv",
                  "subject_type,subject,attribute,value");
  for (std::uint32_t person = 0; person < party.members(); ++person) {
    append_person(members, person);
    members << ",";
    append_branch(members, person / members_of_branch);
    members.end_row();
    if (person % persons_of_rank != 0) continue;
    ranks << "person,";
    append_person(ranks, person);
    ranks << (chance(1, 1, person) % 8 == 0 ? ",rank,county"
                                            : ",rank,township");
    ranks.end_row();
  }
  close(members);
  close(ranks);
}

void write_sessions(const Party& party, const fs::path& folder) {
  constexpr std::array<std::string_view, 6> hours{"1.5", "2",   "3",
                                                  "4",   "6.5", "8"};
  CsvWriter records(folder / "records.csv",
                    "record,measure,unit,valid_from,value");
  CsvWriter marks(folder / "attendance.csv", "record,person,status");
  for (std::uint32_t session = 0; session < party.sessions(); ++session) {
    const std::uint64_t random = chance(1, 2, session);
    const std::uint32_t branch = session / 2;
    append_digits(records.text(), session, 9);
    records << (session % 2 == 0 ? ",class_hours," : ",rotation_training,");
    append_branch(records, branch);
    records << ","
            << to_string(Date{15706 + static_cast<std::int32_t>(random % 365)})
            << ","
            << (session % 2 == 0 ? hours[(random >> 16U) % hours.size()] : "1");
    records.end_row();
    const std::uint32_t first = session % 2 * marks_of_session / 2;
    for (std::uint32_t at = 0; at < marks_of_session; ++at) {
      append_digits(marks.text(), session, 9);
      marks << ",";
      append_person(marks, branch * members_of_branch + first + at);
      marks << (chance(1, 3, session * 16ULL + at) % 8 < 6 ? ",present"
                                                           : ",absent");
      marks.end_row();
    }
  }
  close(records);
  close(marks);
}

void write_descriptor(const fs::path& folder) {
  std::ofstream out(folder / "datapackage.json");
  out << R"({"profile": "tabular-data-package", "name": "members", )"
      << R"("headrope": {"format": 1}, "resources": [)";
  bool is_first = true;
  for (const std::string name : {"units", "links", "memberships", "records",
                                 "attendance", "attributes"}) {
    out << (is_first ? "" : ", ") << R"({"profile": "tabular-data-resource", )"
        << R"("name": ")" << name << R"(", "path": ")" << name
        << R"(.csv", "encoding": "utf-8"})";
    is_first = false;
  }
  out << "]}\n";
}

constexpr std::string_view pack_text = R"(
format: headrope-pack/1
id: MEMBERS
issuer: {zh: 某, en: some}
title: {zh: 党员教育, en: education of members}
issued: 2012-12-01
effective: 2013-01-01
rules:
  - id: hours
    clause: 一
    title: {zh: 学时, en: class hours}
    subjects: {persons: [party_branch], where: {attribute: rank, in: [county, township]}}
    window: {each: year}
    require: {sum: {attended: [class_hours], presences: [present, late, made_up]}, at_least: 3}
  - id: rotation
    clause: 二
    title: {zh: 轮训, en: rotation training}
    subjects: {persons: [party_branch]}
    window: {by: 2013-12-31}
    require: {count: {attended: [rotation_training], presences: [present, late, made_up]}, at_least: 1}
)";

// Memory of this process in GiB, as the system counts it: the greatest since
// the last call of `forget_peak`, and now.
double memory(const std::string& field) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(field + ":")) {
      return std::strtod(line.c_str() + field.size() + 1, nullptr) / 1048576;
    }
  }
  return 0;
}
void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

// Steps that are timed once each, in order.
class Steps {
 public:
  explicit Steps(RatioTable& table) : table_(table) {}
  template <typename Step>
  auto operator()(const std::string& what, const Step& step) {
    forget_peak();
    const auto begin = std::chrono::steady_clock::now();
    auto result = step();
    const std::chrono::duration<double> taken =
        std::chrono::steady_clock::now() - begin;
    peak_ = std::max(peak_, memory("VmHWM"));
    table_.figure(
        what, "—",
        fmt::format("{}; {:.2f} GiB at most, {:.2f} GiB after",
                    duration(taken.count()), memory("VmHWM"), memory("VmRSS")),
        "—", -1);
    fmt::print(stderr, "{} {}\n", what, duration(taken.count()));
    return result;
  }
  [[nodiscard]] double peak() const { return peak_; }

 private:
  RatioTable& table_;
  double peak_ = 0;
};

std::shared_ptr<const Snapshot> load_and_freeze(Steps& step,
                                                const fs::path& folder,
                                                PackPointer& pack) {
  Diagnostics findings;
  Registry registry =
      step("load", [&] { return value_of(load_package(folder, findings)); });
  pack = value_of(parse_pack(pack_text, "members", registry, {}, findings));
  auto snapshot = step("freeze", [&] {
    return value_of(freeze(registry,
                           {value_of(make_date(2013, 12, 31)), latest_day, {}},
                           findings));
  });
  step("the registry is given back", [&] {
    const Registry gone = std::move(registry);
    return true;
  });
  return snapshot;
}

void ask(Steps& step, const std::shared_ptr<const Snapshot>& snapshot,
         const PackPointer& pack) {
  const Interval year{value_of(make_date(2013, 1, 1)),
                      value_of(make_date(2014, 1, 1))};
  const Forest& forest = *snapshot->find_forest("party");
  for (std::size_t rule = 0; rule < pack->rule_count(); ++rule) {
    const std::string name(pack->rule(rule).id);
    const auto assessed = [&](std::uint32_t threads) {
      return value_of(
          assess(*snapshot, pack, rule, {year, false, Threads{threads}}));
    };
    // Of the first only what is compared is kept: two would not fit.
    const auto statuses =
        step(name + ", 2 threads", [&] { return assessed(2); }).statuses;
    const auto found = step(name + ", 1 thread", [&] { return assessed(1); });
    if (found.statuses != statuses) give_up("the threads differ");
    const auto coverage = step(name + ", coverage of every node", [&] {
      return value_of(cover(*snapshot, forest, found));
    });
    const StatusCounts top = coverage.at({0});
    fmt::print(stderr, "{}: {} of {} met\n", name, top.of(Status::met),
               top.eligible());
    if (name == "hours") {
      step("hours, by rank", [&] {
        GroupBy by;
        by.type = GroupBy::Type::attribute;
        by.attribute = "rank";
        return value_of(cover_groups(*snapshot, found, by)).size();
      });
    }
  }
  step("different persons under every node",
       [&] { return count_members(*snapshot, forest, CountBasis::any)[0]; });
}

int run(const Arguments& arguments) {
  Party party{static_cast<std::uint32_t>(arguments.national.units * 2 / 3)};
  if (arguments.national.units == 5'250'000) party.branches = 3'333'334;
  if (party.branches < 1 || party.branches > 4'000'000) {
    give_up("there can be 4 million branches, two for three units");
  }
  const fs::path folder =
      arguments.folder / fmt::format("members-{}", party.members());
  fs::create_directories(folder);
  write_units(party, folder);
  write_members(party, folder);
  write_sessions(party, folder);
  write_descriptor(folder);
  RatioTable table;
  table.title(
      fmt::format("{} members in {} branches, {} attendance marks, once",
                  party.members(), party.branches, party.marks()));
  Steps step(table);
  PackPointer pack;
  const auto snapshot = load_and_freeze(step, folder, pack);
  ask(step, snapshot, pack);
  table.figure("memory at most", "—", fmt::format("{:.1f} GiB", step.peak()),
               "below 20 GiB", step.peak() < 20 ? 1 : 0);
  table.print();
  fs::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace headrope::bench

int main(int argc, char** argv) {
  return headrope::bench::run(headrope::bench::read_arguments(argc, argv));
}
