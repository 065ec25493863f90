// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What a document says beside its rules: who leads what, the figures that it
// states, and the checks of these figures.

#pragma once

#include "load/expression_reader.hpp"

namespace headrope {

/// Reads the id of an entry and tells one that stands twice.
[[nodiscard]] std::string read_new_id(const YamlNode& node, NodeReader& reader,
                                      std::set<std::string, std::less<>>& seen);

/// Reads `duties`; their names must be known to the vocabulary of the scope.
void read_duties(const YamlNode& list, PackScope& scope, NodeReader& reader,
                 PackModel& model);

/// Reads `needs` of the pack.
void read_needs(const YamlNode& list, PackScope& scope, NodeReader& reader,
                PackModel& model);

/// Reads `reported`; the scope learns the figures.
void read_reported(const YamlNode& list, PackScope& scope, NodeReader& reader,
                   PackModel& model);

/// Reads `checks`, of figures that the scope knows.
void read_checks(const YamlNode& list, PackScope& scope, NodeReader& reader,
                 PackModel& model);

}  // namespace headrope
