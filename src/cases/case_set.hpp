// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The case files at or below some paths, and what their cases need to be run:
// organisation, snapshot and pack. Packs and whole packages are loaded once.

#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "cases/case_file.hpp"
#include "headrope/cases.hpp"
#include "headrope/snapshot.hpp"

namespace headrope {

/// The ending of the names of case files.
inline constexpr std::string_view case_file_ending = ".cases.yaml";

/// The files of an ending at or below the paths, each once: below a folder in
/// the order of their names. A path that is a file is taken if it has the
/// ending. @returns `file_unreadable` for a path that leads nowhere.
[[nodiscard]] Result<std::vector<std::filesystem::path>> find_files(
    std::span<const std::filesystem::path> paths, std::string_view ending,
    std::string_view but_not = {});

/// A file as findings name it.
[[nodiscard]] std::string name_of(const std::filesystem::path& file);

/// Reads the case files at or below the paths; those that are not well formed
/// are told and left out. @returns as `find_files`.
[[nodiscard]] Result<std::vector<std::shared_ptr<const CaseFile>>>
read_case_files(std::span<const std::filesystem::path> paths,
                Diagnostics& findings);

/// A case and its file.
struct ChosenCase {
  std::shared_ptr<const CaseFile> file{};
  const Case* definition = nullptr;
};

/// The cases whose id or file contains a text, in order.
[[nodiscard]] std::vector<ChosenCase> choose_cases(
    const std::vector<std::shared_ptr<const CaseFile>>& files,
    const std::string& filter);

/// What is loaded for several cases.
/// @threads Any thread.
class CaseStore {
 public:
  /// The pack of a file, for a vocabulary. Findings are kept for `finish`.
  [[nodiscard]] Result<PackPointer> pack(const std::filesystem::path& file,
                                         const Registry& vocabulary);

  /// The organisation of a case; shared by those that are a package alone.
  [[nodiscard]] Result<std::shared_ptr<const Registry>> organisation(
      const CaseFile& file, const CaseOrganisation& own, Diagnostics& findings);

  /// The findings of the packs that were loaded, each pack once.
  [[nodiscard]] const Diagnostics& pack_findings() const { return findings_; }

 private:
  [[nodiscard]] std::string vocabulary_key(const Registry& registry) const;

  std::mutex mutex_;
  Registry shipped_;
  std::map<std::string, Result<PackPointer>> packs_;
  std::map<std::string, Result<std::shared_ptr<const Registry>>> packages_;
  Diagnostics findings_;
};

/// A case that can be run, or why it cannot.
struct ReadyCase {
  ChosenCase from{};
  PackPointer pack{};
  PackPointer against{};
  std::shared_ptr<const Snapshot> snapshot{};
  /// Names of the pack that no holder was found for.
  std::vector<std::string> unknown_holders{};
  std::vector<std::string> faults{};  ///< why it cannot be run
  Diagnostics findings{};
};

/// Makes a case ready. @complexity That of loading and freezing it.
[[nodiscard]] ReadyCase make_ready(const ChosenCase& chosen, CaseStore& store);

/// The pack to compare with; nullptr if the case names none.
[[nodiscard]] Result<PackPointer> against_of(const CaseFile& file,
                                             const Case& definition,
                                             const PackPointer& pack,
                                             const Registry& vocabulary,
                                             CaseStore& store);

/// The pack of changed values; the case must have such.
[[nodiscard]] Result<PackPointer> changed_pack(const CaseAgainst& against,
                                               PackPointer pack);

/// Calls `work` with every position below `count`, on several threads.
void for_each_position(std::size_t count, Threads threads,
                       const std::function<void(std::size_t)>& work);

}  // namespace headrope
