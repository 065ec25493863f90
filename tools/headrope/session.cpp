// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What every command does alike.

#include "headrope/session.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace headrope::tool {

void write(const Table& table, const Options& options) {
  const Sink sink = [](std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
  };
  if (options.format == "csv") {
    write_csv(table, sink);
  } else if (options.format == "json") {
    write_json(table, sink);
  } else {
    write_terminal(table, language_of(options), sink);
  }
}

void say(const std::string& text) {
  std::fflush(stdout);  // In the order in which it was said.
  std::fputs((text + "\n").c_str(), stderr);
}

std::string counted(std::uint64_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

void StepTimer::step(std::string_view what) {
  const auto now = std::chrono::steady_clock::now();
  if (is_on_) {
    const auto took = std::chrono::duration<double, std::milli>(now - last_);
    say(fmt::format("{:>10.1f} ms  {}", took.count(), what));
  }
  last_ = std::chrono::steady_clock::now();
}

void report(const Diagnostics& findings, const Options& options,
            std::string_view others) {
  constexpr std::size_t shown_max = 20;
  const Language language = language_of(options);
  std::size_t shown = 0;
  for (const Diagnostic& finding : findings.items()) {
    if (++shown > shown_max) break;
    std::string place = finding.file;
    if (finding.row > 0) place += fmt::format(":{}", finding.row);
    if (!finding.column.empty()) place += ":" + finding.column;
    say(harmless(fmt::format(
        "{} {} {}{}{}", code_info(finding.code).id,
        wording(finding.severity == Severity::error ? "error" : "warning",
                language),
        place.empty() ? "" : place + ": ",
        finding.value.empty() ? "" : "'" + finding.value + "' ",
        finding.message)));
  }
  const std::uint64_t all = findings.error_count() + findings.warning_count();
  if (all > shown_max) {
    say(fmt::format("… {} more findings; {}", all - shown_max, others));
  }
}

void tell_unplaced(const std::string& what, std::int64_t count) {
  if (count != 0) {
    say(fmt::format("not in this hierarchy: {} {}", count, what));
  }
}

Registry load(const Options& options, StepTimer& timer) {
  Diagnostics findings;
  ProgressLine progress;
  LoadOptions load_options;
  load_options.progress = progress.callback();
  load_options.threads = {options.threads};
  Result<Registry> registry =
      load_package(options.data, findings, load_options);
  timer.step("load");
  if (!registry) {
    report(findings, options);
    throw DataError{registry.error()};
  }
  if (findings.warning_count() > 0) {
    say(fmt::format("{}; `headrope check {}` lists them",
                    counted(findings.warning_count(), "warning"),
                    options.data));
  }
  return *std::move(registry);
}

std::shared_ptr<const Snapshot> freeze_data(const Registry& registry,
                                            const Options& options,
                                            StepTimer& timer) {
  FreezeOptions freeze_options;
  freeze_options.as_of = day_of(options.as_of, "--as-of");
  if (!options.known_on.empty()) {
    freeze_options.known_on = day_of(options.known_on, "--known-on");
  }
  ProgressLine progress;
  freeze_options.progress = progress.callback();
  Diagnostics findings;
  auto snapshot = freeze(registry, freeze_options, findings);
  timer.step("freeze");
  report(findings, options);
  if (!snapshot && findings.error_count() > 0) {
    throw DataError{{snapshot.error().code, "nothing is frozen"}};
  }
  return value_or_stop(std::move(snapshot));
}

bool is_freeze_file(const std::string& path) {
  constexpr std::string_view beginning = "\x89HRF";
  if (!std::filesystem::is_regular_file(path)) return false;
  std::ifstream file(path, std::ios::binary);
  std::string bytes(beginning.size(), '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return file.good() && bytes == beginning;
}

std::shared_ptr<const Snapshot> open(const Options& options, StepTimer& timer) {
  if (is_freeze_file(options.data)) return open_file(options, timer);
  if (options.as_of.empty()) throw UsageError{"--as-of is required"};
  return freeze_data(load(options, timer), options, timer);
}

std::shared_ptr<const Snapshot> open_file(const Options& options,
                                          StepTimer& timer) {
  OpenOptions open_options;
  open_options.verify = Verify::as_needed;
  auto snapshot = value_or_stop(open_snapshot(options.data, open_options));
  timer.step("open");
  if (!options.known_on.empty()) {
    throw UsageError{"--known-on: the file is frozen already"};
  }
  if (!options.as_of.empty() &&
      day_of(options.as_of, "--as-of") != snapshot->as_of()) {
    throw UsageError{"--as-of: the file is as of " +
                     to_string(snapshot->as_of())};
  }
  return snapshot;
}

PackPointer load_one(const std::string& file, const Registry& vocabulary,
                     const Options& options) {
  Diagnostics findings;
  auto pack = load_pack(file, vocabulary, findings);
  if (!pack) {
    report(findings, options);
    throw DataError{pack.error()};
  }
  return *std::move(pack);
}

DataWithPack open_with_pack(const Options& options, StepTimer& timer) {
  if (is_freeze_file(options.data)) {
    throw UsageError{"--pack: give the folder of the data package with it"};
  }
  if (options.as_of.empty()) throw UsageError{"--as-of is required"};
  Registry registry = load(options, timer);
  auto snapshot = freeze_data(registry, options, timer);
  auto pack = load_one(options.pack, registry, options);
  timer.step("load the pack");
  return {std::move(registry), std::move(snapshot), std::move(pack)};
}

PackPointer other_pack(const PackPointer& pack, const Registry& vocabulary,
                       const Options& options) {
  if (!options.against.empty()) {
    return load_one(options.against, vocabulary, options);
  }
  if (options.set.empty()) {
    throw UsageError{"give --against FILE or --set PARAMETER=VALUE"};
  }
  const Date from = options.set_from.empty()
                        ? pack->in_force().valid_from
                        : day_of(options.set_from, "--set-from");
  PackPointer changed = pack;
  for (const std::string& text : options.set) {
    const std::size_t equals = text.find('=');
    const auto value =
        equals == std::string::npos
            ? std::nullopt
            : parse_fraction(std::string_view(text).substr(equals + 1));
    if (!value) {
      throw UsageError{"--set: expected PARAMETER=VALUE, not '" + text + "'"};
    }
    changed = value_or_stop(
        with_parameter(changed, text.substr(0, equals), *value, from));
  }
  return changed;
}

}  // namespace headrope::tool
