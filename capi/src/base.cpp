// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Versions, statuses, days, the init functions, and findings.

#include "handles.hpp"

using namespace headrope;     // NOLINT: each body would repeat it
using namespace headrope::c;  // NOLINT

namespace {

// A struct as its INIT macro makes it.
template <typename Struct>
void init(Struct* given) noexcept {
  if (given == nullptr) return;
  std::memset(static_cast<void*>(given), 0, sizeof(Struct));
  given->struct_size = sizeof(Struct);
}

}  // namespace

const char* headrope_version(void) { return HEADROPE_VERSION; }

int32_t headrope_version_number(void) {
  return HEADROPE_VERSION_MAJOR * 10000 + HEADROPE_VERSION_MINOR * 100 +
         HEADROPE_VERSION_PATCH;
}

const char* headrope_status_id(headrope_status status) {
  if (status == HEADROPE_OK) return "HDR-OK";
  const bool fits = status > 0 && status <= UINT16_MAX;
  return code_info(fits ? static_cast<Code>(status) : Code::internal).id.data();
}

const char* headrope_status_title(headrope_status status) {
  if (status == HEADROPE_OK) return "success";
  const bool fits = status > 0 && status <= UINT16_MAX;
  return code_info(fits ? static_cast<Code>(status) : Code::internal)
      .title.data();
}

headrope_status headrope_date_parse(const char* text, int64_t size,
                                    int32_t* out, headrope_error* error) {
  clear_output(out, 0);
  return guard(error, {{"out", out}}, [&]() -> Result<void> {
    const auto given = text_of(text, size, "text");
    if (!given) return given.error();
    const auto day = parse_date(*given);
    if (!day) return day.error();
    *out = day->days;
    return {};
  });
}

headrope_status headrope_date_write(int32_t day, char* buffer, int64_t capacity,
                                    int64_t* out, headrope_error* error) {
  clear_output<int64_t>(out, 0);
  return guard(error, {{"out", out}}, [&]() -> Result<void> {
    const Date date{day};
    if (!date.is_open() && !is_civil(date)) {
      return invalid("day must be a day in the years 1400 to 9999");
    }
    const std::string text = date.is_open() ? ".." : to_string(date);
    return fill(text, buffer, capacity, out, [](char one) { return one; });
  });
}

void headrope_error_init(headrope_error* error) { init(error); }
void headrope_limits_init(headrope_limits* limits) { init(limits); }
void headrope_registry_options_init(headrope_registry_options* options) {
  init(options);
}
void headrope_source_init(headrope_source* source) { init(source); }
void headrope_freeze_options_init(headrope_freeze_options* options) {
  init(options);
}
void headrope_save_options_init(headrope_save_options* options) {
  init(options);
}
void headrope_open_options_init(headrope_open_options* options) {
  init(options);
}
void headrope_tally_init(headrope_tally* tally) { init(tally); }
void headrope_question_init(headrope_question* question) { init(question); }
void headrope_gaps_options_init(headrope_gaps_options* options) {
  init(options);
}
void headrope_chain_options_init(headrope_chain_options* options) {
  init(options);
}
void headrope_load_options_init(headrope_load_options* options) {
  init(options);
}
void headrope_cases_options_init(headrope_cases_options* options) {
  init(options);
}
void headrope_counts_init(headrope_counts* counts) { init(counts); }
void headrope_threshold_init(headrope_threshold* threshold) { init(threshold); }
void headrope_column_init(headrope_column* column) { init(column); }

headrope_status headrope_findings_new(int64_t findings_max,
                                      headrope_findings** out,
                                      headrope_error* error) {
  clear_handle(out);
  return guard(error, {{"out", out}}, [&]() -> Result<void> {
    if (findings_max < 0) return invalid("findings_max is below 0");
    const std::size_t limit = findings_max == 0
                                  ? Diagnostics::limit_default
                                  : static_cast<std::size_t>(findings_max);
    *out = new headrope_findings{Diagnostics(limit), limit};
    return {};
  });
}

void headrope_findings_free(headrope_findings* findings) { delete findings; }

int64_t headrope_findings_error_count(const headrope_findings* findings) {
  return findings == nullptr
             ? 0
             : static_cast<int64_t>(findings->value.error_count());
}

int64_t headrope_findings_warning_count(const headrope_findings* findings) {
  return findings == nullptr
             ? 0
             : static_cast<int64_t>(findings->value.warning_count());
}

headrope_status headrope_findings_table(const headrope_findings* findings,
                                        headrope_table** out,
                                        headrope_error* error) {
  clear_handle(out);
  return guard(error, {{"findings", findings}, {"out", out}},
               [&]() -> Result<void> {
                 give(findings_table(findings->value), out);
                 return {};
               });
}
