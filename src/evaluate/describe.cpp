// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Words for rules. Labels come from the vocabulary and the pack; what has none
// keeps its machine name.

#include "evaluate/describe.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/checked.hpp"
#include "base/decimal.hpp"
#include "evaluate/overall.hpp"

namespace headrope {
namespace {

Text operator+(Text left, const Text& right) {
  left.zh += right.zh;
  left.en += right.en;
  return left;
}

Text both(std::string_view zh, std::string_view en) {
  return {std::string(zh), std::string(en)};
}

Text plain(std::string_view text) { return both(text, text); }

Text of_label(const Label& label, std::string_view id) {
  return both(label.zh.empty() ? id : label.zh,
              label.en.empty() ? id : label.en);
}

Text joined(const std::vector<Text>& parts, const Text& by) {
  Text text;
  for (std::size_t at = 0; at < parts.size(); ++at) {
    if (at > 0) text = text + by;
    text = text + parts[at];
  }
  return text;
}

Text listed(const std::vector<std::string>& texts) {
  std::vector<Text> parts;
  parts.reserve(texts.size());
  for (const std::string& text : texts) parts.push_back(plain(text));
  return joined(parts, both("、", ", "));
}

class Describer {
 public:
  Describer(const Snapshot& snapshot, const PackModel& model)
      : snapshot_(snapshot), model_(model) {}

  [[nodiscard]] Text selection(const Selection& one) const {
    using Source = Selection::Source;
    Text text;
    switch (one.source) {
      case Source::records:
        text = measures(one.names);
        break;
      case Source::attended:
        text = both("参加的", "attended ") + measures(one.names);
        break;
      case Source::attendance:
        text = both("到会人员", "persons marked");
        break;
      case Source::members:
        text = both("成员", "members");
        break;
      case Source::units:
        text =
            one.kinds.texts.empty() ? both("单位", "units") : kinds(one.kinds);
        break;
      case Source::posts:
        text = one.names.is_all ? both("职务", "posts") : roles(one.names);
        break;
      case Source::holders:
        text = both("任职人员", "holders");
        break;
      case Source::assignments:
        text = (one.names.is_all ? Text{} : roles(one.names)) +
               both("责任分工", " assignments");
        break;
      case Source::pairings:
        text =
            (one.names.is_all ? both("结对", "ties") : listed(one.names.texts));
        break;
      case Source::answered_by:
        text = (one.names.is_all ? Text{} : roles(one.names)) +
               both("（就近）", " that answer for it");
        break;
      case Source::duties:
        text = both("责任领域", "duties");
        break;
      case Source::windows:
        text = both("时段", "periods");
        break;
    }
    if (one.reach == Selection::Reach::below) {
      text = both("本级及以下的", "") + text + both("", " here and below");
    } else if (one.reach == Selection::Reach::children) {
      text = both("直接下级", "") + text + both("", " directly below");
    }
    if (!one.where.empty()) {
      text = text + both("（", " (") + condition(one.where.front()) +
             both("）", ")");
    }
    return text;
  }

  [[nodiscard]] Text amount(const Amount& one) const {
    using Op = Amount::Op;
    switch (one.op) {
      case Op::number:
        return plain(to_string(one.number));
      case Op::all:
        return both("全部", "all");
      case Op::parameter:
        return parameter(one.name);
      case Op::date:
        return plain(
            to_string(Date{static_cast<std::int32_t>(one.number.numerator)}));
      case Op::figure:
        return plain(one.name);
      case Op::attribute:
        return both("属性", "attribute ") + plain(one.name);
      case Op::age:
        return both("周岁", "completed years");
      case Op::value:
        return both("数值", "value");
      case Op::length:
        return both("天数", "days");
      case Op::met:
        return both("达标与否", "whether ") + condition(one.conditions.front());
      case Op::choose:
        return both("按条件取值", "by case");
      case Op::weighted:
        return both("加权得分", "weighted score");
      case Op::change:
        return amount(one.parts.front()) + both("的变化", ", the change");
      case Op::quotient:
        return parts(one, both("除以", " over "));
      case Op::difference:
        return parts(one, both("减", " less "));
      case Op::product:
        return parts(one, both("乘", " times "));
      case Op::total:
        return parts(one, both("加", " and "));
      default:
        return of_selection(one);
    }
  }

