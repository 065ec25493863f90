// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The coverage of a rule: the status of each subject, and the subjects of each
// status at and below every place.

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "evaluate/assess_subject.hpp"
#include "live/cells_figure.hpp"
#include "live/footprint.hpp"
#include "live/status_source.hpp"

namespace headrope {
namespace {

constexpr std::uint8_t no_status = 0xFF;

class CoverageFigure final : public CellsFigure<std::uint32_t> {
 public:
  CoverageFigure(const FigureParts& parts, CountBasis basis,
                 std::unique_ptr<StatusSource> source)
      : CellsFigure(parts, status_count),
        basis_(basis),
        source_(std::move(source)),
        statuses_(source_->has_persons() ? parts.snapshot.person_count()
                                         : parts.snapshot.unit_count(),
                  no_status) {}

  void fill(std::span<const std::uint32_t> subjects,
            std::span<const Status> statuses, const Coverage& coverage) {
    for (std::size_t at = 0; at < subjects.size(); ++at) {
      statuses_[subjects[at]] = static_cast<std::uint8_t>(statuses[at]);
    }
    for (std::size_t status = 0; status < status_count; ++status) {
      if (!coverage.by_status[status].empty()) {
        cells_.table().fill(status, std::span(coverage.by_status[status]));
      }
    }
    unplaced_ = coverage.unplaced;
  }

  [[nodiscard]] bool is_coverage() const override { return true; }
  [[nodiscard]] FigureState state() const override {
    return {cells_.table().root(), unplaced_};
  }

  [[nodiscard]] Result<void> plan(const Batch& batch) override {
    unplaced_after_ = unplaced_;
    find_affected(batch);
    std::size_t edit = 0;
    for (const std::uint32_t subject : affected_) {
      while (edit < moved_.size() && moved_[edit]->person < subject) ++edit;
      const PersonEdit* const moved =
          edit < moved_.size() && moved_[edit]->person == subject ? moved_[edit]
                                                                  : nullptr;
      if (auto done = plan_subject(subject, moved); !done) return done;
    }
    return cells_.plan();
  }
  void commit(std::vector<PlaceIndex>& places) noexcept override {
    for (const auto& [subject, status] : after_) kept(subject) = status;
    unplaced_ = unplaced_after_;
    after_.clear();
    CellsFigure::commit(places);
  }
  void drop() noexcept override {
    after_.clear();
    CellsFigure::drop();
  }
  [[nodiscard]] std::size_t byte_count() const override {
    return CellsFigure::byte_count() + statuses_.size();
  }

 private:
  void find_affected(const Batch& batch) {
    affected_.clear();
    moved_.clear();
    for (const RecordEdit& edit : batch.records) {
      source_->append_affected(edit, affected_);
    }
    if (source_->has_persons()) {
      for (const PersonEdit& edit : batch.persons) {
        moved_.push_back(&edit);
        affected_.push_back(edit.person);
      }
      std::sort(moved_.begin(), moved_.end(),
                [](const PersonEdit* left, const PersonEdit* right) {
                  return left->person < right->person;
                });
    }
    if (affected_.size() < 2) return;
    std::sort(affected_.begin(), affected_.end());
    affected_.erase(std::unique(affected_.begin(), affected_.end()),
                    affected_.end());
  }

  [[nodiscard]] Result<void> plan_subject(std::uint32_t subject,
                                          const PersonEdit* moved) {
    const auto now = source_->status_of(subject);
    if (!now) return now.error();
    const std::uint8_t before = kept(subject);
    const std::optional<Status>& status = *now;
    const std::uint8_t after =
        status ? static_cast<std::uint8_t>(*status) : no_status;
    if (before == after && (moved == nullptr || after == no_status)) return {};
    after_.emplace_back(subject, after);
    if (!source_->has_persons()) {
      footprint_.clear();
      append_footprint(forest_, UnitIndex{subject}, footprint_);
      count(before, -1);
      count(after, 1);
      return {};
    }
    const auto belongs = rows_.memberships(subject);
    place(moved != nullptr ? std::span<const Belonging>(moved->before)
                           : belongs);
    count(before, -1);
    if (moved != nullptr) place(belongs);
    count(after, 1);
    return {};
  }

  void place(std::span<const Belonging> memberships) {
    footprint_.clear();
    append_footprint(forest_, memberships, basis_, footprint_);
  }

