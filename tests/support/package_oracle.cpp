// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "support/package_oracle.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <set>
#include <sstream>

#include <iconv.h>

#include "load/csv_reader.hpp"
#include "load/file.hpp"
#include "load/table_rows.hpp"

namespace headrope::testing {
namespace {

using Strings = std::vector<std::string>;

const std::array<std::string, 5> tables{"units", "links", "memberships",
                                        "records", "attendance"};

class PackageMaker {
 public:
  explicit PackageMaker(const PackagePlan& plan)
      : plan_(plan), random_(plan.seed) {}

  PackageFiles make() {
    PackageFiles files;
    std::string resources;
    for (const std::string& table : tables) {
      if (table != "units" && chance(150)) continue;
      if (table == "attendance" && !files.contains("persons.csv")) continue;
      add(files, resources, table);
      if (table == "links" && chance(500)) add(files, resources, "persons");
    }
    files["datapackage.json"] =
        R"({"headrope":{"format":1)" +
        std::string(chance(500) ? R"(,"interval_end":"inclusive")" : "") +
        R"(},"resources":[)" + resources + "]}";
    return files;
  }

 private:
  std::uint32_t below(std::uint32_t end) {
    return static_cast<std::uint32_t>(random_() % end);
  }
  bool chance(std::uint32_t of_1000) { return below(1000) < of_1000; }

  template <std::size_t count>
  std::string one_of(const std::array<const char*, count>& list) {
    return list[below(count)];
  }

  void add(PackageFiles& files, std::string& resources,
           const std::string& table) {
    const std::string encoding =
        plan_.is_gb18030 ? R"(,"encoding":"gb18030")" : "";
    resources += (resources.empty() ? "" : ",") +
                 (R"({"name":")" + table + R"(","path":")" + table +
                  R"(.csv")" + encoding + "}");
    files[table + ".csv"] = encoded(text_of(table));
  }

  [[nodiscard]] std::string encoded(const std::string& text) const {
    if (!plan_.is_gb18030) return text;
    std::string bytes(text.size() * 2 + 16, '\0');
    std::string input = text;
    char* in = input.data();
    char* out = bytes.data();
    std::size_t in_left = input.size();
    std::size_t out_left = bytes.size();
    const iconv_t handle = iconv_open("GB18030", "UTF-8");
    iconv(handle, &in, &in_left, &out, &out_left);
    iconv_close(handle);
    bytes.resize(bytes.size() - out_left);
    return bytes;
  }

  std::string text_of(const std::string& table) {
    Strings header = columns_of(table);
    std::shuffle(header.begin(), header.end(), random_);
    std::string text = chance(100) ? "\xEF\xBB\xBF" : "";
    if (chance(20)) header.emplace_back("colour");
    append_row(text, header);
    const std::uint32_t rows = below(plan_.rows_max + 1);
    for (std::uint32_t row = 0; row < rows; ++row) {
      if (chance(10)) text += chance(500) ? "\n" : "\r\n";
      Strings values;
      values.reserve(header.size());
      for (const std::string& column : header) {
        values.push_back(value_of(table, column, row));
      }
      if (is_fault() && chance(100)) values.emplace_back("more");
      if (is_fault() && chance(100)) values.pop_back();
      append_row(text, values);
      if (is_fault() && chance(30)) text += "a\"b,\n";
      if (plan_.has_bad_bytes && chance(20)) text += "\xE5\x85,\xFFx\n";
    }
    if (chance(200) && !text.empty()) text.pop_back();
    if (is_fault() && chance(100)) text += "\"open,\n";
    return text;
  }

  void append_row(std::string& text, const Strings& values) {
    for (std::size_t at = 0; at < values.size(); ++at) {
      if (at > 0) text += ',';
      const bool must = values[at].find_first_of(",\"\n") != std::string::npos;
      if (!must && !(plan_.is_quoted && chance(200))) {
        text += values[at];
        continue;
      }
      text += '"';
      for (const char c : values[at])
        text += c == '"' ? "\"\"" : std::string(1, c);
      text += '"';
    }
    text += chance(200) ? "\r\n" : "\n";
  }

  Strings columns_of(const std::string& table) {
    static const std::map<std::string, Strings> needed{
        {"units", {"unit", "kind"}},
        {"links", {"hierarchy", "unit", "parent"}},
        {"persons", {"person"}},
        {"memberships", {"person", "unit"}},
        {"records", {"measure", "unit", "valid_from"}},
        {"attendance", {"record", "person", "status"}}};
    static const std::map<std::string, Strings> more{
        {"units",
         {"name", "code", "valid_from", "valid_until", "recorded_from",
          "recorded_until"}},
        {"links", {"valid_from", "valid_until", "recorded_from"}},
        {"persons", {}},
        {"memberships", {"standing", "valid_from", "valid_until"}},
        {"records",
         {"record", "person", "value", "reach", "source", "valid_until",
          "recorded_until"}},
        {"attendance", {"recorded_from", "recorded_until"}}};
    Strings columns = needed.at(table);
    for (const std::string& column : more.at(table)) {
      if (chance(600)) columns.push_back(column);
    }
    return columns;
  }

