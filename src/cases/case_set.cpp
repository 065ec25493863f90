// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "cases/case_set.hpp"

#include <algorithm>
#include <atomic>
#include <set>

#include "base/parallel.hpp"
#include "base/utf8.hpp"
#include "cases/case_reader.hpp"
#include "cases/organisation.hpp"
#include "load/file.hpp"

namespace headrope {
namespace {

namespace fs = std::filesystem;

Error unreadable(const fs::path& path, const std::error_code& fault) {
  return {Code::file_unreadable,
          in_quotes(name_of(path)) + ": " + fault.message()};
}

bool is_wanted(const fs::path& file, std::string_view ending,
               std::string_view but_not) {
  const std::string name = file.filename().string();
  return name.ends_with(ending) &&
         (but_not.empty() || !name.ends_with(but_not));
}

Result<std::string> read_text_file(const fs::path& file) {
  const fs::path folder =
      file.parent_path().empty() ? fs::path(".") : file.parent_path();
  const auto opened = PackageFolder::open(folder);
  if (!opened) return opened.error();
  const auto handle = opened->open_file(file.filename().string());
  if (!handle) return handle.error();
  return read_whole(*handle, PackLimits{}.bytes_max);
}

// The ids of a vocabulary past those that are shipped.
template <typename Entry>
void append_ids(std::string& key, std::span<const Entry> entries,
                std::size_t shipped) {
  key += '\n';
  for (const Entry& entry : entries.subspan(shipped)) {
    key += entry.id;
    key += ' ';
  }
}

void freeze_organisation(const Registry& registry, ReadyCase& ready) {
  const Case& definition = *ready.from.definition;
  FreezeOptions options;
  options.as_of = definition.as_of;
  Diagnostics of_freezing;
  auto snapshot = freeze(registry, options, of_freezing);
  if (snapshot) {
    ready.snapshot = *std::move(snapshot);
    return;
  }
  ready.faults.push_back("the organisation: " + snapshot.error().message);
  ready.findings.add({snapshot.error().code,
                      Severity::error,
                      ready.from.file->name,
                      static_cast<std::uint64_t>(definition.line),
                      {},
                      definition.id,
                      snapshot.error().message});
}

// The organisation of a case with the duties of its pack, which are rows of it.
Result<std::shared_ptr<const Registry>> organisation_with_duties(
    ReadyCase& ready, const PackDutyOptions& options, CaseStore& store) {
  const CaseFile& file = *ready.from.file;
  const Case& definition = *ready.from.definition;
  auto made = build_organisation(file, definition.organisation, ready.findings);
  if (!made) return made.error();
  const auto pack = store.pack(file.path.parent_path() / file.pack, **made);
  // A pack that cannot be read is told as the pack of the case.
  if (!pack) return std::shared_ptr<const Registry>(*std::move(made));
  Diagnostics told;
  const auto added = add_duties(**made, **pack, told, options);
  for (const Diagnostic& finding : told.items()) {
    if (finding.severity == Severity::error) {
      ready.findings.add(finding);
    } else if (finding.code == Code::holder_unknown) {
      ready.unknown_holders.push_back(finding.value);
    }
  }
  if (!added) return added.error();
  return std::shared_ptr<const Registry>(*std::move(made));
}

}  // namespace

std::string name_of(const fs::path& file) {
  return file.lexically_normal().generic_string();
}

Result<std::vector<fs::path>> find_files(std::span<const fs::path> paths,
                                         std::string_view ending,
                                         std::string_view but_not) {
  std::vector<fs::path> files;
  std::set<std::string> seen;
  for (const fs::path& path : paths) {
    std::error_code fault;
    const fs::file_status status = fs::status(path, fault);
    if (!fs::exists(status)) return unreadable(path, fault);
    std::vector<fs::path> found;
    if (fs::is_directory(status)) {
      fs::recursive_directory_iterator below(path, fault);
      for (; !fault && below != fs::recursive_directory_iterator();
           below.increment(fault)) {
        if (below->is_regular_file(fault)) found.push_back(below->path());
      }
      if (fault) return unreadable(path, fault);
    } else {
      found.push_back(path);
    }
    std::sort(found.begin(), found.end(),
              [](const auto& left, const auto& right) {
                return name_of(left) < name_of(right);
              });
    for (fs::path& file : found) {
      if (is_wanted(file, ending, but_not) &&
          seen.insert(name_of(file)).second) {
        files.push_back(std::move(file));
      }
    }
  }
  return files;
}

Result<std::vector<std::shared_ptr<const CaseFile>>> read_case_files(
    std::span<const fs::path> paths, Diagnostics& findings) {
  auto files = find_files(paths, case_file_ending);
  if (!files) return files.error();
  std::vector<std::shared_ptr<const CaseFile>> read;
  for (const fs::path& path : *files) {
    const auto text = read_text_file(path);
    if (!text) {
      findings.add({text.error().code,
                    Severity::error,
                    name_of(path),
                    0,
                    {},
                    {},
                    text.error().message});
      continue;
    }
    auto file = parse_cases(*text, name_of(path), findings);
    if (!file) continue;
    file->path = path;
    read.push_back(std::make_shared<const CaseFile>(*std::move(file)));
  }
  return read;
}

std::string CaseStore::vocabulary_key(const Registry& registry) const {
  std::string key;
  append_ids(key, registry.kinds(), shipped_.kinds().size());
  append_ids(key, registry.hierarchies(), shipped_.hierarchies().size());
  append_ids(key, registry.roles(), shipped_.roles().size());
  append_ids(key, registry.measures(), shipped_.measures().size());
  return key;
}

Result<PackPointer> CaseStore::pack(const fs::path& file,
                                    const Registry& vocabulary) {
  const std::string key = name_of(file) + vocabulary_key(vocabulary);
  const std::lock_guard lock(mutex_);
  const auto known = packs_.find(key);
  if (known != packs_.end()) return known->second;
  Diagnostics found;
  auto pack = load_pack(file, vocabulary, found);
  for (const Diagnostic& finding : found.items()) {
    if (finding.severity == Severity::error) findings_.add(finding);
  }
  return packs_.emplace(key, std::move(pack)).first->second;
}

Result<std::shared_ptr<const Registry>> CaseStore::organisation(
    const CaseFile& file, const CaseOrganisation& own, Diagnostics& findings) {
  if (!own.tables.empty() || !file.organisation.tables.empty() ||
      (own.package.empty() && file.organisation.package.empty())) {
    auto made = build_organisation(file, own, findings);
    if (!made) return made.error();
    return std::shared_ptr<const Registry>(*std::move(made));
  }
  const fs::path folder =
      file.path.parent_path() /
      (own.package.empty() ? file.organisation.package : own.package);
  const std::lock_guard lock(mutex_);
  const auto known = packages_.find(name_of(folder));
  if (known != packages_.end()) return known->second;
  auto made = build_organisation(file, own, findings);
  Result<std::shared_ptr<const Registry>> kept =
      made ? Result<std::shared_ptr<const Registry>>(*std::move(made))
           : made.error();
  return packages_.emplace(name_of(folder), std::move(kept)).first->second;
}

std::vector<ChosenCase> choose_cases(
    const std::vector<std::shared_ptr<const CaseFile>>& files,
    const std::string& filter) {
  std::vector<ChosenCase> chosen;
  for (const auto& file : files) {
    const bool takes_all = file->name.find(filter) != std::string::npos;
    for (const Case& one : file->cases) {
      if (takes_all || one.id.find(filter) != std::string::npos) {
        chosen.push_back({file, &one});
      }
    }
  }
  return chosen;
}

ReadyCase make_ready(const ChosenCase& chosen, CaseStore& store) {
  const CaseFile& file = *chosen.file;
  const Case& definition = *chosen.definition;
  ReadyCase ready;
  ready.from = chosen;
  const auto& asked = definition.responsibility;
  const auto registry =
      asked && asked->with_duties
          ? organisation_with_duties(ready, asked->duties, store)
          : store.organisation(file, definition.organisation, ready.findings);
  if (!registry) {
    ready.faults.push_back("the organisation: " + registry.error().message);
    return ready;
  }
  freeze_organisation(**registry, ready);
  const auto pack = store.pack(file.path.parent_path() / file.pack, **registry);
  if (!pack) {
    ready.faults.push_back("the pack: " + pack.error().message);
    return ready;
  }
  ready.pack = *pack;
  const auto against =
      against_of(file, definition, ready.pack, **registry, store);
  if (against) {
    ready.against = *against;
  } else if (definition.against) {
    ready.faults.push_back("against: " + against.error().message + " (line " +
                           std::to_string(definition.against->line) + ")");
  }
  return ready;
}

Result<PackPointer> against_of(const CaseFile& file, const Case& definition,
                               const PackPointer& pack,
                               const Registry& vocabulary, CaseStore& store) {
  if (!definition.against) return PackPointer{};
  if (definition.against->file.empty()) {
    return changed_pack(*definition.against, pack);
  }
  return store.pack(file.path.parent_path() / definition.against->file,
                    vocabulary);
}

Result<PackPointer> changed_pack(const CaseAgainst& against, PackPointer pack) {
  for (const auto& [parameter, value] : against.parameters) {
    auto changed = with_parameter(pack, parameter, value, against.from);
    if (!changed) return changed.error();
    pack = *std::move(changed);
  }
  return pack;
}

void for_each_position(std::size_t count, Threads threads,
                       const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  const auto run = [&](std::size_t /*thread*/) {
    for (std::size_t at = next++; at < count; at = next++) work(at);
  };
  run_in_parallel(std::min<std::size_t>(threads.count, count), run);
}

}  // namespace headrope
