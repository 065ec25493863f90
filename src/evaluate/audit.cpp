// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Recomputing what a document states of itself. A figure is an interval: `2600
// 余` is at least 2600, 近 at most, 左右 about.

#include <algorithm>

#include "base/checked.hpp"
#include "headrope/pack_answers.hpp"
#include "rules/pack_model.hpp"

namespace headrope {
namespace {

// A number between two bounds; nothing known: no value.
struct Span {
  bool is_known = false;
  std::optional<Fraction> least{};
  std::optional<Fraction> greatest{};

  [[nodiscard]] bool is_point() const {
    return is_known && least && greatest && *least == *greatest;
  }
  // Of a point.
  [[nodiscard]] Fraction value() const { return least.value_or(Fraction{}); }
};

Span point(const Fraction& value) { return {true, value, value}; }

using Operation = std::optional<Fraction> (*)(const Fraction&, const Fraction&);

// A bound calculated from two; none if one of them is none. Notes in `fits`
// whether 64 bits hold it.
std::optional<Fraction> bound_of(const std::optional<Fraction>& left,
                                 const std::optional<Fraction>& right,
                                 Operation operation, bool& fits) {
  if (!left || !right) return std::nullopt;
  const auto bound = operation(*left, *right);
  fits = fits && bound;
  return bound;
}

class Auditor {
 public:
  explicit Auditor(const PackModel& model) : model_(model) {}

  AuditResult run(const FigureCheck& check) {
    AuditResult result{check.id,
                       check.clause,
                       check.title.zh,
                       check.title.en,
                       AuditVerdict::cannot_be_computed,
                       {},
                       {},
                       {}};
    const Condition& wanted = check.require;
    if (wanted.op != Condition::Op::compare || wanted.amounts.size() < 2) {
      result.note = "the check compares nothing";
      return result;
    }
    const Span left = span_of(wanted.amounts[0]);
    const Span right = threshold_of(wanted);
    result.stated = stated(wanted.amounts[1], right);
    result.computed = to_text(left);
    if (!left.is_known || !right.is_known) {
      result.note = "a figure is unknown, which is not zero";
      return result;
    }
    using Compare = Condition::Compare;
    switch (wanted.compare) {
      case Compare::rounds_to:
        judge_rounding(left, right, step_of(wanted.amounts[1]), result);
        break;
      case Compare::is_a_share_of:
        result.stated = stated(wanted.amounts[0], left) + " = " + result.stated;
        judge_share(left, right, step_of(wanted.amounts[1]), result);
        break;
      case Compare::range:
        judge_range(wanted, left, right, result);
        break;
      case Compare::at_most:
        judge(wanted.follows_below && model_.readings.below_is_exclusive
                  ? Compare::less_than
                  : Compare::at_most,
              left, right, result);
        break;
      default:
        judge(wanted.compare, left, right, result);
        break;
    }
    return result;
  }

 private:
  // What is compared with, with its tolerance.
  Span threshold_of(const Condition& wanted) {
    const Span right = span_of(wanted.amounts[1]);
    if (!wanted.is_tolerant) return right;
    const auto& share = model_.readings.basically;
    return share ? combined(Amount::Op::product, right, point(*share)) : Span{};
  }

  // The upper bound by the reading `range`.
  void judge_range(const Condition& wanted, const Span& left, const Span& low,
                   AuditResult& result) {
    using Compare = Condition::Compare;
    const Span high = span_of(wanted.amounts[2]);
    result.stated += " – " + stated(wanted.amounts[2], high);
    judge(Compare::at_least, left, low, result);
    if (!model_.readings.range_is_strict ||
        result.verdict == AuditVerdict::contradicted) {
      return;
    }
    if (high.is_known) return judge(Compare::at_most, left, high, result);
    result.verdict = AuditVerdict::cannot_be_computed;
    result.note = "a figure is unknown, which is not zero";
  }

  const ReportedFigure* figure_of(const Amount& amount) const {
    if (amount.op != Amount::Op::figure) return nullptr;
    for (const ReportedFigure& figure : model_.reported) {
      if (figure.id == amount.name) return &figure;
    }
    return nullptr;
  }

  Fraction step_of(const Amount& amount) const {
    const ReportedFigure* figure = figure_of(amount);
    return figure != nullptr ? figure->step : Fraction{1, 100};
  }

  std::string stated(const Amount& amount, const Span& span) const {
    const ReportedFigure* figure = figure_of(amount);
    return figure != nullptr ? figure->text : to_text(span);
  }

