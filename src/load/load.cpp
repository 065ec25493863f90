// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Loading a package: the descriptor, its tables in the order in which they need
// each other, then the Registry as a whole.

#include "headrope/load.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "base/pace.hpp"
#include "base/utf8.hpp"
#include "load/descriptor.hpp"
#include "load/file_rows.hpp"
#include "load/load_pieces.hpp"
#include "load/table_rows.hpp"
#include "model/check.hpp"

namespace headrope {
namespace {

constexpr std::size_t threads_max = 64;

// Whether a table has the clock column of this position.
bool has_clock(const TableSpec& spec, std::size_t which) {
  return spec.clocks == Clocks::both ||
         (spec.clocks == Clocks::recorded && which >= 2);
}

class PackageLoader {
 public:
  PackageLoader(PackageSource& package, const LoadOptions& options,
                std::size_t piece_bytes, Diagnostics& findings)
      : package_(package),
        options_(options),
        piece_bytes_(piece_bytes),
        findings_(findings),
        limits_before_(findings.count(Code::limit_exceeded)),
        registry_(options.limits, options.vocabulary) {}

  Result<Registry> run() {
    if (!read_descriptor()) return first_error();
    report_unknown_tables();
    LoadContext context{registry_, findings_, descriptor_.ends_are_inclusive,
                        descriptor_.recorded_from,
                        find_resource("persons") == nullptr};
    for (const TableSpec& spec : table_specs()) {
      const Resource* resource = find_resource(spec.name);
      if (resource == nullptr) continue;
      for (const std::string& path : resource->paths) {
        load_file(context, spec, *resource, path);
        if (is_cancelled_) {
          return Error{Code::cancelled, "loading was stopped by the caller"};
        }
        // What came after would only be wrong because of what is left out.
        if (is_past_limit()) {
          findings_.sort();
          return first_error(Code::limit_exceeded);
        }
      }
    }
    const auto done = until_stopped("loading", [&]() -> Result<void> {
      check_all();
      return {};
    });
    findings_.sort();
    if (!done) return done.error();
    if (findings_.error_count() > 0) return first_error();
    return std::move(registry_);
  }

 private:
  void add(Code code, Severity severity, std::string_view file,
           std::uint64_t row, std::string_view column, std::string_view value,
           std::string message) {
    findings_.add({code, severity, std::string(file), row, std::string(column),
                   std::string(value), std::move(message)});
  }

  [[nodiscard]] bool is_past_limit() const {
    return findings_.count(Code::limit_exceeded) > limits_before_;
  }

  // The first error; of a code, if one is given.
  [[nodiscard]] Error first_error(std::optional<Code> code = {}) const {
    for (const Diagnostic& finding : findings_.items()) {
      if (finding.severity != Severity::error) continue;
      if (code && finding.code != *code) continue;
      std::string place = finding.file;
      if (finding.row > 0) place += ":" + std::to_string(finding.row);
      const std::uint64_t others = findings_.error_count() - 1;
      return {
          finding.code,
          place + ": " +
              (finding.value.empty() ? "" : in_quotes(finding.value) + ": ") +
              finding.message +
              (others == 0
                   ? ""
                   : " (and " + std::to_string(others) + " other errors)")};
    }
    return {Code::limit_exceeded, "the findings are full"};
  }

  bool read_descriptor() {
    const auto file = package_.open(descriptor_file);
    if (!file) {
      add(file.error().code, Severity::error, descriptor_file, 0, {}, {},
          file.error().message);
      return false;
    }
    const auto text = read_whole(**file, options_.limits.descriptor_bytes_max);
    if (!text) {
      add(text.error().code, Severity::error, descriptor_file, 0, {}, {},
          text.error().message);
      return false;
    }
    descriptor_ = parse_descriptor(*text, options_.limits, findings_);
    if (findings_.error_count() == 0 && find_resource("units") == nullptr) {
      add(Code::table_missing, Severity::error, descriptor_file, 0, {}, "units",
          "the table 'units' is missing");
    }
    findings_.sort();
    return findings_.error_count() == 0;
  }

  [[nodiscard]] const Resource* find_resource(std::string_view name) const {
    for (const Resource& resource : descriptor_.resources) {
      if (resource.name == name) return &resource;
    }
    return nullptr;
  }

  void report_unknown_tables() {
    for (const Resource& resource : descriptor_.resources) {
      const auto specs = table_specs();
      const bool is_known = std::any_of(
          specs.begin(), specs.end(),
          [&](const TableSpec& spec) { return spec.name == resource.name; });
      if (!is_known) {
        add(Code::table_unknown, Severity::warning, descriptor_file, 0, {},
            resource.name, "the table is not known and is not read");
      }
    }
  }

