// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The rules of a pack, and whether they can refer to each other as they do.

#pragma once

#include "load/expression_reader.hpp"

namespace headrope {

/// Learns the ids and subjects of rules, before any of them is read, so that
/// they may refer to each other in any order. A second rule of one id, in the
/// list or in the base, is `rule_repeated`.
void learn_rules(const YamlNode& list, PackScope& scope, NodeReader& reader);

/// Reads the rules into `model`, whose head, parameters and phases are read.
void read_rules(const YamlNode& list, PackScope& scope, NodeReader& reader,
                PackModel& model);

/// Tells rules that refer to themselves, over whatever other rules.
/// @complexity O(references).
void check_rule_cycles(const PackScope& scope, NodeReader& reader);

}  // namespace headrope