  static std::string to_text(const Span& span) {
    if (!span.is_known) return "?";
    if (span.is_point()) return to_string(span.value());
    const std::string least = span.least ? ">= " + to_string(*span.least) : "";
    const std::string greatest =
        span.greatest ? "<= " + to_string(*span.greatest) : "";
    return least + (least.empty() || greatest.empty() ? "" : ", ") + greatest;
  }

  Span figure_span(const ReportedFigure& figure) const {
    if (!figure.value) return {};
    const Fraction value = *figure.value;
    switch (figure.approximation) {
      case Approximation::exact:
        return point(value);
      case Approximation::more:
        return {true, value, std::nullopt};
      case Approximation::nearly:
        return {true, std::nullopt, value};
      case Approximation::about: {
        if (!model_.readings.approximately) return {};
        const auto off = multiply(value, *model_.readings.approximately);
        if (!off) return {};
        return {true, subtract(value, *off), add(value, *off)};
      }
      case Approximation::unknown:
        break;
    }
    return {};
  }

  Span span_of(const Amount& amount) {
    using Op = Amount::Op;
    switch (amount.op) {
      case Op::number:
      case Op::date:
        return point(amount.number);
      case Op::figure: {
        const ReportedFigure* figure = figure_of(amount);
        return figure == nullptr ? Span{} : figure_span(*figure);
      }
      case Op::parameter: {
        const Parameter* parameter = model_.find_parameter(amount.name);
        const ParameterValue* value =
            parameter == nullptr ? nullptr
                                 : parameter->on(model_.in_force.valid_from);
        return value != nullptr && value->value ? point(*value->value) : Span{};
      }
      case Op::total:
      case Op::difference:
      case Op::product:
      case Op::quotient:
        break;
      default:
        return {};
    }
    Span result = span_of(amount.parts.front());
    for (std::size_t at = 1; at < amount.parts.size(); ++at) {
      result = combined(amount.op, result, span_of(amount.parts[at]));
    }
    return result;
  }

  // The figures of documents are not negative, so that bounds meet bounds.
  static Span combined(Amount::Op op, const Span& left, const Span& right) {
    if (!left.is_known || !right.is_known) return {};
    Span result{true};
    bool fits = true;
    switch (op) {
      case Amount::Op::total:
        result.least = bound_of(left.least, right.least, add, fits);
        result.greatest = bound_of(left.greatest, right.greatest, add, fits);
        break;
      case Amount::Op::difference:
        result.least = bound_of(left.least, right.greatest, subtract, fits);
        result.greatest = bound_of(left.greatest, right.least, subtract, fits);
        break;
      case Amount::Op::product:
        result.least = bound_of(left.least, right.least, multiply, fits);
        result.greatest =
            bound_of(left.greatest, right.greatest, multiply, fits);
        break;
      default:
        result.least = bound_of(left.least, right.greatest, divide, fits);
        // A divisor that may be 0 leaves the quotient without a bound above.
        if (right.is_point() || right.least != Fraction{}) {
          result.greatest = bound_of(left.greatest, right.least, divide, fits);
        }
        break;
    }
    return fits ? result : Span{};
  }

  static void judge(Condition::Compare compare, const Span& left,
                    const Span& right, AuditResult& result) {
    using Compare = Condition::Compare;
    const auto below = [](const std::optional<Fraction>& one,
                          const std::optional<Fraction>& other) {
      return one && other && *one < *other;
    };
    const auto touches = [](const std::optional<Fraction>& one,
                            const std::optional<Fraction>& other) {
      return one && one == other;
    };
    const bool is_less = below(left.greatest, right.least);
    const bool is_more = below(right.greatest, left.least);
    bool is_wrong = false;
    switch (compare) {
      case Compare::at_least:
        is_wrong = is_less;
        break;
      case Compare::at_most:
        is_wrong = is_more;
        break;
      case Compare::more_than:
        is_wrong = is_less || touches(left.greatest, right.least);
        break;
      case Compare::less_than:
        is_wrong = is_more || touches(right.greatest, left.least);
        break;
      default:
        is_wrong = is_less || is_more;
        break;
    }
    result.verdict =
        is_wrong ? AuditVerdict::contradicted : AuditVerdict::holds;
    if (!left.is_point() || !right.is_point()) {
      result.note = "calculated with bounds";
      return;
    }
    const auto off = subtract(left.value(), right.value());
    if (is_wrong && off) {
      result.note = to_string(left.value()) + " - " + to_string(right.value()) +
                    " = " + to_string(*off);
    }
  }

  // The whole number of steps at or below a value.
  static std::optional<std::int64_t> steps_in(const Fraction& value,
                                              const Fraction& step) {
    const auto steps = divide(value, step);
    if (!steps) return std::nullopt;
    std::int64_t whole = steps->numerator / steps->denominator;
    if (steps->numerator < 0 && whole * steps->denominator != steps->numerator)
      --whole;
    return whole;
  }

