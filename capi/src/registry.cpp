// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Registries: made, loaded, filled, checked, frozen.

#include "handles.hpp"

using namespace headrope;     // NOLINT: each body would repeat it
using namespace headrope::c;  // NOLINT

namespace {

Result<Limits> limits_of(const headrope_limits* given) {
  const auto own = options_of(given, "limits");
  if (!own) return own.error();
  Limits limits;
  const auto set = [](auto& member, std::uint32_t value) {
    if (value != 0) member = value;
  };
  set(limits.units_max, own->units_max);
  set(limits.persons_max, own->persons_max);
  set(limits.rows_max, own->rows_max);
  set(limits.vocabulary_max, own->vocabulary_max);
  set(limits.identity_bytes_max, own->identity_bytes_max);
  set(limits.field_bytes_max, own->field_bytes_max);
  set(limits.row_bytes_max, own->row_bytes_max);
  set(limits.columns_max, own->columns_max);
  set(limits.descriptor_bytes_max, own->descriptor_bytes_max);
  set(limits.descriptor_depth_max, own->descriptor_depth_max);
  set(limits.depth_max, own->depth_max);
  set(limits.places_per_unit_max, own->places_per_unit_max);
  set(limits.findings_max, own->findings_max);
  if (limits.depth_max > UINT16_MAX) {
    return invalid("depth_max: more than 65535 levels cannot be counted");
  }
  return limits;
}

// What a caller's options say.
struct Options {
  headrope_registry_options own;
  Limits limits;
  StartingVocabulary vocabulary;
  Threads threads;
};

Result<Options> read_options(const headrope_registry_options* given) {
  const auto own = options_of(given, "options");
  if (!own) return own.error();
  const auto vocabulary =
      word_of<StartingVocabulary>(own->vocabulary, 2, "vocabulary");
  if (!vocabulary) return vocabulary.error();
  const auto limits = limits_of(own->limits);
  if (!limits) return limits.error();
  const auto threads = threads_of(own->thread_count);
  if (!threads) return threads.error();
  Options options{*own, *limits, *vocabulary, *threads};
  options.own.limits = nullptr;  // The caller's may be gone when next read.
  return options;
}

// Loads by `load`, which takes a list of findings and C++ options.
template <typename Load>
headrope_status load_by(const headrope_registry_options* given,
                        headrope_findings* findings, headrope_registry** out,
                        headrope_error* error,
                        std::initializer_list<Required> required,
                        const Load& load) {
  clear_handle(out);
  return guard(error, required, [&]() -> Result<void> {
    const auto options = read_options(given);
    if (!options) return options.error();
    SpacedProgress progress(options->own.progress, options->own.user_data);
    const LoadOptions load_options{options->limits, options->vocabulary,
                                   progress.callback(), options->threads};
    auto registry = with_findings(findings, error, [&](Diagnostics& own) {
      return load(own, load_options);
    });
    if (!registry) return registry.error();
    *out = new headrope_registry{*std::move(registry), options->own};
    return {};
  });
}

// A file that the caller's functions read.
class CallerFile : public PackageFile {
 public:
  CallerFile(const headrope_source& source, void* file, std::int64_t size)
      : source_(source), file_(file), size_(size) {}
  ~CallerFile() override {
    if (source_.close != nullptr) source_.close(file_, source_.user_data);
  }
  CallerFile(const CallerFile&) = delete;
  CallerFile& operator=(const CallerFile&) = delete;

  Result<std::size_t> read(std::span<char> buffer) override {
    const auto capacity = static_cast<std::int64_t>(buffer.size());
    const std::int64_t count =
        source_.read(file_, buffer.data(), capacity, source_.user_data);
    if (count < 0 || count > capacity) {
      return Error{Code::file_unreadable,
                   "reading failed: the source gave " + std::to_string(count)};
    }
    return static_cast<std::size_t>(count);
  }
  [[nodiscard]] std::uint64_t size() const override {
    return size_ < 0 ? 0 : static_cast<std::uint64_t>(size_);
  }

