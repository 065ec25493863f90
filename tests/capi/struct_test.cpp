// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Structs of every size that a caller may have been compiled with, older and
// newer: the library reads and writes within that size, refuses what it does
// not know, and never touches a byte behind it.

#include <cstddef>
#include <cstring>

#include "capi/fixture.hpp"

namespace headrope_test {
namespace {

// The layout is part of the ABI, and the same on every 64-bit machine.
static_assert(sizeof(headrope_error) == 848);
static_assert(offsetof(headrope_error, message) == 336);
static_assert(sizeof(headrope_limits) == 56);
static_assert(sizeof(headrope_text) == 16);
static_assert(sizeof(headrope_file) == 32);
static_assert(sizeof(headrope_registry_options) == 48);
static_assert(sizeof(headrope_source) == 40);
static_assert(sizeof(headrope_freeze_options) == 24);
static_assert(sizeof(headrope_save_options) == 48);
static_assert(sizeof(headrope_open_options) == 32);
static_assert(sizeof(headrope_tally) == 48);
static_assert(sizeof(headrope_question) == 40);
static_assert(sizeof(headrope_gaps_options) == 40);
static_assert(sizeof(headrope_chain_options) == 32);
static_assert(sizeof(headrope_load_options) == 64);
static_assert(sizeof(headrope_cases_options) == 32);
static_assert(sizeof(headrope_counts) == 72);
static_assert(sizeof(headrope_threshold) == 56);
static_assert(sizeof(headrope_column) == 32);

constexpr unsigned char canary = 0xA7;
constexpr std::size_t room = 2048;

// A struct at the end of which canaries stand.
template <typename Struct>
struct Guarded {
  alignas(16) unsigned char bytes[room];