  static std::optional<Fraction> half_up(const Fraction& value,
                                         const Fraction& step) {
    const auto half = divide(step, {2, 1});
    const auto raised = half ? add(value, *half) : std::nullopt;
    const auto steps = raised ? steps_in(*raised, step) : std::nullopt;
    return steps ? multiply({*steps, 1}, step) : std::nullopt;
  }

  static void judge_rounding(const Span& exact, const Span& printed,
                             const Fraction& step, AuditResult& result) {
    if (!exact.is_point() || !printed.is_point()) {
      result.note = "only exact figures can be rounded";
      return;
    }
    const Fraction value = exact.value();
    const Fraction said = printed.value();
    const auto steps = steps_in(value, step);
    const auto cut = steps ? multiply({*steps, 1}, step) : std::nullopt;
    result.verdict = value == said                  ? AuditVerdict::holds
                     : half_up(value, step) == said ? AuditVerdict::rounded
                     : cut == said                  ? AuditVerdict::truncated
                                   : AuditVerdict::contradicted;
    if (const auto fine = half_up(value, {1, 10'000})) {
      const auto percent = multiply(*fine, {100, 1});
      if (percent && step < Fraction{1, 1}) {
        result.note = "about " + to_string(*percent) + " %";
      }
    }
  }

  // The whole of which the part is just that share, else the smallest of which
  // it is a little less than half a step above: if that is none, none is.
  static std::optional<std::int64_t> whole_of(const Fraction& part,
                                              const Fraction& share,
                                              const Fraction& step) {
    const auto exact = divide(part, share);
    if (!exact) return std::nullopt;
    if (exact->denominator == 1)
      return std::max<std::int64_t>(1, exact->numerator);
    const auto half = divide(step, {2, 1});
    const auto most = half ? add(share, *half) : std::nullopt;
    const auto below = most ? divide(part, *most) : std::nullopt;
    const auto whole = below ? steps_in(*below, {1, 1}) : std::nullopt;
    if (!whole) return std::nullopt;
    return std::max<std::int64_t>(1, *whole + 1);
  }

  // Is there a whole of which the part is, rounded, that share?
  static void judge_share(const Span& part, const Span& share,
                          const Fraction& step, AuditResult& result) {
    result.computed.clear();
    if (!part.is_point() || !share.is_point() ||
        part.value().denominator != 1 || share.value() <= Fraction{}) {
      result.note = "a whole part and a share above 0 are needed";
      return;
    }
    const auto exact = divide(part.value(), share.value());
    const auto whole =
        exact ? whole_of(part.value(), share.value(), step) : std::nullopt;
    if (!whole) {
      result.note = "a number is beyond 64 bits";
      return;
    }
    const auto rate = divide(part.value(), {*whole, 1});
    if (rate &&
        (rate == share.value() || half_up(*rate, step) == share.value())) {
      result.verdict =
          rate == share.value() ? AuditVerdict::holds : AuditVerdict::rounded;
      result.computed =
          to_string(part.value()) + " of " + std::to_string(*whole);
      return;
    }
    result.verdict = AuditVerdict::contradicted;
    result.note = "no whole number gives this share";
    const std::int64_t middle = exact->numerator / exact->denominator;
    for (const std::int64_t near : {middle, middle + 1}) {
      const auto close =
          divide(part.value(), {std::max<std::int64_t>(1, near), 1});
      const auto percent = close ? multiply(*close, {100, 1}) : std::nullopt;
      const auto shown = percent ? half_up(*percent, {1, 10}) : std::nullopt;
      if (!shown) continue;
      if (!result.computed.empty()) result.computed += ", ";
      result.computed += std::to_string(near) + ": " + to_string(*shown) + " %";
    }
  }

  const PackModel& model_;
};

}  // namespace

std::vector<AuditResult> audit(const Pack& pack) {
  Auditor auditor(pack.model());
  std::vector<AuditResult> results;
  for (const FigureCheck& check : pack.model().checks) {
    results.push_back(auditor.run(check));
  }
  return results;
}

std::optional<PhaseOn> phase_on(const Pack& pack, Date day) {
  const std::vector<Phase>& phases = pack.model().phases;
  if (phases.empty()) return std::nullopt;
  PhaseOn found;
  found.phase = found.count = phases.size();
  for (std::size_t at = 0; at < phases.size(); ++at) {
    if (!phases[at].days.contains(day)) continue;
    found.phase = at;
    found.id = phases[at].id;
    found.day = std::int64_t{day.days} - phases[at].days.valid_from.days + 1;
    found.days = phases[at].days.day_count();
    break;
  }
  return found;
}

}  // namespace headrope