  [[nodiscard]] Text condition(const Condition& one) const {
    using Op = Condition::Op;
    if (!one.label.is_empty()) {
      return both(one.label.zh.empty() ? one.label.en : one.label.zh,
                  one.label.en.empty() ? one.label.zh : one.label.en);
    }
    switch (one.op) {
      case Op::compare:
        return comparison(one);
      case Op::all:
        return both("全部满足", "all of ") + counted(one);
      case Op::any:
        return both("满足其一", "one of ") + counted(one);
      case Op::some:
        return both("至少满足", "at least ") + amount(one.amounts.front()) +
               both("项，共", " of ") + counted(one);
      case Op::negation:
        return both("并非：", "not: ") + condition(one.parts.front());
      case Op::attribute_in:
        return plain(one.name) +
               (one.negated ? both("不在", " not in ") : both("属于", " in ")) +
               listed(one.names.texts);
      case Op::attribute_present:
        return plain(one.name) + (one.negated ? both("未填", " not given")
                                              : both("已填", " given"));
      case Op::kind:
        return both("类别为", "of kind ") + kinds(one.names);
      case Op::member_of:
        return both("属于", "member of ") + kinds(one.names);
      case Op::role:
      case Op::holds:
        return both("职务为", "in the post of ") + roles(one.names);
      case Op::weekday:
        return both("在规定的星期", "on the weekday");
      case Op::rule:
        return both("符合", "meets ") + plain(one.name);
      case Op::always:
        break;
    }
    return both("恒成立", "always");
  }

 private:
  template <typename Find>
  Text named(const Names& names, const Find& find) const {
    std::vector<Text> parts;
    parts.reserve(names.texts.size());
    for (const std::string& id : names.texts) parts.push_back(find(id));
    return joined(parts, both("、", ", "));
  }
  Text measures(const Names& names) const {
    return named(names, [&](const std::string& id) {
      const auto found = snapshot_.find_measure(id);
      return found ? of_label(snapshot_.measures()[found->value].label, id)
                   : plain(id);
    });
  }
  Text kinds(const Names& names) const {
    return named(names, [&](const std::string& id) {
      const auto found = snapshot_.find_kind(id);
      return found ? of_label(snapshot_.kinds()[found->value].label, id)
                   : plain(id);
    });
  }
  Text roles(const Names& names) const {
    return named(names, [&](const std::string& id) {
      const auto found = snapshot_.find_role(id);
      return found ? of_label(snapshot_.roles()[found->value].label, id)
                   : plain(id);
    });
  }
  Text parameter(const std::string& id) const {
    const Parameter* found = model_.find_parameter(id);
    if (found == nullptr || found->title.is_empty()) return plain(id);
    return both(found->title.zh.empty() ? id : found->title.zh,
                found->title.en.empty() ? id : found->title.en);
  }
  static Text counted(const Condition& one) {
    const std::string count = std::to_string(one.parts.size());
    return both(count + "项", count);
  }
  Text parts(const Amount& one, const Text& by) const {
    std::vector<Text> list;
    list.reserve(one.parts.size());
    for (const Amount& part : one.parts) list.push_back(amount(part));
    return joined(list, by);
  }

  Text of_selection(const Amount& one) const {
    Text items = selection(one.selection.front());
    using Op = Amount::Op;
    switch (one.op) {
      case Op::count:
        return items + both("的数量", ", how many");
      case Op::sum:
        return items + both("合计", ", the sum");
      case Op::last:
        return items + both("的最近值", ", the last value");
      case Op::least:
        return items + both("的最小值", ", the least");
      case Op::greatest:
        return items + both("的最大值", ", the greatest");
      case Op::days:
        return items + both("的天数", ", different days");
      case Op::first_day:
        return items + both("的首日", ", the first day");
      case Op::last_day:
        return items + both("的末日", ", the last day");
      case Op::distinct:
        return items + both("中不同的", ", different ") + plain(one.name);
      case Op::share:
        return items + both("中符合“", ", the share with “") +
               condition(one.conditions.front()) + both("”的比例", "”");
      case Op::spread:
        return items + both("各组之差", ", the spread of groups");
      default:
        return items;
    }
  }