  void load_file(LoadContext& context, const TableSpec& spec,
                 const Resource& resource, const std::string& path) {
    const auto inside = check_inside(path);
    auto file = inside ? package_.open(path)
                       : Result<std::unique_ptr<PackageFile>>(inside.error());
    if (!file) {
      // The path is the descriptor's fault, not that of the file it leads to.
      add(file.error().code, Severity::error, descriptor_file, 0, "path", path,
          "table '" + resource.name + "': " + file.error().message);
      return;
    }
    const std::uint64_t bytes = (*file)->size();
    files_.push_back(path);
    TextSource source(*std::move(file), resource.encoding);
    const CsvReader::Options csv{
        .delimiter = resource.delimiter,
        .field_bytes_max = options_.limits.field_bytes_max,
        .row_bytes_max = options_.limits.row_bytes_max,
        .columns_max = options_.limits.columns_max};
    CsvCutter cutter(source, csv, piece_bytes_);
    CsvParser parser(csv);
    // A file has a first piece, if only an empty one.
    CsvPiece first;
    static_cast<void>(cutter.next(first));
    std::size_t start = 0;
    CsvFault fault;
    const auto header =
        parser.parse_header(first, start, source.mark_bytes(), fault);
    if (!header) {
      report_fault(std::move(fault), path, {});
      return;
    }
    const std::uint64_t errors_before = findings_.error_count();
    auto targets = match_header(spec, path, *header);
    if (findings_.error_count() > errors_before) return;
    TableRows rows(context, spec, path, files_.size() - 1,
                   origins_[std::string(spec.name)]);
    parser.choose_columns(std::move(targets), rows.batch.columns.size());
    FileRows taker(
        context, spec, rows, bytes,
        [&](CsvFault one) { report_fault(std::move(one), path, *header); },
        [&] { return is_past_limit(); });
    PieceLine line(cutter, parser,
                   {[&](CsvParser& of_thread, PieceWork& work) {
                      of_thread.parse(work.piece, work.start,
                                      source.mark_bytes(), work.rows);
                      taker.read_ahead(work);
                    },
                    [&](PieceWork& work, bool is_caller) {
                      const bool goes_on = taker.take(work);
                      if (is_caller && goes_on) tell(spec, work.piece, bytes);
                      return goes_on && !is_cancelled_;
                    }});
    told_ = 0;
    line.run(std::move(first), start, threads());
    if (!is_cancelled_) tell_now(spec, source.bytes_taken(), bytes);
  }

  [[nodiscard]] std::size_t threads() const {
    return std::clamp<std::size_t>(options_.threads.count, 1, threads_max);
  }

  // Tells how far a file is, not too often.
  void tell(const TableSpec& spec, const CsvPiece& piece, std::uint64_t bytes) {
    constexpr std::uint64_t step = 1U << 20U;
    if (piece.end != CsvPiece::End::rows || piece.taken - told_ < step) return;
    told_ = piece.taken;
    tell_now(spec, told_, bytes);
  }
  void tell_now(const TableSpec& spec, std::uint64_t done,
                std::uint64_t bytes) {
    if (!options_.progress) return;
    is_cancelled_ =
        !options_.progress("load " + std::string(spec.name), done, bytes);
  }

  void report_fault(CsvFault fault, const std::string& path,
                    const std::vector<std::string>& header) {
    const bool names_column =
        fault.error.code != Code::row_ragged && fault.field < header.size();
    add(fault.error.code, Severity::error, path, fault.row,
        names_column ? std::string_view(header[fault.field])
                     : std::string_view{},
        fault.value, std::move(fault.error.message));
  }

  // Where the fields of a row go, from the names in the header.
  std::vector<std::size_t> match_header(
      const TableSpec& spec, const std::string& path,
      const std::vector<std::string>& header) {
    std::vector<std::size_t> targets;
    std::vector<bool> seen(spec.columns.size() + clock_columns.size(), false);
    for (const std::string& name : header) {
      const std::size_t target = find_column(spec, name);
      if (target == RowBatch::not_wanted) {
        add(Code::column_unknown, Severity::warning, path, 1, name, name,
            "the column is not known and is not read");
      } else if (seen[target]) {
        add(Code::column_repeated, Severity::error, path, 1, name, name,
            "the column is named twice");
      } else {
        seen[target] = true;
      }
      targets.push_back(target);
    }
    for (std::size_t at = 0; at < spec.columns.size(); ++at) {
      if (spec.columns[at].is_required && !seen[at]) {
        add(Code::column_missing, Severity::error, path, 1,
            spec.columns[at].name, {},
            "the column is missing; the header has: " + listed(header));
      }
    }
    return targets;
  }