  bool is_fault() { return chance(plan_.faults); }

  std::string value_of(const std::string& table, const std::string& column,
                       std::uint32_t row) {
    if (is_fault()) return fault();
    if (column == "unit" && table == "units") return unit(row);
    if (column == "person" && table == "persons")
      return "P" + std::to_string(row);
    if (column == "record" && table == "records") {
      return chance(500) ? "" : "R" + std::to_string(row);
    }
    if (column == "record") return "R" + std::to_string(below(plan_.rows_max));
    if (column == "person")
      return chance(100) && table == "records" ? "" : person();
    if (column == "unit" || column == "parent") {
      return chance(column == "parent" ? 100 : 2) ? ""
                                                  : unit(below(plan_.rows_max));
    }
    if (column == "kind")
      return one_of<4>({"town", "party_branch", "village", "county"});
    if (column == "hierarchy") return one_of<2>({"administrative", "party"});
    if (column == "measure")
      return one_of<3>({"study_session", "branch_assembly", "party_lecture"});
    if (column == "standing") return one_of<3>({"primary", "secondary", ""});
    if (column == "status") return one_of<3>({"present", "late", "absent"});
    if (column == "reach") return one_of<3>({"own", "subtree", ""});
    if (column == "value")
      return chance(300) ? "" : std::to_string(below(2000));
    if (column == "source") return one_of<3>({"", "簿", "book 1"});
    if (column == "name")
      return one_of<4>({"党支部", "say \"hi\", 党", "乙\n镇", ""});
    if (column == "code") return std::to_string(below(1'000'000'000));
    return day(column == "valid_from" && table == "records");
  }

  std::string unit(std::uint32_t number) {
    return plan_.seed % 2 == 0 ? "U" + std::to_string(number)
                               : "unit of the town " + std::to_string(number);
  }
  std::string person() {
    return "P" + std::to_string(below(plan_.rows_max + plan_.rows_max / 4 + 1));
  }
  std::string day(bool is_needed) {
    if (!is_needed && chance(700)) return "";
    const std::uint32_t year = 2010 + below(chance(900) ? 8 : 20);
    const std::string month = std::to_string(101 + below(12)).substr(1);
    return std::to_string(year) + "-" + month + "-" +
           std::to_string(101 + below(28)).substr(1);
  }
  std::string fault() {
    static const Strings faults{"",
                                "?",
                                "2013-02-29",
                                "9999-12-31",
                                "1399-12-31",
                                "2012-1-01",
                                "U0",
                                "P0",
                                "R1",
                                "-1.5",
                                "12345678901234567890",
                                std::string("a\0b", 3),
                                std::string(300, 'x'),
                                "primary ",
                                "2013-01-01"};
    return faults[below(static_cast<std::uint32_t>(faults.size()))];
  }

  PackagePlan plan_;
  std::mt19937 random_;
};

class PiecewiseFile : public PackageFile {
 public:
  PiecewiseFile(std::string_view bytes, std::size_t read_max)
      : rest_(bytes), size_(bytes.size()), read_max_(read_max) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    const std::size_t count =
        std::min({buffer.size(), rest_.size(), read_max_});
    rest_.copy(buffer.data(), count);
    rest_.remove_prefix(count);
    return count;
  }
  [[nodiscard]] std::uint64_t size() const override { return size_; }

 private:
  std::string_view rest_;
  std::uint64_t size_;
  std::size_t read_max_;
};

void put(std::ostream& out, const Interval& valid, const Interval& recorded) {
  out << ' ' << valid.valid_from.days << ' ' << valid.valid_until.days << ' '
      << recorded.valid_from.days << ' ' << recorded.valid_until.days << '\n';
}

void put_rows(std::ostream& out, const Registry& registry) {
  for (const std::string_view id : registry.unit_identities())
    out << id << '\n';
  for (const std::string_view id : registry.person_identities())
    out << id << '\n';
  for (const UnitState& row : registry.unit_states()) {
    out << row.unit.value << ' ' << row.kind.value << ' ' << row.name << ' '
        << row.code;
    put(out, row.valid, row.recorded);
  }
  for (const Link& row : registry.links()) {
    out << row.hierarchy.value << ' ' << row.unit.value << ' '
        << row.parent.value;
    put(out, row.valid, row.recorded);
  }
  for (const Membership& row : registry.memberships()) {
    out << row.person.value << ' ' << row.unit.value << ' '
        << static_cast<int>(row.standing);
    put(out, row.valid, row.recorded);
  }
  for (std::uint32_t at = 0; at < registry.records().size(); ++at) {
    const Record& row = registry.records()[at];
    out << registry.record_identity(RecordId{at}) << ' ' << row.measure.value
        << ' ' << row.unit.value << ' ' << row.person.value << ' ' << row.value
        << ' ' << static_cast<int>(row.reach) << ' ' << row.source;
    put(out, row.valid, row.recorded);
  }
  for (const Attendance& row : registry.attendance()) {
    out << row.record.value << ' ' << row.person.value << ' '
        << static_cast<int>(row.presence);
    put(out, {}, row.recorded);
  }
}

// Reading a package as it was done before there were threads.
class PlainLoader {
 public:
  PlainLoader(const PackageFiles& files, const PackagePlan& plan,
              const LoadOptions& options)
      : files_(files),
        plan_(plan),
        options_(options),
        findings_(options.limits.findings_max),
        registry_(options.limits),
        context_{
            registry_, findings_,
            files.at("datapackage.json").find("inclusive") != std::string::npos,
            Date::open_start(), !files.contains("persons.csv")} {}