  // Thresholds of rates are percents.
  Text threshold(const Condition& one) const {
    const Amount::Op left = one.amounts[0].op;
    const Amount& right = one.amounts[1];
    const bool is_rate =
        left == Amount::Op::share || left == Amount::Op::spread;
    const auto percent = multiply(right.number, {100, 1});
    return is_rate && right.op == Amount::Op::number && percent
               ? plain(to_string(*percent) + " %")
               : amount(right);
  }

  Text comparison(const Condition& one) const {
    using Compare = Condition::Compare;
    Text text = amount(one.amounts[0]);
    switch (one.compare) {
      case Compare::at_least:
        text = text + both("不少于", " at least ");
        break;
      case Compare::at_most:
        text = text + (one.follows_below && model_.readings.below_is_exclusive
                           ? both("少于", " less than ")
                           : both("不超过", " at most "));
        break;
      case Compare::more_than:
        text = text + both("多于", " more than ");
        break;
      case Compare::less_than:
        text = text + both("少于", " less than ");
        break;
      case Compare::equals:
        text = text + both("等于", " equal to ");
        break;
      case Compare::range:
        return text + both("在", " from ") + amount(one.amounts[1]) +
               both("至", " to ") + amount(one.amounts[2]);
      case Compare::rounds_to:
      case Compare::is_a_share_of:
        text = text + both("应为", " is ");
        break;
    }
    text = text + threshold(one);
    return one.is_tolerant ? text + both("（基本上）", " (basically)") : text;
  }

