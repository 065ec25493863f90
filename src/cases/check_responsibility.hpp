// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Comparing what a case expects about responsibility with what comes out.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cases/check_case.hpp"

namespace headrope {

/// What the responsibility of a case is held against.
struct ResponsibilitySubject {
  const Case& definition;  ///< with `responsibility`
  std::shared_ptr<const Snapshot> snapshot{};
  PackPointer pack{};
  /// Names of the pack that no holder was found for.
  const std::vector<std::string>& unknown_holders;
};

/// Compares everything that a case expects about responsibility.
/// @complexity That of the questions of responsibility.hpp that it asks.
void check_responsibility(const ResponsibilitySubject& subject,
                          CaseOutcome& outcome);

}  // namespace headrope