  explicit Guarded(std::uint32_t size) {
    std::memset(bytes, canary, sizeof bytes);
    std::memset(bytes, 0, size < room ? size : 0);
    std::memcpy(bytes, &size, sizeof size);
  }
  Struct* get() { return reinterpret_cast<Struct*>(bytes); }
  void expect_intact(std::uint32_t size, const char* what) const {
    for (std::size_t at = size; at < room; ++at) {
      expect(bytes[at] == canary, std::string(what) + " of " +
                                      std::to_string(size) + ": byte " +
                                      std::to_string(at) + " is touched");
    }
  }
};

// Options: any size from 8 up to ours works like zeros; smaller ones and
// garbage are refused, and so is a longer one that says something.
template <typename Struct, typename Call>
void check_options(const char* what, const Call& call,
                   headrope_status expected = HEADROPE_OK) {
  for (std::uint32_t size = 0; size < 8; ++size) {
    Guarded<Struct> given(size);
    expect(call(given.get()) == HEADROPE_E_INVALID_ARGUMENT,
           std::string(what) + " of " + std::to_string(size));
    given.expect_intact(size < 4 ? 4 : size, what);
  }
  for (std::uint32_t size = 8; size <= sizeof(Struct) + 64; ++size) {
    Guarded<Struct> given(size);
    const headrope_status status = call(given.get());
    expect(status == expected, std::string(what) + " of " +
                                   std::to_string(size) + " gives " +
                                   std::to_string(status));
    given.expect_intact(size, what);
  }
  for (std::uint32_t at = sizeof(Struct); at < sizeof(Struct) + 64; ++at) {
    Guarded<Struct> given(sizeof(Struct) + 64);
    given.bytes[at] = 1;
    expect(call(given.get()) == HEADROPE_E_STRUCT_UNSUPPORTED,
           std::string(what) + ": byte " + std::to_string(at) + " is unknown");
  }
  for (const std::uint32_t size : {0xFFFFFFFFU, 0x7FFFFFFFU, 4097U}) {
    Guarded<Struct> given(size);
    expect(call(given.get()) == HEADROPE_E_INVALID_ARGUMENT,
           std::string(what) + " of " + std::to_string(size));
  }
}

// Results: written as far as the caller's struct reaches.
template <typename Struct, typename Call>
void check_result(const char* what, const Call& call) {
  Struct whole;
  std::memset(&whole, 0, sizeof whole);
  whole.struct_size = sizeof whole;
  expect(call(&whole) == HEADROPE_OK, std::string(what) + ": whole");
  for (std::uint32_t size = 0; size < 8; ++size) {
    Guarded<Struct> given(size);
    expect(call(given.get()) == HEADROPE_E_INVALID_ARGUMENT,
           std::string(what) + " of " + std::to_string(size));
    given.expect_intact(size < 4 ? 4 : size, what);
  }
  for (std::uint32_t size = 8; size <= sizeof(Struct) + 64; ++size) {
    Guarded<Struct> given(size);
    expect(call(given.get()) == HEADROPE_OK,
           std::string(what) + " of " + std::to_string(size));
    given.expect_intact(size, what);
    const std::size_t known = size < sizeof whole ? size : sizeof whole;
    expect(std::memcmp(given.bytes + 4,
                       reinterpret_cast<unsigned char*>(&whole) + 4,
                       known - 4) == 0,
           std::string(what) + " of " + std::to_string(size) + ": the values");
  }
}

void check_errors(Fixture& f) {
  for (std::uint32_t size = 0; size <= sizeof(headrope_error) + 64; ++size) {
    Guarded<headrope_error> error(size);
    std::int64_t out = 0;
    expect(headrope_snapshot_kind(f.snapshot, -5, &out, error.get()) ==
               HEADROPE_E_INVALID_ARGUMENT,
           "a number that is none");
    error.expect_intact(size < 4 ? 4 : size, "error");
    if (size >= 8) {
      expect(error.get()->status == HEADROPE_E_INVALID_ARGUMENT,
             "the status is there");
    }
    if (size >= sizeof(headrope_error)) {
      expect(std::strstr(error.get()->message, "-5") != nullptr,
             "the message is there");
    }
    expect(
        headrope_snapshot_kind(f.snapshot, 0, &out, error.get()) == HEADROPE_OK,
        "a number that is one");
    error.expect_intact(size < 4 ? 4 : size, "error");
    if (size >= 8) expect(error.get()->status == 0, "the error is cleared");
  }
  // A message that is too long is cut between two characters.
  std::string identity;
  for (int at = 0; at < 80; ++at) identity += "汉";
  headrope_error error = HEADROPE_ERROR_INIT;
  const headrope_text column = text("unit");
  const std::string long_name = identity + identity + identity;
  const headrope_text value = text(long_name);
  expect(headrope_registry_add_row(f.registry, long_name.c_str(), HEADROPE_NTS,
                                   &column, &value, 1,
                                   &error) == HEADROPE_E_TABLE_UNKNOWN,
         "no such table");
  const std::size_t size = std::strlen(error.message);
  expect(size > 0 && size < sizeof error.message, "the message ends");
  for (std::size_t at = 0; at < size;) {
    const auto byte = static_cast<unsigned char>(error.message[at]);
    const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : 3;
    expect(at + length <= size, "the message ends between two characters");
    at += length;
  }
}

template <typename Struct>
void check_init(const char* what, void (*init)(Struct*), const Struct& macro) {
  Guarded<Struct> given(sizeof(Struct));
  std::memset(given.bytes, 0xFF, sizeof(Struct));
  init(given.get());
  given.expect_intact(sizeof(Struct), what);
  expect(std::memcmp(given.bytes, &macro, sizeof(Struct)) == 0,
         std::string(what) + ": function and macro say the same");
  init(nullptr);
}

void check_inits() {
  check_init(
      "error", headrope_error_init,
      static_cast<const headrope_error&>(headrope_error HEADROPE_ERROR_INIT));
  check_init("limits", headrope_limits_init,
             headrope_limits HEADROPE_LIMITS_INIT);
  check_init("registry_options", headrope_registry_options_init,
             headrope_registry_options HEADROPE_REGISTRY_OPTIONS_INIT);
  check_init("source", headrope_source_init,
             headrope_source HEADROPE_SOURCE_INIT);
  check_init("freeze_options", headrope_freeze_options_init,
             headrope_freeze_options HEADROPE_FREEZE_OPTIONS_INIT);
  check_init("save_options", headrope_save_options_init,
             headrope_save_options HEADROPE_SAVE_OPTIONS_INIT);
  check_init("open_options", headrope_open_options_init,
             headrope_open_options HEADROPE_OPEN_OPTIONS_INIT);
  check_init("tally", headrope_tally_init, headrope_tally HEADROPE_TALLY_INIT);
  check_init("question", headrope_question_init,
             headrope_question HEADROPE_QUESTION_INIT);
  check_init("gaps_options", headrope_gaps_options_init,
             headrope_gaps_options HEADROPE_GAPS_OPTIONS_INIT);
  check_init("chain_options", headrope_chain_options_init,
             headrope_chain_options HEADROPE_CHAIN_OPTIONS_INIT);
  check_init("load_options", headrope_load_options_init,
             headrope_load_options HEADROPE_LOAD_OPTIONS_INIT);
  check_init("cases_options", headrope_cases_options_init,
             headrope_cases_options HEADROPE_CASES_OPTIONS_INIT);
  check_init("counts", headrope_counts_init,
             headrope_counts HEADROPE_COUNTS_INIT);
  check_init("threshold", headrope_threshold_init,
             headrope_threshold HEADROPE_THRESHOLD_INIT);
  check_init("column", headrope_column_init,
             headrope_column HEADROPE_COLUMN_INIT);
}

void check_all() {
  Fixture f;
  check_errors(f);
  check_inits();
  const auto new_registry = [](const headrope_registry_options* options) {
    headrope_registry* out = nullptr;
    const headrope_status status =
        headrope_registry_new(options, &out, nullptr);
    headrope_registry_free(out);
    return status;
  };
  check_options<headrope_registry_options>("registry_options", new_registry);
  check_options<headrope_limits>("limits", [&](const headrope_limits* limits) {
    headrope_registry_options options = HEADROPE_REGISTRY_OPTIONS_INIT;
    options.limits = limits;
    return new_registry(&options);
  });
  check_options<headrope_freeze_options>(
      "freeze_options", [&](const headrope_freeze_options* options) {
        headrope_snapshot* out = nullptr;
        const headrope_status status = headrope_registry_freeze(
            f.registry, as_of, options, nullptr, &out, nullptr);
        headrope_snapshot_release(out);
        return status;
      });
  // A folder that is not there: good options get as far as the file.
  check_options<headrope_save_options>(
      "save_options",
      [&](const headrope_save_options* options) {
        return headrope_snapshot_save(f.snapshot, "none/none", HEADROPE_NTS,
                                      options, nullptr);
      },
      HEADROPE_E_FILE_UNWRITABLE);
  check_options<headrope_open_options>(
      "open_options",
      [&](const headrope_open_options* options) {
        headrope_snapshot* out = nullptr;
        const headrope_status status = headrope_snapshot_open(
            "none/none", HEADROPE_NTS, options, &out, nullptr);
        headrope_snapshot_release(out);
        return status;
      },
      HEADROPE_E_FILE_UNREADABLE);
  check_options<headrope_question>(
      "question", [&](const headrope_question* options) {
        headrope_assessment* out = nullptr;
        const headrope_status status = headrope_assessment_new(
            f.snapshot, f.pack, nullptr, 0, options, &out, nullptr);
        headrope_assessment_free(out);
        return status;
      });
  check_options<headrope_gaps_options>(
      "gaps_options", [&](const headrope_gaps_options* options) {
        headrope_table* out = nullptr;
        const headrope_status status = headrope_responsibility_gaps(
            f.responsibility, options, &out, nullptr);
        headrope_table_free(out);
        return status;
      });
  check_options<headrope_chain_options>(
      "chain_options", [&](const headrope_chain_options* options) {
        headrope_table* out = nullptr;
        const headrope_status status = headrope_responsibility_chain(
            f.responsibility, f.party, HEADROPE_NONE, HEADROPE_NONE, options,
            &out, nullptr);
        headrope_table_free(out);
        return status;
      });
  check_options<headrope_load_options>(
      "load_options", [&](const headrope_load_options* options) {
        headrope_table* out = nullptr;
        const headrope_status status =
            headrope_responsibility_load(f.responsibility, HEADROPE_NONE,
                                         HEADROPE_NONE, options, &out, nullptr);
        headrope_table_free(out);
        return status;
      });
  check_options<headrope_cases_options>(
      "cases_options", [&](const headrope_cases_options* options) {
        headrope_table* out = nullptr;
        const headrope_status status = headrope_cases_run(
            HEADROPE_SOURCE_DIR "/tests/capi/data/small.cases.yaml",
            HEADROPE_NTS, options, nullptr, &out, nullptr);
        headrope_table_free(out);
        return status;
      });
  // All zeros it has no measures, and no functions: refused for that.
  check_options<headrope_tally>("tally", [&](const headrope_tally* tally) {
    headrope_figures* out = nullptr;
    const headrope_status status =
        headrope_figures_tally(f.snapshot, tally, &out, nullptr);
    headrope_figures_free(out);
    return status == HEADROPE_E_RULE_INVALID ? HEADROPE_OK : status;
  });
  check_options<headrope_source>("source", [](const headrope_source* source) {
    headrope_registry* out = nullptr;
    const headrope_status status =
        headrope_registry_load_source(source, nullptr, nullptr, &out, nullptr);
    return status == HEADROPE_E_NULL_ARGUMENT ? HEADROPE_OK : status;
  });
  check_result<headrope_counts>("counts", [&](headrope_counts* out) {
    return headrope_coverage_at(f.coverage, f.branch, out, nullptr);
  });
  check_result<headrope_counts>("counts", [&](headrope_counts* out) {
    return headrope_assessment_counts(f.assessment, out, nullptr);
  });
  check_result<headrope_threshold>("threshold", [&](headrope_threshold* out) {
    return headrope_spectrum_threshold(
        f.spectrum, f.branch, HEADROPE_COMPARING_AT_LEAST, 1, 2, out, nullptr);
  });
  check_result<headrope_column>("column", [&](headrope_column* out) {
    return headrope_table_column(f.table, 1, out, nullptr);
  });
}

}  // namespace
}  // namespace headrope_test

int main() { headrope_test::check_all(); }
