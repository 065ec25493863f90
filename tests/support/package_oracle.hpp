// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Random packages, most of them with faults, and loading them plainly: one
// reader, one table after the other, one row after the other.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <headrope/load.hpp>

namespace headrope::testing {

/// What a random package may hold.
struct PackagePlan {
  std::uint32_t seed = 0;
  std::uint32_t rows_max = 30;  ///< of a table
  std::uint32_t faults = 0;     ///< of 1,000 values, how many are bad
  bool is_quoted = false;       ///< some values are
  bool is_gb18030 = false;
  bool has_bad_bytes = false;  ///< now and then one that is no text
};

/// The files of a package, by path.
using PackageFiles = std::map<std::string, std::string>;

/// Makes a package; the same plan gives the same one.
[[nodiscard]] PackageFiles random_package(const PackagePlan& plan);

/// Gives the files of a package in reads of at most `read_max` bytes.
class PiecewiseSource : public PackageSource {
 public:
  PiecewiseSource(const PackageFiles& files, std::size_t read_max)
      : files_(files), read_max_(read_max) {}
  Result<std::unique_ptr<PackageFile>> open(std::string_view path) override;

 private:
  const PackageFiles& files_;
  std::size_t read_max_;
};

/// Outcome of a load as text: all rows, or the error; then all findings.
[[nodiscard]] std::string told_outcome(const Result<Registry>& registry,
                                       const Diagnostics& findings);

/// Loads the tables of such a package without what makes loading fast: by
/// CsvReader and the loaders of the tables alone, and one check at the end.
/// @returns as `told_outcome`.
[[nodiscard]] std::string loaded_plainly(const PackageFiles& files,
                                         const PackagePlan& plan,
                                         const LoadOptions& options);

}  // namespace headrope::testing