  // Counts a subject of a status at the places of the footprint.
  void count(std::uint8_t status, std::int64_t amount) {
    if (status == no_status) return;
    if (footprint_.empty()) unplaced_after_.by_status[status] += amount;
    cells_.add(footprint_, status, amount);
  }

  // The status that is kept of a subject; of persons who came since apart.
  std::uint8_t& kept(std::uint32_t subject) {
    return subject < statuses_.size()
               ? statuses_[subject]
               : statuses_since_.try_emplace(subject, no_status).first->second;
  }

  CountBasis basis_;
  std::unique_ptr<StatusSource> source_;
  std::vector<std::uint8_t> statuses_;
  std::unordered_map<std::uint32_t, std::uint8_t> statuses_since_;
  StatusCounts unplaced_;
  // Planned.
  std::vector<std::uint32_t> affected_;
  std::vector<const PersonEdit*> moved_;
  std::vector<std::pair<std::uint32_t, std::uint8_t>> after_;
  StatusCounts unplaced_after_;
};

Result<void> check_basis(CountBasis basis) {
  if (basis <= CountBasis::every) return {};
  return Error{Code::invalid_argument, "there is no such basis of counting"};
}

}  // namespace

FigureResult make_coverage(const FigureParts& parts,
                           const LiveCoverage& wanted) {
  if (auto fine = check_basis(wanted.basis); !fine) return fine.error();
  auto windows = windows_of_rule(parts.snapshot, wanted.rule, wanted.range);
  if (!windows) return windows.error();
  if (wanted.rule.tally.source == Tally::Source::attendance) {
    return Error{Code::invalid_argument,
                 "a tally of attendance is not kept: marks do not come one by "
                 "one"};
  }
  const bool persons = wanted.rule.subjects.type == Subjects::Type::persons;
  for (const MeasureId measure : wanted.rule.tally.measures) {
    parts.rows.index_records(measure, persons);
  }
  if (persons) parts.rows.index_members();
  // One window of the overall status is all that is asked of an assessment, so
  // that the cells of all windows need not be kept.
  Assessment overall;
  overall.rule.subjects.type = wanted.rule.subjects.type;
  overall.windows.resize(1);
  overall.subjects = SubjectFilter(parts.snapshot, wanted.rule.subjects).all();
  overall.statuses.reserve(overall.subjects.size());
  auto source =
      make_status_source(parts.rows, wanted.rule, *std::move(windows));
  Pace pace(parts.options.progress);
  pace.begin("assess", overall.subjects.size());
  for (const std::uint32_t subject : overall.subjects) {
    pace.step();
    pace.advance(1);
    const auto status = source->status_of(subject);
    if (!status) return status.error();
    overall.statuses.push_back(status->value_or(Status::not_applicable));
  }
  const auto coverage = cover(parts.snapshot, parts.forest, overall,
                              wanted.basis, parts.options.threads);
  if (!coverage) return coverage.error();
  auto figure =
      std::make_unique<CoverageFigure>(parts, wanted.basis, std::move(source));
  figure->fill(overall.subjects, overall.statuses, *coverage);
  return std::unique_ptr<KeptFigure>(std::move(figure));
}

FigureResult make_pack_coverage(const FigureParts& parts,
                                const LivePackCoverage& wanted) {
  auto source = make_pack_status_source(parts.rows, wanted);
  if (!source) return source.error();
  RuleQuestion question;
  question.range = wanted.range;
  question.threads = parts.options.threads;
  question.progress = parts.options.progress;
  const auto assessment =
      assess(parts.snapshot, wanted.pack, wanted.rule, question);
  if (!assessment) return assessment.error();
  const auto coverage = cover(parts.snapshot, parts.forest, *assessment,
                              CountBasis::primary, parts.options.threads);
  if (!coverage) return coverage.error();
  std::vector<Status> statuses;
  statuses.reserve(assessment->subjects.size());
  for (std::size_t at = 0; at < assessment->subjects.size(); ++at) {
    statuses.push_back(assessment->overall(at));
  }
  auto figure = std::make_unique<CoverageFigure>(parts, CountBasis::primary,
                                                 *std::move(source));
  figure->fill(assessment->subjects, statuses, *coverage);
  return std::unique_ptr<KeptFigure>(std::move(figure));
}

}  // namespace headrope