 private:
  const headrope_source& source_;
  void* file_;
  std::int64_t size_;
};

class CallerSource : public PackageSource {
 public:
  explicit CallerSource(const headrope_source& source) : source_(source) {}
  Result<std::unique_ptr<PackageFile>> open(std::string_view path) override {
    const std::string name(path);
    // Memory first, so that a file that was opened is surely closed.
    auto storage = std::make_unique<Slot>();
    void* file = nullptr;
    std::int64_t size = 0;
    const std::int32_t code =
        source_.open(name.c_str(), &file, &size, source_.user_data);
    if (code != 0) {
      return Error{Code::file_unreadable, "'" + name +
                                              "' cannot be opened: the source "
                                              "gave " +
                                              std::to_string(code)};
    }
    storage->file.emplace(source_, file, size);
    return std::unique_ptr<PackageFile>(std::move(storage));
  }

 private:
  // A file whose memory is there before it is opened.
  struct Slot : PackageFile {
    Result<std::size_t> read(std::span<char> buffer) override {
      return file->read(buffer);
    }
    [[nodiscard]] std::uint64_t size() const override { return file->size(); }
    std::optional<CallerFile> file;
  };

  const headrope_source& source_;
};

RowOptions row_options(const headrope_registry& registry) {
  RowOptions options;
  options.ends_are_inclusive = registry.options.ends_are_inclusive != 0;
  options.makes_persons = registry.options.persons_are_listed == 0;
  return options;
}

Result<std::vector<Cell>> cells_of(const headrope_text* columns,
                                   const headrope_text* values,
                                   std::int64_t count) {
  const auto names = list_of(columns, count, "columns");
  if (!names) return names.error();
  const auto texts = list_of(values, count, "values");
  if (!texts) return texts.error();
  std::vector<Cell> cells;
  for (std::size_t at = 0; at < names->size(); ++at) {
    const auto column =
        text_of((*names)[at].data, (*names)[at].size, "columns");
    if (!column) return column.error();
    const auto value = text_of((*texts)[at].data, (*texts)[at].size, "values");
    if (!value) return value.error();
    cells.push_back({*column, *value});
  }
  return cells;
}

// The first error among findings.
Result<void> first_error(const Diagnostics& findings) {
  for (const Diagnostic& finding : findings.items()) {
    if (finding.severity == Severity::error) {
      return Error{finding.code, finding.message};
    }
  }
  return {};
}

}  // namespace

headrope_status headrope_registry_new(const headrope_registry_options* options,
                                      headrope_registry** out,
                                      headrope_error* error) {
  clear_handle(out);
  return guard(error, {{"out", out}}, [&]() -> Result<void> {
    const auto own = read_options(options);
    if (!own) return own.error();
    *out =
        new headrope_registry{Registry(own->limits, own->vocabulary), own->own};
    return {};
  });
}

void headrope_registry_free(headrope_registry* registry) { delete registry; }

headrope_status headrope_registry_load(const char* folder, int64_t size,
                                       const headrope_registry_options* options,
                                       headrope_findings* findings,
                                       headrope_registry** out,
                                       headrope_error* error) {
  return load_by(
      options, findings, out, error, {{"folder", folder}, {"out", out}},
      [&](Diagnostics& own, const LoadOptions& how) -> Result<Registry> {
        const auto path = text_of(folder, size, "folder");
        if (!path) return path.error();
        return load_package(std::filesystem::path(*path), own, how);
      });
}

headrope_status headrope_registry_load_memory(
    const headrope_file* files, int64_t count,
    const headrope_registry_options* options, headrope_findings* findings,
    headrope_registry** out, headrope_error* error) {
  return load_by(
      options, findings, out, error, {{"out", out}},
      [&](Diagnostics& own, const LoadOptions& how) -> Result<Registry> {
        const auto given = list_of(files, count, "files");
        if (!given) return given.error();
        std::vector<MemoryFile> list;
        for (const headrope_file& file : *given) {
          const auto path = text_of(file.path.data, file.path.size, "path");
          if (!path) return path.error();
          const auto bytes =
              list_of(static_cast<const char*>(file.bytes), file.size, "bytes");
          if (!bytes) return bytes.error();
          list.push_back({*path, {bytes->data(), bytes->size()}});
        }
        return load_package(list, own, how);
      });
}

