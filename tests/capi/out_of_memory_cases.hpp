// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The list of calls whose allocations fail one by one.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "capi/fixture.hpp"

namespace headrope_test {

/// A call, and how its output is looked at and given back.
struct Case {
  std::string name;
  std::function<headrope_status(headrope_error*)> call;
  std::function<bool()> is_empty;
  std::function<void()> release;
  /// What must stay as it was; empty: nothing can change.
  std::function<std::string()> digest;
  /// Memory may be kept for later by what is changed.
  bool may_keep_memory = false;
  headrope_status expected = HEADROPE_OK;
};

/// All of them.
inline std::vector<Case> cases;

/// Adds a call that gives a handle.
template <typename Handle, typename Call>
void gives_handle(const char* name, void (*release)(Handle*),
                  const Call& call) {
  static std::vector<Handle*> outputs(256);
  Handle** out = &outputs[cases.size()];
  cases.push_back({name,
                   [=](headrope_error* error) { return call(out, error); },
                   [=] { return *out == nullptr; },
                   [=] {
                     release(*out);
                     *out = nullptr;
                   },
                   {}});
}

/// Adds a call that gives values.
template <typename Call>
void gives_value(const char* name, const Call& call) {
  cases.push_back({name, call, [] { return true; }, [] {}, {}});
}

}  // namespace headrope_test