  std::string run() {
    for (const TableSpec& spec : table_specs()) {
      const std::string path = std::string(spec.name) + ".csv";
      if (files_.contains(path)) load(spec, path);
      if (findings_.count(Code::limit_exceeded) > 0) return told_faults();
    }
    Diagnostics together(options_.limits.findings_max);
    registry_.check(together);
    for (Diagnostic& finding : together.items()) {
      const auto place = origins_[finding.file].place_of(
          static_cast<std::size_t>(finding.row - 1));
      finding.file += ".csv";
      finding.row = place.row;
    }
    findings_.append(together);
    if (findings_.error_count() > 0) return told_faults();
    findings_.sort();
    return told_outcome(std::move(registry_), findings_);
  }

 private:
  std::string told_faults() {
    findings_.sort();
    return told_outcome(Error{}, findings_);
  }

  void load(const TableSpec& spec, const std::string& path) {
    TextSource source(
        std::make_unique<PiecewiseFile>(files_.at(path), std::size_t{1} << 20U),
        plan_.is_gb18030 ? Encoding::gb18030 : Encoding::utf8);
    CsvReader reader(source,
                     {.field_bytes_max = options_.limits.field_bytes_max,
                      .row_bytes_max = options_.limits.row_bytes_max,
                      .columns_max = options_.limits.columns_max});
    const auto header = reader.read_header();
    if (!header) return report(reader, path, {});
    TableRows rows(context_, spec, path, 0, origins_[std::string(spec.name)]);
    std::vector<std::size_t> targets;
    for (const std::string& name : *header) {
      targets.push_back(target_of(spec, name));
      if (targets.back() != RowBatch::not_wanted) continue;
      findings_.add({Code::column_unknown, Severity::warning, path, 1, name,
                     name, "the column is not known and is not read"});
    }
    for (auto& column : rows.batch.columns) {
      column.assign(RowBatch::rows_max, {});
    }
    reader.choose_columns(std::move(targets), rows.batch.columns.size());
    for (bool goes_on = true; goes_on;) {
      goes_on = reader.read_batch(rows.batch);
      report(reader, path, *header);
      if (rows.size() > 0) spec.add_rows(rows);
      goes_on = goes_on && findings_.count(Code::limit_exceeded) == 0;
    }
  }

  static std::size_t target_of(const TableSpec& spec, const std::string& name) {
    for (std::size_t at = 0; at < spec.columns.size(); ++at) {
      if (spec.columns[at].name == name) return at;
    }
    for (std::size_t which = 0; which < clock_columns.size(); ++which) {
      if (clock_columns[which] == name) return spec.columns.size() + which;
    }
    return RowBatch::not_wanted;
  }

  void report(CsvReader& reader, const std::string& path,
              const Strings& header) {
    for (CsvFault& fault : reader.take_faults()) {
      const bool names_column =
          fault.error.code != Code::row_ragged && fault.field < header.size();
      findings_.add({fault.error.code, Severity::error, path, fault.row,
                     names_column ? header[fault.field] : "", fault.value,
                     std::move(fault.error.message)});
    }
  }

  const PackageFiles& files_;
  PackagePlan plan_;
  LoadOptions options_;
  Diagnostics findings_;
  Registry registry_;
  LoadContext context_;
  std::map<std::string, RowOrigins> origins_;
};

}  // namespace

PackageFiles random_package(const PackagePlan& plan) {
  return PackageMaker(plan).make();
}

Result<std::unique_ptr<PackageFile>> PiecewiseSource::open(
    std::string_view path) {
  const auto found = files_.find(std::string(path));
  if (found == files_.end()) return Error{Code::file_unreadable, "none"};
  return std::unique_ptr<PackageFile>(
      std::make_unique<PiecewiseFile>(found->second, read_max_));
}

std::string told_outcome(const Result<Registry>& registry,
                         const Diagnostics& findings) {
  std::ostringstream out;
  if (registry) {
    put_rows(out, *registry);
  } else {
    out << "refused\n";
  }
  for (const Diagnostic& one : findings.items()) {
    out << code_info(one.code).id << ' ' << static_cast<int>(one.severity)
        << ' ' << one.file << ':' << one.row << ' ' << one.column << " '"
        << one.value << "' " << one.message << '\n';
  }
  out << findings.error_count() << ' ' << findings.warning_count() << '\n';
  return out.str();
}

std::string loaded_plainly(const PackageFiles& files, const PackagePlan& plan,
                           const LoadOptions& options) {
  return PlainLoader(files, plan, options).run();
}

}  // namespace headrope::testing
