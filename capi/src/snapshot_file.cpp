// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Saving a snapshot, opening it, and the figures beside it.

#include "handles.hpp"

using namespace headrope;     // NOLINT: each body would repeat it
using namespace headrope::c;  // NOLINT

namespace {

// The figures to keep, under their names. One that may not be added over units
// is refused: a file would not keep that it may not.
Result<std::vector<SavedFigure>> figures_of(
    const Snapshot& snapshot, const headrope_save_options& options) {
  const auto figures =
      list_of(options.figures, options.figure_count, "figures");
  if (!figures) return figures.error();
  const auto names = list_of(options.names, options.figure_count, "names");
  if (!names) return names.error();
  std::vector<SavedFigure> saved;
  for (std::size_t at = 0; at < figures->size(); ++at) {
    const headrope_figures* figure = (*figures)[at];
    if (figure == nullptr) {
      return Error{Code::null_argument, "a figure is NULL"};
    }
    const auto name = text_of((*names)[at].data, (*names)[at].size, "name");
    if (!name) return name.error();
    if (figure->snapshot.get() != &snapshot) {
      return invalid("a figure is of another snapshot");
    }
    if (figure->tally.refusal) return *figure->tally.refusal;
    saved.push_back({*name, snapshot.as_of(),
                     static_cast<std::uint8_t>(figure->decimals),
                     figure->tally.value, figure->tally.has_value});
  }
  return saved;
}

}  // namespace

headrope_status headrope_snapshot_save(const headrope_snapshot* snapshot,
                                       const char* path, int64_t size,
                                       const headrope_save_options* options,
                                       headrope_error* error) {
  return guard(
      error, {{"snapshot", snapshot}, {"path", path}}, [&]() -> Result<void> {
        const auto file = text_of(path, size, "path");
        if (!file) return file.error();
        const auto own = options_of(options, "options");
        if (!own) return own.error();
        const auto figures = figures_of(*snapshot->value, *own);
        if (!figures) return figures.error();
        SpacedProgress progress(own->progress, own->user_data);
        return save_snapshot(*snapshot->value, std::filesystem::path(*file),
                             {*figures, progress.callback()});
      });
}

headrope_status headrope_snapshot_open(const char* path, int64_t size,
                                       const headrope_open_options* options,
                                       headrope_snapshot** out,
                                       headrope_error* error) {
  clear_handle(out);
  return guard(error, {{"path", path}, {"out", out}}, [&]() -> Result<void> {
    const auto file = text_of(path, size, "path");
    if (!file) return file.error();
    const auto own = options_of(options, "options");
    if (!own) return own.error();
    const auto verify = word_of<Verify>(own->verify, 2, "verify");
    if (!verify) return verify.error();
    const auto threads = threads_of(own->thread_count);
    if (!threads) return threads.error();
    SpacedProgress progress(own->progress, own->user_data);
    auto opened = open_snapshot(
        std::filesystem::path(*file),
        {*verify, own->into_memory != 0, threads->count, progress.callback()});
    if (!opened) return opened.error();
    *out = new headrope_snapshot{*std::move(opened)};
    return {};
  });
}

int64_t headrope_snapshot_figure_count(const headrope_snapshot* snapshot) {
  return snapshot == nullptr
             ? 0
             : static_cast<int64_t>(snapshot->value->saved_figure_count());
}

headrope_status headrope_snapshot_figure_name(const headrope_snapshot* snapshot,
                                              int64_t number,
                                              headrope_text* out,
                                              headrope_error* error) {
  clear_text(out);
  return guard(error, {{"snapshot", snapshot}, {"out", out}},
               [&]() -> Result<void> {
                 const auto at = id_of<UnitId>(
                     number, snapshot->value->saved_figure_count(), "number");
                 if (!at) return at.error();
                 *out = view_of(snapshot->value->saved_figure(at->value).name);
                 return {};
               });
}

headrope_status headrope_figures_saved(const headrope_snapshot* snapshot,
                                       int64_t number, headrope_figures** out,
                                       headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"snapshot", snapshot}, {"out", out}}, [&]() -> Result<void> {
        const Snapshot& frozen = *snapshot->value;
        const auto at =
            id_of<UnitId>(number, frozen.saved_figure_count(), "number");
        if (!at) return at.error();
        const SavedFigure figure = frozen.saved_figure(at->value);
        UnitTally tally;
        tally.value.assign(figure.values.begin(), figure.values.end());
        tally.has_value.assign(figure.values.size(), 1);
        if (!figure.has_value.empty()) {
          tally.has_value.assign(figure.has_value.begin(),
                                 figure.has_value.end());
        }
        *out = new headrope_figures{snapshot->value, std::move(tally),
                                    figure.decimals};
        return {};
      });
}
