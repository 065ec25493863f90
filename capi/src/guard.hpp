// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The border that nothing passes but a status: every function of the C API is
// one call through guard(). Also what its bodies check their arguments with,
// and how the caller's structs are read and written within their own sizes.

#pragma once

#include <cstddef>
#include <cstring>
#include <exception>
#include <initializer_list>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>

#include "headrope.h"
#include "headrope/headrope.hpp"

namespace headrope::c {

/// A pointer that a call needs, by the name of its parameter.
struct Required {
  const char* name;
  const void* pointer;
};

/// Makes an error say that nothing went wrong. NULL is allowed.
void clear(headrope_error* error) noexcept;

/// Writes status and message, as far as the error reaches, and leaves the
/// place.
/// @returns the status.
headrope_status report(headrope_error* error, Code code,
                       std::string_view message) noexcept;

/// Says which pointer is missing, in words that need no memory.
headrope_status report_null(headrope_error* error, const char* name) noexcept;

/// Writes the place of the first error of a code among findings.
void report_place(headrope_error* error, Code code,
                  const Diagnostics& findings) noexcept;

/// Runs the body of a function: what it returns or throws becomes a status.
/// @param body returns `Result<void>`.
template <typename Body>
headrope_status guard(headrope_error* error,
                      std::initializer_list<Required> required,
                      const Body& body) noexcept {
  clear(error);
  for (const Required& one : required) {
    if (one.pointer == nullptr) return report_null(error, one.name);
  }
  try {
    const Result<void> outcome = body();
    if (outcome.has_value()) return HEADROPE_OK;
    return report(error, outcome.error().code, outcome.error().message);
  } catch (const std::bad_alloc&) {
    return report(error, Code::out_of_memory, "no memory left");
  } catch (const std::length_error&) {
    return report(error, Code::out_of_memory, "more than memory can hold");
  } catch (const SnapshotDamaged& damage) {
    return report(error, damage.error().code, damage.error().message);
  } catch (const std::exception& fault) {
    return report(error, Code::internal, fault.what());
  } catch (...) {
    return report(error, Code::internal, "an unknown exception");
  }
}

/// Sets an output to nothing; it may be NULL.
template <typename Value>
void clear_output(Value* out, Value nothing) noexcept {
  if (out != nullptr) *out = nothing;
}
/// Sets a handle to NULL; it may be NULL itself.
template <typename Handle>
void clear_handle(Handle** out) noexcept {
  if (out != nullptr) *out = nullptr;
}
/// Sets a text to an empty one; it may be NULL.
inline void clear_text(headrope_text* out) noexcept {
  if (out != nullptr) *out = headrope_text{nullptr, 0};
}

/// An Error with the code `invalid_argument`.
[[nodiscard]] inline Error invalid(std::string message) {
  return {Code::invalid_argument, std::move(message)};
}

/// A text of the caller's. @returns `null_argument`; `invalid_argument`.
[[nodiscard]] Result<std::string_view> text_of(const char* data,
                                               std::int64_t size,
                                               const char* name);

/// A list of the caller's. @returns `null_argument`; `invalid_argument`.
template <typename Item>
Result<std::span<const Item>> list_of(const Item* items, std::int64_t count,
                                      const char* name) {
  if (count < 0) {
    return invalid(std::string(name) + ": a count of " + std::to_string(count));
  }
  if (items == nullptr && count > 0) {
    return Error{Code::null_argument, std::string(name) + " is NULL"};
  }
  return std::span<const Item>(items, static_cast<std::size_t>(count));
}

/// A view for the caller.
[[nodiscard]] inline headrope_text view_of(std::string_view text) {
  return {text.data(), static_cast<std::int64_t>(text.size())};
}

/// Where `struct_size` must reach at least: past the second member.
inline constexpr std::size_t struct_size_min = 2 * sizeof(std::uint32_t);
/// No struct of this API will ever be longer; what says so is not initialised.
inline constexpr std::size_t struct_size_max = 4096;

/// Whether a struct's own size can be one, and what lies past ours is zero.
[[nodiscard]] Result<void> check_struct(const void* given, std::size_t ours,
                                        const char* name);

/// The caller's options in our size: as far as his reach, then zeros, which are
/// the defaults. NULL is all defaults.
template <typename Struct>
Result<Struct> options_of(const Struct* given, const char* name) {
  Struct own{};
  if (given == nullptr) return own;
  if (const auto good = check_struct(given, sizeof(Struct), name); !good) {
    return good.error();
  }
  std::memcpy(&own, given,
              std::min<std::size_t>(given->struct_size, sizeof(Struct)));
  return own;
}

/// Writes a result struct as far as the caller's reaches.
template <typename Struct>
Result<void> write_struct(Struct own, Struct* out, const char* name) {
  if (const auto good = check_struct(out, sizeof(Struct), name); !good) {
    return good.error();
  }
  own.struct_size = out->struct_size;
  std::memcpy(out, &own,
              std::min<std::size_t>(out->struct_size, sizeof(Struct)));
  return {};
}

/// Empties a result struct as far as it reaches; nothing if its size is none.
template <typename Struct>
void clear_struct(Struct* out) noexcept {
  if (out == nullptr || out->struct_size < struct_size_min) return;
  const std::size_t size =
      std::min<std::size_t>(out->struct_size, sizeof(Struct));
  std::memset(reinterpret_cast<char*>(out) + sizeof(std::uint32_t), 0,
              size - sizeof(std::uint32_t));
}

/// Fills an array of the caller's. @returns `buffer_too_small`, the count of
/// all being written.
template <typename Item, typename List, typename Convert>
Result<void> fill(const List& list, Item* buffer, std::int64_t capacity,
                  std::int64_t* out, const Convert& convert) {
  if (capacity < 0) return invalid("capacity is below 0");
  if (buffer == nullptr && capacity > 0) {
    return Error{Code::null_argument, "buffer is NULL"};
  }
  *out = static_cast<std::int64_t>(list.size());
  if (*out > capacity) {
    return Error{Code::buffer_too_small, std::to_string(*out) +
                                             " are there, and room for " +
                                             std::to_string(capacity)};
  }
  for (std::size_t at = 0; at < list.size(); ++at) {
    buffer[at] = convert(list[at]);
  }
  return {};
}

}  // namespace headrope::c
