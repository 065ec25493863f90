// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// `headrope draw`: one picture, as SVG or PNG by the name of the file.

#include <string>
#include <utility>

#include "headrope/commands.hpp"
#include "headrope/out_file.hpp"
#include "headrope/pictures.hpp"
#include "headrope/png.hpp"
#include "headrope/session.hpp"

namespace headrope::tool {
namespace {

DrawOptions drawn_as(const Options& options, const Snapshot& snapshot,
                     const Forest* forest) {
  DrawOptions drawn;
  drawn.language = report_language(options);
  drawn.title = options.title;
  if (forest != nullptr) drawn.shown = shown_of(options, snapshot, *forest);
  return drawn;
}

void keep_picture(const std::string& svg, const Options& options,
                  StepTimer& timer) {
  timer.step("draw");
  OutFile file(options.out, "--out");
  file.sink()(options.out.ends_with(".png") ? png_of(svg, options.scale) : svg);
  file.keep();
  timer.step("write");
  say("wrote " + harmless(options.out));
}

void check_name(const Options& options) {
  if (options.out.ends_with(".svg")) return;
  if (!options.out.ends_with(".png")) {
    throw UsageError{"--out: '" + options.out +
                     "' ends neither in .svg nor "
                     "in .png"};
  }
  if (!draws_png()) {
    throw UsageError{
        "--out: this program was built without librsvg, so it "
        "draws .svg only"};
  }
}

// A rule of a pack, assessed.
RuleAssessment assessed_rule(const DataWithPack& data, const Options& options) {
  return value_or_stop(assess(*data.snapshot, data.pack,
                              only_rule(*data.pack, options),
                              question_of(options, *data.snapshot)));
}

}  // namespace

int draw_tree(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    check_name(options);
    const DataWithPack data = open_with_pack(options, timer);
    const Snapshot& snapshot = *data.snapshot;
    const RuleAssessment assessment = assessed_rule(data, options);
    const Forest& forest = forest_of(options, snapshot);
    const Coverage coverage = value_or_stop(cover(
        snapshot, forest, assessment, basis_of(options), {options.threads}));
    keep_picture(value_or_stop(tree_svg(snapshot, forest, assessment, coverage,
                                        drawn_as(options, snapshot, &forest))),
                 options, timer);
  });
}

int draw_heatmap(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    check_name(options);
    const DataWithPack data = open_with_pack(options, timer);
    const Forest& forest = forest_of(options, *data.snapshot);
    ReportQuestion question;
    question.pack = data.pack;
    question.rules = {only_rule(*data.pack, options)};
    question.range = question_of(options, *data.snapshot).range;
    question.basis = basis_of(options);
    question.threads = {options.threads};
    keep_picture(value_or_stop(
                     heatmap_svg(data.registry, data.snapshot, forest, question,
                                 drawn_as(options, *data.snapshot, &forest))),
                 options, timer);
  });
}

int draw_spectrum(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    check_name(options);
    const DataWithPack data = open_with_pack(options, timer);
    const RuleAssessment assessment = assessed_rule(data, options);
    const Spectrum steps = value_or_stop(spectrum(assessment));
    keep_picture(spectrum_svg(assessment, steps,
                              drawn_as(options, *data.snapshot, nullptr)),
                 options, timer);
  });
}

int draw_chain(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    check_name(options);
    const auto snapshot = open(options, timer);
    const Forest& forest = forest_of(options, *snapshot);
    const Responsibility responsibility(snapshot);
    ChainQuestion question;
    question.forest = &forest;
    question.roles = roles_of(options, *snapshot);
    question.needs_post = options.needs_post;
    question.top = shown_of(options, *snapshot, forest).top;
    const std::vector<DutyId> duties = duties_of(options, *snapshot);
    if (duties.size() > 1) throw UsageError{"--duty: give one duty"};
    if (!duties.empty()) question.duty = duties.front();
    const Chains chains =
        value_or_stop(follow_chains(responsibility, question));
    keep_picture(
        value_or_stop(chain_svg(*snapshot, forest, chains,
                                drawn_as(options, *snapshot, &forest))),
        options, timer);
  });
}

int draw_matrix(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    check_name(options);
    const auto snapshot = open(options, timer);
    const Responsibility responsibility(snapshot);
    MatrixQuestion question;
    question.top = unit_of(options, *snapshot);
    if (!question.top.is_none()) {
      question.forest = &forest_of(options, *snapshot);
    }
    const auto holders = value_or_stop(matrix(responsibility, question));
    PictureOptions drawn;
    drawn.by = matrix_by(options);
    drawn.language = report_language(options);
    drawn.title = options.title;
    keep_picture(value_or_stop(matrix_svg(*snapshot, holders, drawn)), options,
                 timer);
  });
}

}  // namespace headrope::tool
