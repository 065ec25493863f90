// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Files that are damaged, cut, made to deceive, or simply not there.

#include <cstring>
#include <limits>
#include <random>
#include <thread>

#include <catch2/catch.hpp>

#include "headrope/answers.hpp"
#include "headrope/responsibility.hpp"
#include "snapshot/check_parts.hpp"
#include "snapshot/file_format.hpp"
#include "support/scratch_folder.hpp"
#include "support/snapshot_texts.hpp"
#include <headrope/snapshot_file.hpp>

namespace headrope {
namespace {

namespace fs = std::filesystem;
using testing::bytes_of;
using testing::ScratchFolder;
using testing::write_bytes;

constexpr Date day{15'706};
constexpr Interval year{Date{15'706}, Date{16'071}};

template <typename T>
T good(Result<T> result) {
  if (!result) FAIL(result.error().message);
  return std::move(result).value();
}
void good(const Result<void>& result) {
  if (!result) FAIL(result.error().message);
}

// Everything about responsibility.
void add_responsibility(Registry& r, const std::vector<UnitId>& units,
                        PersonId holder) {
  const auto head = good(r.add(
      Role{.id = "head", .holders_max = 1, .function = RoleFunction::head}));
  const auto lead = good(r.add(Role{.id = "lead",
                                    .function = RoleFunction::lead,
                                    .holder_types = {EntityType::unit},
                                    .holder_kinds = {*r.find_kind("organ")}}));
  const auto post = good(r.make_post("secretary"));
  good(r.add(Post{post, units[1], head, 1, {}, {}, {}}));
  good(r.add(Holding{post, holder, true, year, {}}));
  const auto colour = *r.find_attribute("colour");
  good(r.add(Attribute{{EntityType::post, 0}, colour, "green", {}, {}}));
  const auto duty = good(r.make_duty("water"));
  good(r.add(
      Duty{duty, "防汛", "§ 1", {}, {}, *r.find_hierarchy("block"), "work"}));
  good(r.add(DutyScope{
      duty,
      {Scope::Type::subtree, units[0], {}, *r.find_hierarchy("block")},
      "",
      {},
      {}}));
  good(r.add(Assignment{duty,
                        lead,
                        {EntityType::unit, units[1].value},
                        Scope{Scope::Type::unit, units[3], {}, {}},
                        "§ 2",
                        {},
                        {}}));
  good(r.add(Assignment{duty,
                        lead,
                        {EntityType::unit, r.find_unit("gone")->value},
                        {},
                        "",
                        {},
                        {}}));
  good(r.add(Need{.type = Need::Type::holders, .role = head, .at_least = 1}));
  good(r.add(
      Pairing{"contact_point", {EntityType::person, 0}, units[4], {}, {}}));
}

// A small town with something in every column: a tree, a net in which a unit
// with units below it has two parents, persons out of order, records of units
// and persons, marks, attributes, and everything about responsibility.
Registry town() {
  Registry r({}, StartingVocabulary::empty);
  const auto organ = good(r.add(Kind{.id = "organ", .label = {"机关", ""}}));
  const auto block = good(r.add(Hierarchy{.id = "block"}));
  const auto net =
      good(r.add(Hierarchy{.id = "net", .parents = ParentPolicy::many}));
  std::vector<UnitId> units;
  for (const char* name : {"root", "b", "a", "c", "d", "e"}) {
    units.push_back(good(r.make_unit(name)));
    good(r.add(UnitState{units.back(), organ, "名称", name, {}, {}}));
  }
  const std::vector<int> parents{-1, 0, 0, 1, 2, 3};
  for (std::size_t at = 0; at < units.size(); ++at) {
    const UnitId above = parents[at] < 0
                             ? UnitId{}
                             : units[static_cast<std::size_t>(parents[at])];
    good(r.add(Link{block, units[at], above, {}, {}}));
    good(r.add(Link{net, units[at], above, {}, {}}));
  }
  good(r.add(Link{net, units[3], units[2], {}, {}}));
  const UnitId gone = good(r.make_unit("gone"));
  good(r.add(UnitState{gone, organ, "", "", {Date{0}, Date{1}}, {}}));
  std::vector<PersonId> persons;
  for (const char* name : {"zoe", "adam", "mei"}) {
    persons.push_back(good(r.make_person(name)));
    good(
        r.add(Membership{persons.back(), units[3], Standing::primary, {}, {}}));
  }
  good(r.add(Membership{persons[0], units[1], Standing::secondary, {}, {}}));
  const auto measure = good(r.add(Measure{.id = "pages", .decimals = 2}));
  std::vector<RecordId> records;
  for (int at = 0; at < 8; ++at) {
    Record row{
        measure,  units[static_cast<std::size_t>(at % 6)], {}, Reach::own,
        at * 100, {Date{15'700 + at}, Date{15'701 + at}},  {}, ""};
    if (at % 2 == 1) row.reach = Reach::subtree;
    if (at == 6) row.person = persons[1];
    records.push_back(good(r.add(row, at < 3 ? "r" + std::to_string(at) : "")));
  }
  good(r.add(Attendance{records[0], persons[0], Presence::late, {}}));
  good(r.add(Attendance{records[0], persons[1], Presence::excused, {}}));
  const auto colour = good(r.make_attribute("colour"));
  good(r.add(
      Attribute{{EntityType::unit, units[2].value}, colour, "红", {}, {}}));
  good(r.add(Attribute{{EntityType::person, 1}, colour, "blue", {}, {}}));
  good(r.add(Attribute{{EntityType::record, 2}, colour, "", {}, {}}));
  add_responsibility(r, units, persons[1]);
  return r;
}

std::shared_ptr<const Snapshot> frozen_town() {
  Diagnostics findings;
  return good(freeze(town(), {day, latest_day, {}}, findings));
}

void save_town(const fs::path& file) {
  const auto snapshot = frozen_town();
  std::vector<std::int64_t> values(snapshot->unit_count());
  std::vector<std::uint8_t> has(values.size(), 1);
  for (std::size_t at = 0; at < values.size(); ++at) {
    values[at] = static_cast<std::int64_t>(at * at);
  }
  has[1] = 0;
  const std::vector<SavedFigure> figures{{"households", day, 0, values, has}};
  good(save_snapshot(*snapshot, file, {figures, {}}));
}

// Makes all sums of a file right again, as far as its directory leads to bytes.
void sum_again(std::string& bytes) {
  FileHeader header;
  if (bytes.size() < sizeof header) return;
  std::memcpy(&header, bytes.data(), sizeof header);
  const auto raw = std::as_writable_bytes(std::span(bytes));
  const std::size_t room =
      (bytes.size() - sizeof header) / sizeof(SectionEntry);
  const std::size_t count = std::min<std::size_t>(header.section_count, room);
  for (std::size_t at = 0; at < count; ++at) {
    SectionEntry entry;
    char* place = bytes.data() + sizeof header + at * sizeof entry;
    std::memcpy(&entry, place, sizeof entry);
    const std::uint64_t size = entry.byte_count();
    if (entry.offset > bytes.size() || size > bytes.size() - entry.offset) {
      continue;
    }
    entry.checksum = checksum_of(raw.subspan(entry.offset, size));
    std::memcpy(place, &entry, sizeof entry);
  }
  header.directory_checksum =
      checksum_of(raw.subspan(sizeof header, count * sizeof(SectionEntry)));
  std::memcpy(bytes.data(), &header, sizeof header);
  header.header_checksum =
      checksum_of(raw.first(sizeof header - sizeof header.header_checksum));
  std::memcpy(bytes.data(), &header, sizeof header);
}

// Asks everything of a snapshot that may be damaged: what is damaged is told,
// and nothing worse happens.
bool is_told_or_good(const std::shared_ptr<const Snapshot>& snapshot) {
  bool is_good = true;
  const auto ask = [&](const auto& question) {
    try {
      question();
    } catch (const SnapshotDamaged& damage) {
      is_good = false;
      REQUIRE(damage.error().code == Code::file_damaged);
      REQUIRE(std::string_view(damage.what()) == damage.error().message);
    }
  };
  ask([&] { (void)testing::everything(*snapshot); });
  ask([&] { (void)testing::answers(snapshot); });
  return is_good;
}

std::string reason_of(const fs::path& file, const OpenOptions& options = {}) {
  const auto opened = open_snapshot(file, options);
  return opened ? "" : opened.error().message;
}

TEST_CASE("Every file that was cut is refused", "[snapshot][HDR-LOAD-140]") {
  const ScratchFolder folder;
  save_town(folder / "a");
  const std::string whole = bytes_of(folder / "a");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    write_bytes(folder / "cut", whole.substr(0, size));
    for (const Verify verify : {Verify::at_open, Verify::as_needed}) {
      for (const bool into_memory : {false, true}) {
        const auto opened =
            open_snapshot(folder / "cut", {verify, into_memory, 1, {}});
        REQUIRE_FALSE(opened);
        REQUIRE(opened.error().code == Code::file_damaged);
      }
    }
  }
  write_bytes(folder / "cut", whole + '\0');
  CHECK_THAT(reason_of(folder / "cut"), Catch::Contains("bytes and says"));
}

TEST_CASE("Every flipped bit is found", "[snapshot][HDR-LOAD-140]") {
  const ScratchFolder folder;
  save_town(folder / "a");
  const std::string whole = bytes_of(folder / "a");
  std::mt19937 random(20'121'204);
  for (int round = 0; round < 10'000; ++round) {
    const std::size_t bit = random() % (whole.size() * 8);
    CAPTURE(bit);
    std::string bytes = whole;
    bytes[bit / 8] = static_cast<char>(
        static_cast<unsigned char>(bytes[bit / 8]) ^ (1U << (bit % 8)));
    write_bytes(folder / "flipped", bytes);
    const auto opened = open_snapshot(folder / "flipped");
    REQUIRE_FALSE(opened);
    REQUIRE((opened.error().code == Code::file_damaged ||
             opened.error().code == Code::format_unsupported));
    REQUIRE(opened.error().message.size() > 20);
    const auto lazy =
        open_snapshot(folder / "flipped", {Verify::as_needed, true, 1, {}});
    if (lazy && round % 10 == 0) {
      REQUIRE_FALSE(is_told_or_good(*lazy));
    }
  }
}

TEST_CASE("A file made to deceive leads nobody astray",
          "[snapshot][HDR-LOAD-140]") {
  const ScratchFolder folder;
  save_town(folder / "a");
  const std::string whole = bytes_of(folder / "a");
  std::mt19937 random(7);
  constexpr std::array<unsigned char, 8> liked{0,    1,    2,    0x7F,
                                               0x80, 0xFE, 0xFF, 5};
  std::size_t opened_count = 0;
  for (int round = 0; round < 10'000; ++round) {
    std::string bytes = whole;
    for (std::size_t n = 0; n <= random() % 3; ++n) {
      const std::size_t at = random() % bytes.size();
      const std::size_t run = random() % 4 == 0 ? 4 : 1;
      const unsigned char byte = random() % 2 == 0
                                     ? liked[random() % liked.size()]
                                     : static_cast<unsigned char>(random());
      for (std::size_t i = at; i < std::min(at + run, bytes.size()); ++i) {
        bytes[i] = static_cast<char>(byte);
      }
    }
    sum_again(bytes);
    write_bytes(folder / "made", bytes);
    for (const Verify verify : {Verify::at_open, Verify::as_needed}) {
      const auto opened = open_snapshot(folder / "made", {verify, true, 1, {}});
      if (!opened) continue;
      const bool is_good = is_told_or_good(*opened);
      opened_count += is_good ? 1U : 0U;
      REQUIRE((is_good || verify == Verify::as_needed));
    }
  }
  // Some are only other figures, and open.
  CHECK(opened_count > 0);
  CHECK(opened_count < 15'000);
}

// Sets an element of a section, with all sums right.
template <typename Value>
void set(const fs::path& file, SectionId id, std::uint32_t index,
         std::size_t at, Value value) {
  std::string bytes = bytes_of(file);
  const auto directory =
      good(FileDirectory::read(std::as_bytes(std::span(bytes))));
  const SectionEntry* entry = directory.find({id, index});
  REQUIRE(entry != nullptr);
  REQUIRE(entry->count > at);
  std::memcpy(bytes.data() + entry->offset + at * entry->element_bytes, &value,
              sizeof value);
  sum_again(bytes);
  write_bytes(file, bytes);
}

TEST_CASE("What the readers rely on is looked at", "[snapshot][HDR-LOAD-140]") {
  const ScratchFolder folder;
  const fs::path file = folder / "a";
  save_town(file);
  REQUIRE(reason_of(file).empty());
  const auto expect = [&](std::string_view reason) {
    CHECK_THAT(reason_of(file), Catch::Contains(std::string(reason)));
    CHECK_THAT(reason_of(file, {Verify::at_open, true, 3, {}}),
               Catch::Contains(std::string(reason)));
  };
  const auto u32 = [](std::uint32_t value) { return value; };
  SECTION("a kind") {
    set(file, SectionId::unit_kind, 0, 2, u32(60'000));
    expect("the units: a kind is not there");
  }
  SECTION("lives") {
    set(file, SectionId::life, 0, 0, Interval{day, day});
    expect("the units: a life is out of order");
  }
  SECTION("a life on another day") {
    set(file, SectionId::life, 0, 0,
        Interval{add_days(day, 1), add_days(day, 9)});
    expect("the units: a unit does not live on the day");
  }
  SECTION("groups") {
    set(file, SectionId::life_begin, 0, 1, u32(2'000));
    expect("the units: the lives are not grouped");
  }
  SECTION("the order of identities") {
    set(file, SectionId::persons_by_identity, 0, 0, u32(0));
    expect("the persons: the identities are not in their order");
  }
  SECTION("texts that begin inside a character") {
    set(file, SectionId::unit_name, 0, 1, u32(1));
    expect("the names of the units: a text begins inside a character");
  }
  SECTION("texts that go back") {
    set(file, SectionId::unit_identity, 0, 1, u32(4'000'000'000));
    expect("the identities of the units: the texts do not follow each other");
  }
  SECTION("texts that are not UTF-8") {
    set(file, static_cast<SectionId>(10), 0, 0, '\xC3');
    expect("the names of the units: a text is not UTF-8");
  }
  SECTION("members") {
    set(file, SectionId::member, 0, 0, u32(3));
    expect("the members: a member is not there");
  }
  SECTION("a member twice") {
    set(file, SectionId::member, 0, 1, u32(0));
    expect("the members: the members are out of order");
  }
  SECTION("places") {
    set(file, SectionId::end, 0, 1, u32(6));
    expect("the hierarchy 'block': the places are not in pre-order");
  }
  SECTION("parents") {
    set(file, SectionId::parent, 0, 2, u32(4));
    expect("the hierarchy 'block': the places are not in pre-order");
  }
  SECTION("what stands below the places of a unit") {
    const auto snapshot = frozen_town();
    const Forest& net = *snapshot->find_forest("net");
    REQUIRE_FALSE(net.is_tree());
    const UnitIndex unit = *snapshot->find_unit("c");
    const std::uint32_t below = net.more_places(unit).back() + 1;
    set(file, SectionId::unit_of_place, 1, below, u32(unit.value));
    expect("the hierarchy 'net': ");
  }
  const std::uint32_t books = frozen_town()->find_measure("pages")->value * 2;
  SECTION("the days of a record") {
    set(file, SectionId::record_from, books, 0, std::int32_t{9'000'000});
    expect("the records of 'pages': the days of a record are none");
  }
  SECTION("a record that is not there") {
    set(file, SectionId::record_id, books, 0, u32(4'000'000'000));
    expect("the records of 'pages': a record is not there");
  }
  SECTION("the subject of a record") {
    set(file, SectionId::record_subject, books, 0, u32(6));
    expect("the records of 'pages': the subject of a record is not there");
  }
  SECTION("the order of records") {
    set(file, SectionId::record_subject, books, 0, u32(5));
    expect("the records of 'pages': the records are out of order");
  }
  SECTION("a mark") {
    set(file, SectionId::mark, 0, 0, Mark{PersonId{9}, 0, Presence::late});
    expect("the attendance: a mark is not as it should be");
  }
  SECTION("a figure") {
    set(file, SectionId::figure_has_value, 0, 0, std::uint8_t{2});
    expect("the figure 'households': whether a unit has a value");
  }
}

TEST_CASE("A damaged part is told when it is asked for",
          "[snapshot][HDR-LOAD-140]") {
  const ScratchFolder folder;
  const fs::path file = folder / "a";
  save_town(file);
  set(file, SectionId::parent, 0, 2, std::uint32_t{4});
  const auto snapshot =
      good(open_snapshot(file, {Verify::as_needed, false, 1, {}}));
  CHECK(snapshot->unit_count() == 6);
  CHECK(snapshot->name(UnitIndex{0}) == "名称");
  CHECK(snapshot->find_forest("net") != nullptr);
  CHECK_THROWS_AS(snapshot->find_forest("block"), SnapshotDamaged);
  CHECK_THROWS_AS(snapshot->forests(), SnapshotDamaged);
  // Again, and from several threads at once.
  std::vector<int> thrown(4, 0);
  std::vector<std::thread> threads;
  for (int& one : thrown) {
    threads.emplace_back([&] {
      try {
        (void)snapshot->forests();
      } catch (const SnapshotDamaged&) {
        one = 1;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(thrown == std::vector<int>(4, 1));
  // What gives a Result gives the error.
  Rule rule;
  rule.tally.measures = {*snapshot->find_measure("pages")};
  rule.requirement.threshold = 1;
  rule.tally.credit_along = HierarchyId{0};
  const auto assessed = assess(*snapshot, rule, year);
  REQUIRE_FALSE(assessed);
  CHECK(assessed.error().code == Code::file_damaged);
  const auto saved = save_snapshot(*snapshot, folder / "b");
  REQUIRE_FALSE(saved);
  CHECK(saved.error().code == Code::file_damaged);
  CHECK_FALSE(fs::exists(folder / "b"));
}

TEST_CASE("Many threads look at a part at once", "[snapshot]") {
  const ScratchFolder folder;
  save_town(folder / "a");
  const std::string expected =
      testing::everything(*good(open_snapshot(folder / "a")));
  for (int round = 0; round < 20; ++round) {
    const auto snapshot =
        good(open_snapshot(folder / "a", {Verify::as_needed, false, 1, {}}));
    std::vector<std::string> said(4);
    std::vector<std::thread> threads;
    for (std::string& one : said) {
      threads.emplace_back([&] { one = testing::everything(*snapshot); });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& one : said) REQUIRE(one == expected);
  }
}

TEST_CASE("A file of another version or order of bytes is not read",
          "[snapshot][HDR-LOAD-104]") {
  const ScratchFolder folder;
  save_town(folder / "a");
  std::string bytes = bytes_of(folder / "a");
  const auto code_of = [&](std::size_t at, std::uint32_t value) {
    std::string other = bytes;
    std::memcpy(other.data() + at, &value, sizeof value);
    sum_again(other);
    write_bytes(folder / "other", other);
    const auto opened = open_snapshot(folder / "other");
    REQUIRE_FALSE(opened);
    return opened.error().code;
  };
  CHECK(code_of(8, file_version + 1) == Code::format_unsupported);
  CHECK(code_of(8, 0) == Code::format_unsupported);
  CHECK(code_of(12, 0x04030201U) == Code::format_unsupported);
  CHECK(code_of(12, 0x04030202U) == Code::file_damaged);
  CHECK(code_of(0, 0x46524888U) == Code::file_damaged);
}

TEST_CASE("What is no file is not opened", "[snapshot][HDR-LOAD-102]") {
  const ScratchFolder folder;
  for (const fs::path& path :
       {folder / "missing", folder.path(), fs::path("/dev/null")}) {
    const auto opened = open_snapshot(path);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == Code::file_unreadable);
    CHECK_THAT(opened.error().message, Catch::Contains(path.native()));
  }
  write_bytes(folder / "empty", "");
  CHECK_THAT(reason_of(folder / "empty"), Catch::Contains("it is empty"));
  write_bytes(folder / "text", std::string(1000, 'x'));
  CHECK_THAT(reason_of(folder / "text"), Catch::Contains("does not begin"));
}

TEST_CASE("Saving takes the place of a file at once, or not at all",
          "[snapshot][HDR-LOAD-141]") {
  const ScratchFolder folder;
  const auto snapshot = frozen_town();
  const auto refused = save_snapshot(*snapshot, folder / "none" / "a");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::file_unwritable);

  save_town(folder / "a");
  const auto opened = good(open_snapshot(folder / "a"));
  const std::string before = testing::everything(*opened);
  good(save_snapshot(*snapshot, folder / "a"));
  CHECK(testing::everything(*opened) == before);
  CHECK(good(open_snapshot(folder / "a"))->saved_figure_count() == 0);
  CHECK(opened->saved_figure_count() == 1);

  const std::string bytes = bytes_of(folder / "a");
  const auto stopped = save_snapshot(
      *opened, folder / "a",
      {{},
       [](std::string_view, std::uint64_t, std::uint64_t) { return false; }});
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == Code::cancelled);
  CHECK(bytes_of(folder / "a") == bytes);
  // Nothing else is left in the folder.
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("Opening can be stopped", "[snapshot][HDR-BASE-003]") {
  const ScratchFolder folder;
  save_town(folder / "a");
  OpenOptions options;
  std::uint64_t last = 0;
  options.progress = [&](std::string_view, std::uint64_t done,
                         std::uint64_t total) {
    CHECK(done >= last);
    CHECK(done <= total);
    last = done;
    return true;
  };
  good(open_snapshot(folder / "a", options));
  CHECK(last > 0);
  options.progress = [](std::string_view, std::uint64_t, std::uint64_t) {
    return false;
  };
  const auto stopped = open_snapshot(folder / "a", options);
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == Code::cancelled);
}

TEST_CASE("What is read into memory does not need its file", "[snapshot]") {
  const ScratchFolder folder;
  save_town(folder / "a");
  const auto snapshot =
      good(open_snapshot(folder / "a", {Verify::as_needed, true, 1, {}}));
  const std::string expected =
      testing::everything(*good(open_snapshot(folder / "a")));
  write_bytes(folder / "a", "gone");
  CHECK(testing::everything(*snapshot) == expected);
}

TEST_CASE("A figure needs a name of its own and a value for each unit",
          "[snapshot][HDR-BASE-004]") {
  const ScratchFolder folder;
  const auto snapshot = frozen_town();
  const std::vector<std::int64_t> values(snapshot->unit_count());
  const std::vector<std::int64_t> few(snapshot->unit_count() - 1);
  const std::vector<std::uint8_t> twos(snapshot->unit_count(), 2);
  const std::vector<std::uint8_t> flags(1);
  const auto refuses = [&](std::vector<SavedFigure> figures) {
    const auto saved = save_snapshot(*snapshot, folder / "a", {figures, {}});
    return !saved && saved.error().code == Code::invalid_argument;
  };
  CHECK_FALSE(refuses({{"a", day, 9, values, {}}, {"b", day, 0, values, {}}}));
  CHECK(refuses({{"a", day, 0, values, {}}, {"a", day, 0, values, {}}}));
  CHECK(refuses({{"", day, 0, values, {}}}));
  CHECK(refuses({{"\xFF", day, 0, values, {}}}));
  CHECK(refuses({{"a", day, 10, values, {}}}));
  CHECK(refuses({{"a", day, 0, few, {}}}));
  CHECK(refuses({{"a", day, 0, values, flags}}));
  CHECK(refuses({{"a", day, 0, values, twos}}));
}

TEST_CASE("An empty organisation can be saved", "[snapshot]") {
  const ScratchFolder folder;
  Diagnostics findings;
  const Registry registry({}, StartingVocabulary::empty);
  const auto snapshot = good(freeze(registry, {day, latest_day, {}}, findings));
  good(save_snapshot(*snapshot, folder / "a"));
  for (const Verify verify : {Verify::at_open, Verify::as_needed}) {
    const auto opened =
        good(open_snapshot(folder / "a", {verify, false, 1, {}}));
    CHECK(testing::everything(*opened) == testing::everything(*snapshot));
    CHECK(testing::answers(opened) == testing::answers(snapshot));
  }
}

TEST_CASE("Texts of more than 4 GiB have offsets of 64 bits", "[snapshot]") {
  const std::string_view bytes = "aé中";
  const std::vector<std::uint64_t> offsets{0, 1, 1, 3, 6};
  const Texts texts(std::span<const std::uint64_t>(offsets), bytes.data());
  REQUIRE(texts.size() == 4);
  CHECK(texts[0] == "a");
  CHECK(texts[1].empty());
  CHECK(texts[3] == "中");
  CHECK(texts.size_bytes() == 4 * 8 + 6);
  CHECK(texts_fault(std::span<const std::uint64_t>(offsets), bytes).empty());
  const std::vector<std::uint64_t> inside{0, 2, 6};
  CHECK_FALSE(
      texts_fault(std::span<const std::uint64_t>(inside), bytes).empty());
  const std::vector<std::uint64_t> longer{0, std::uint64_t{1} << 33U};
  CHECK_FALSE(
      texts_fault(std::span<const std::uint64_t>(longer), bytes).empty());
}

}  // namespace
}  // namespace headrope
