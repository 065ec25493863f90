// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The main function of the test programs. Catch2 puts its whole runner into
// this one file, so it is compiled once and shared.

#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