headrope_status headrope_registry_load_source(
    const headrope_source* source, const headrope_registry_options* options,
    headrope_findings* findings, headrope_registry** out,
    headrope_error* error) {
  return load_by(
      options, findings, out, error, {{"source", source}, {"out", out}},
      [&](Diagnostics& own, const LoadOptions& how) -> Result<Registry> {
        const auto given = options_of(source, "source");
        if (!given) return given.error();
        if (given->open == nullptr || given->read == nullptr) {
          return Error{Code::null_argument, "source: a function is NULL"};
        }
        CallerSource files(*given);
        return load_package(files, own, how);
      });
}

headrope_status headrope_registry_add_row(headrope_registry* registry,
                                          const char* table, int64_t size,
                                          const headrope_text* columns,
                                          const headrope_text* values,
                                          int64_t count,
                                          headrope_error* error) {
  return guard(error, {{"registry", registry}, {"table", table}},
               [&]() -> Result<void> {
                 const auto name = text_of(table, size, "table");
                 if (!name) return name.error();
                 const auto cells = cells_of(columns, values, count);
                 if (!cells) return cells.error();
                 return with_findings(nullptr, error, [&](Diagnostics& own) {
                   return add_row(registry->value, *name, *cells, own,
                                  row_options(*registry));
                 });
               });
}

headrope_status headrope_registry_add_stream(headrope_registry* registry,
                                             const char* table, int64_t size,
                                             struct ArrowArrayStream* stream,
                                             headrope_findings* findings,
                                             int64_t* out,
                                             headrope_error* error) {
  clear_output<int64_t>(out, 0);
  return guard(error,
               {{"registry", registry},
                {"table", table},
                {"stream", stream},
                {"out", out}},
               [&]() -> Result<void> {
                 const auto name = text_of(table, size, "table");
                 if (!name) return name.error();
                 SpacedProgress progress(registry->options.progress,
                                         registry->options.user_data);
                 RowOptions options = row_options(*registry);
                 options.progress = progress.callback();
                 const auto count =
                     with_findings(findings, error, [&](Diagnostics& own) {
                       return add_rows(registry->value, *name, *stream, own,
                                       options);
                     });
                 if (!count) return count.error();
                 *out = static_cast<int64_t>(*count);
                 return {};
               });
}

headrope_status headrope_registry_check(const headrope_registry* registry,
                                        headrope_findings* findings,
                                        headrope_error* error) {
  return guard(error, {{"registry", registry}}, [&]() -> Result<void> {
    return with_findings(findings, error, [&](Diagnostics& own) {
      registry->value.check(own);
      check_hierarchies(registry->value, own);
      own.sort();
      return first_error(own);
    });
  });
}

headrope_status headrope_registry_row_count(const headrope_registry* registry,
                                            const char* table, int64_t size,
                                            int64_t* out,
                                            headrope_error* error) {
  clear_output<int64_t>(out, 0);
  return guard(error, {{"registry", registry}, {"table", table}, {"out", out}},
               [&]() -> Result<void> {
                 const auto name = text_of(table, size, "table");
                 if (!name) return name.error();
                 const auto count = row_count(registry->value, *name);
                 if (!count) return count.error();
                 *out = static_cast<int64_t>(*count);
                 return {};
               });
}

headrope_status headrope_registry_freeze(const headrope_registry* registry,
                                         int32_t as_of,
                                         const headrope_freeze_options* options,
                                         headrope_findings* findings,
                                         headrope_snapshot** out,
                                         headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"registry", registry}, {"out", out}}, [&]() -> Result<void> {
        const auto own = options_of(options, "options");
        if (!own) return own.error();
        SpacedProgress progress(own->progress, own->user_data);
        FreezeOptions how;
        how.as_of = Date{as_of};
        if (own->known_on != 0) how.known_on = Date{own->known_on};
        how.progress = progress.callback();
        auto frozen = with_findings(findings, error, [&](Diagnostics& found) {
          return freeze(registry->value, how, found);
        });
        if (!frozen) return frozen.error();
        *out = new headrope_snapshot{*std::move(frozen)};
        return {};
      });
}