  static std::string listed(const std::vector<std::string>& header) {
    std::string list;
    for (const std::string& name : header) {
      if (!list.empty()) list += ", ";
      list += name;
    }
    return std::string(shortened(list, 200));
  }

  static std::size_t find_column(const TableSpec& spec, std::string_view name) {
    for (std::size_t at = 0; at < spec.columns.size(); ++at) {
      if (spec.columns[at].name == name) return at;
    }
    for (std::size_t which = 0; which < clock_columns.size(); ++which) {
      if (has_clock(spec, which) && clock_columns[which] == name) {
        return spec.columns.size() + which;
      }
    }
    return RowBatch::not_wanted;
  }

  // Checks the rows together; findings there name table and item, which become
  // file and row.
  void check_all() {
    // A list of their own: in a full one they would take the place of others.
    Diagnostics of_model(options_.limits.findings_max);
    Pace pace(options_.progress);
    check_registry(registry_.tables(), of_model, options_.limits.findings_max,
                   threads(), pace);
    for (Diagnostic& finding : of_model.items()) {
      const auto place = origins_[finding.file].place_of(
          static_cast<std::size_t>(finding.row - 1));
      finding.row = place.row;
      finding.file = files_[place.file];
    }
    findings_.append(of_model);
  }

  PackageSource& package_;
  const LoadOptions& options_;
  std::size_t piece_bytes_;
  Diagnostics& findings_;
  std::uint64_t limits_before_;
  Registry registry_;
  Descriptor descriptor_;
  std::vector<std::string> files_;
  std::map<std::string, RowOrigins> origins_;  // By table.
  std::uint64_t told_ = 0;  // Bytes of the file, at the last progress.
  bool is_cancelled_ = false;
};

// A file that lies in memory.
class MemoryReader : public PackageFile {
 public:
  explicit MemoryReader(std::string_view bytes)
      : rest_(bytes), size_(bytes.size()) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    const std::size_t count = std::min(buffer.size(), rest_.size());
    rest_.copy(buffer.data(), count);
    rest_.remove_prefix(count);
    return count;
  }
  [[nodiscard]] std::uint64_t size() const override { return size_; }

 private:
  std::string_view rest_;
  std::uint64_t size_;
};

class MemorySource : public PackageSource {
 public:
  explicit MemorySource(std::span<const MemoryFile> files) : files_(files) {}
  Result<std::unique_ptr<PackageFile>> open(std::string_view path) override {
    for (const MemoryFile& file : files_) {
      if (file.path != path) continue;
      return std::unique_ptr<PackageFile>(
          std::make_unique<MemoryReader>(file.bytes));
    }
    return Error{Code::file_unreadable,
                 in_quotes(path) + " is not among the files given"};
  }

 private:
  std::span<const MemoryFile> files_;
};

}  // namespace

Result<Registry> load_package(const std::filesystem::path& folder,
                              Diagnostics& findings,
                              const LoadOptions& options) {
  auto opened = PackageFolder::open(folder);
  if (!opened) {
    findings.add({opened.error().code,
                  Severity::error,
                  {},
                  0,
                  {},
                  folder.string(),
                  opened.error().message});
    return opened.error();
  }
  FolderSource source(*std::move(opened));
  return load_package(source, findings, options);
}

Result<Registry> load_package(PackageSource& source, Diagnostics& findings,
                              const LoadOptions& options) {
  return load_package_in_pieces(source, findings, options,
                                CsvCutter::piece_bytes_default);
}

Result<Registry> load_package_in_pieces(PackageSource& source,
                                        Diagnostics& findings,
                                        const LoadOptions& options,
                                        std::size_t piece_bytes) {
  // A list of this load alone: the caller's may hold findings already.
  Diagnostics own(options.limits.findings_max);
  auto registry = PackageLoader(source, options, piece_bytes, own).run();
  findings.append(own);
  return registry;
}

Result<Registry> load_package(std::span<const MemoryFile> files,
                              Diagnostics& findings,
                              const LoadOptions& options) {
  MemorySource source(files);
  return load_package(source, findings, options);
}

}  // namespace headrope