  const Snapshot& snapshot_;
  const PackModel& model_;
};

Text status_text(Status status) {
  switch (status) {
    case Status::met:
      return both("达标", "meets");
    case Status::unmet:
      return both("未达标", "does not meet");
    case Status::pending:
      return both("待定", "may still meet or miss");
    case Status::exempt:
      return both("豁免", "is exempt from");
    case Status::not_applicable:
      return both("不适用", "is not asked for");
    case Status::not_in_force:
      return both("未生效", "is not yet, or no longer, under");
    case Status::not_evaluable:
      break;
  }
  return both("无法评价", "cannot be judged on");
}

bool is_day_number(const PackRule& rule) {
  if (rule.require.op != Condition::Op::compare) return false;
  const Amount::Op left = rule.require.amounts[0].op;
  return left == Amount::Op::first_day || left == Amount::Op::last_day;
}

bool is_rate(const PackRule& rule) {
  if (rule.require.op != Condition::Op::compare) return false;
  const Amount::Op left = rule.require.amounts[0].op;
  return left == Amount::Op::share || left == Amount::Op::spread;
}

std::string number_text(const Fraction& value, const PackRule& rule) {
  if (is_day_number(rule) && value.denominator == 1) {
    return to_string(Date{static_cast<std::int32_t>(value.numerator)});
  }
  if (is_rate(rule)) {
    const auto permille = multiply(value, {1000, 1});
    if (permille) {
      const int128 twice = int128{2} * permille->denominator;
      int128 tenths = int128{2} * permille->numerator + permille->denominator;
      tenths = tenths >= 0 ? tenths / twice : -((twice - 1 - tenths) / twice);
      const auto shown = static_cast<std::int64_t>(tenths);
      if (shown == tenths) return format_decimal(shown, 1) + " %";
    }
  }
  return to_string(value);
}

// The window that decides: the first with the overall status.
const ExplainedWindow* deciding(const Explanation& explanation) {
  for (const ExplainedWindow& window : explanation.windows) {
    if (window.status == explanation.overall) return &window;
  }
  return explanation.windows.empty() ? nullptr : &explanation.windows.front();
}

Text days_text(const Interval& window) {
  const Date last = add_days(window.valid_until, -1);
  if (window.valid_from.is_open()) {
    return both("截至" + to_string(last), "up to " + to_string(last));
  }
  const std::string span =
      last == window.valid_from
          ? to_string(last)
          : to_string(window.valid_from) + " – " + to_string(last);
  return plain(span);
}

}  // namespace

Text describe(const Condition& condition, const Snapshot& snapshot,
              const PackModel& model) {
  return Describer(snapshot, model).condition(condition);
}
Text describe(const Amount& amount, const Snapshot& snapshot,
              const PackModel& model) {
  return Describer(snapshot, model).amount(amount);
}
Text describe(const Selection& selection, const Snapshot& snapshot,
              const PackModel& model) {
  return Describer(snapshot, model).selection(selection);
}

namespace {

// Reasons are kept in English, with what they speak of behind a colon.
std::string reason_zh(const std::string& reason) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> known{{
      {"parameter missing: ", "参数未定："},
      {"nothing was reported", "没有记录"},
      {"there is nothing to take a share of", "没有可计算比例的对象"},
      {"only reported", "仅报告"},
  }};
  for (const auto& [en, zh] : known) {
    if (reason.starts_with(en)) {
      return std::string(zh) + reason.substr(en.size());
    }
  }
  return reason;
}

Text periods_text(const Explanation& explanation) {
  std::size_t met = 0;
  std::size_t asked = 0;
  for (const ExplainedWindow& one : explanation.windows) {
    met += one.status == Status::met ? 1 : 0;
    if (is_asked(one.status)) ++asked;
  }
  const std::string count = std::to_string(met) + "/" + std::to_string(asked);
  return both("，时段达标 " + count, "; periods met: " + count);
}

Text window_text(const ExplainedWindow& window, const PackRule& rule) {
  Text text = both("；", "; ") + days_text(window.window);
  if (window.value) {
    text =
        text + both("：实际 ", ": ") + plain(number_text(*window.value, rule));
  }
  if (window.threshold) {
    text = text + both("，要求 ", ", asked for ") +
           plain(number_text(*window.threshold, rule));
  }
  if (window.value && window.threshold) {
    const auto off = subtract(*window.value, *window.threshold);
    if (off && *off != Fraction{} && !is_day_number(rule)) {
      text =
          text + both("，差额 ", ", margin ") + plain(number_text(*off, rule));
    }
  }
  if (!window.reason.empty()) {
    text = text +
           both("，原因：" + reason_zh(window.reason), "; " + window.reason);
  }
  if (window.other_reading && *window.other_reading != window.status) {
    text = text + both("；按另一种读法：", "; by the other reading it ") +
           status_text(*window.other_reading) + both("", " it");
  }
  if (!window.unmet_from.is_open()) {
    const std::string day = to_string(window.unmet_from);
    text = text + both("；若到 " + day + " 仍无新记录即未达标",
                       "; without anything new it is unmet on " + day);
  }
  return text;
}

}  // namespace

void write_sentences(Explanation& explanation, const PackRule& rule) {
  const std::string who =
      explanation.subject_name.empty()
          ? explanation.subject
          : explanation.subject + " " + explanation.subject_name;
  const std::string& title_zh =
      rule.title.zh.empty() ? rule.title.en : rule.title.zh;
  const std::string& title_en =
      rule.title.en.empty() ? rule.title.zh : rule.title.en;
  const std::string day = to_string(explanation.as_of);
  const Text status = status_text(explanation.overall);
  Text text = both(day + "，" + who + "：“" + title_zh + "”（" + rule.id +
                       "，" + rule.clause + "）" + status.zh,
                   "On " + day + " " + who + " " + status.en + " “" + title_en +
                       "” (" + rule.id + ", clause " + rule.clause + ")");
  if (explanation.is_inherited) {
    text = text + both("（参照适用）", " (inherited by reference)");
  }
  if (explanation.windows.size() > 1) {
    text = text + periods_text(explanation);
  }
  if (const ExplainedWindow* window = deciding(explanation)) {
    text = text + window_text(*window, rule);
  }
  text = text + both("。", ".");
  explanation.sentence_zh = std::move(text.zh);
  explanation.sentence_en = std::move(text.en);
}

}  // namespace headrope
