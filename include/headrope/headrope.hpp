// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// All public headers of Headrope.

#pragma once

#include "headrope/answers.hpp"
#include "headrope/arrow.hpp"
#include "headrope/cases.hpp"
#include "headrope/code.hpp"
#include "headrope/date.hpp"
#include "headrope/diagnostics.hpp"
#include "headrope/fraction.hpp"
#include "headrope/ids.hpp"
#include "headrope/limits.hpp"
#include "headrope/load.hpp"
#include "headrope/model.hpp"
#include "headrope/pack.hpp"
#include "headrope/pack_answers.hpp"
#include "headrope/pack_tables.hpp"
#include "headrope/pictures.hpp"
#include "headrope/progress.hpp"
#include "headrope/publish.hpp"
#include "headrope/registry.hpp"
#include "headrope/report.hpp"
#include "headrope/responsibility.hpp"
#include "headrope/responsibility_tables.hpp"
#include "headrope/result.hpp"
#include "headrope/rows.hpp"
#include "headrope/rule.hpp"
#include "headrope/snapshot.hpp"
#include "headrope/table.hpp"
#include "headrope/threads.hpp"
#include "headrope/version.hpp"
