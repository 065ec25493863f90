// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "load/window_reader.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "rules/words.hpp"

namespace headrope {
namespace {

constexpr std::array<std::string_view, 7> weekday_list{
    "monday", "tuesday",  "wednesday", "thursday",
    "friday", "saturday", "sunday"};
// Weekdays stand before `day`, periods behind it, in the order of `Period`.
constexpr std::array<std::string_view, 13> each_list{
    "monday",   "tuesday",   "wednesday", "thursday", "friday",
    "saturday", "sunday",    "day",       "week",     "month",
    "quarter",  "half_year", "year"};
constexpr std::size_t each_day = 7;
constexpr std::array<std::string_view, 6> heads{"each",   "phase", "rolling",
                                                "within", "by",    "from"};
// The longest stretch: a hundred years.
constexpr std::array<std::int32_t, 3> longest{36'600, 1'200, 100};

struct MonthDay {
  std::int32_t month = 1;
  std::int32_t day = 1;
};

std::optional<std::int32_t> whole(std::string_view text) {
  std::int32_t number = 0;
  if (text.empty() || text.size() > 6) return std::nullopt;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

class WindowReader {
 public:
  WindowReader(const PackScope& scope, NodeReader& reader)
      : scope_(scope), reader_(reader) {}

  WindowSpec read(const YamlNode& node) {
    if (node.is_scalar()) return read_word(node);
    if (!node.is_map()) {
      reader_.tell(Code::pack_invalid, node,
                   "a window is as_of, once, or a map such as {each: month}");
      return {};
    }
    const std::string_view head = first_of(node, heads);
    if (head == "each") return read_each(node);
    if (head == "phase") return read_phase(node);
    if (head == "rolling") return read_rolling(node);
    if (head == "within") return read_within(node);
    if (head == "by") return read_by(node);
    return read_fixed(node);
  }

 private:
  WindowSpec read_word(const YamlNode& node) {
    static constexpr std::array<std::string_view, 2> words_of_windows{"as_of",
                                                                      "once"};
    WindowSpec spec;
    if (reader_.find_in(node, words_of_windows) == 1) {
      spec.type = WindowSpec::Type::once;
    }
    return spec;
  }

  WindowSpec read_each(const YamlNode& node) {
    WindowSpec spec;
    const auto at = reader_.find_in(*node.find("each"), each_list);
    if (!at) return spec;
    if (*at > each_day) {
      spec.type = WindowSpec::Type::each;
      spec.period = static_cast<Period>(*at - each_day - 1);
      if (spec.period != Period::year) {
        reader_.check_map(node, "a window of calendar periods", {"each"});
        return spec;
      }
      reader_.check_map(node, "a window of years", {"each", "from", "until"});
      read_part_of_year(node, spec);
      return spec;
    }
    reader_.check_map(node, "a window of days", {"each", "except"});
    spec.type = WindowSpec::Type::each_day;
    if (*at < each_day) spec.weekdays = static_cast<std::uint8_t>(1U << *at);
    if (const YamlNode* except = node.find("except")) {
      for (const YamlNode& item : reader_.read_list(*except)) {
        if (const auto day = reader_.read_date(item)) {
          spec.except.push_back(*day);
        }
      }
      std::sort(spec.except.begin(), spec.except.end());
    }
    return spec;
  }

  void read_part_of_year(const YamlNode& node, WindowSpec& spec) {
    const YamlNode* from = node.find("from");
    const YamlNode* until = node.find("until");
    if (from == nullptr && until == nullptr) return;
    spec.type = WindowSpec::Type::each_part;
    if (reader_.need(node, "from") == nullptr ||
        reader_.need(node, "until") == nullptr) {
      return;
    }
    const auto first = read_month_day(*from);
    const auto last = read_month_day(*until);
    if (!first || !last) return;
    spec.from_month = first->month;
    spec.from_day = first->day;
    spec.until_month = last->month;
    spec.until_day = last->day;
    if (last->month * 100 + last->day < first->month * 100 + first->day) {
      reader_.tell(Code::window_invalid, *until,
                   "the last day lies before the first; a part of a year does "
                   "not go on into the next");
    }
  }

  std::optional<MonthDay> read_month_day(const YamlNode& node) {
    const std::string& text = node.text;
    if (text.size() == 5 && text[2] == '-') {
      const auto month = whole(std::string_view(text).substr(0, 2));
      const auto day = whole(std::string_view(text).substr(3));
      // A leap year has every day that there is.
      if (month && day && make_date(2000, *month, *day)) {
        return MonthDay{*month, *day};
      }
    }
    reader_.tell(Code::value_not_a_date, node,
                 "a day of the year is expected, written MM-DD");
    return std::nullopt;
  }

  WindowSpec read_phase(const YamlNode& node) {
    reader_.check_map(node, "the window of a phase", {"phase"});
    WindowSpec spec;
    const YamlNode& name = *node.find("phase");
    const auto found = scope_.phases.find(name.text);
    if (!name.is_scalar() || found == scope_.phases.end()) {
      reader_.tell_unknown_id(Code::window_invalid, name, "phase",
                              scope_.phases);
      return spec;
    }
    spec.type = WindowSpec::Type::phase;
    spec.phase = name.text;
    spec.fixed = found->second.days;
    return spec;
  }

  WindowSpec read_rolling(const YamlNode& node) {
    reader_.check_map(node, "a rolling window", {"rolling"});
    WindowSpec spec;
    spec.type = WindowSpec::Type::rolling;
    read_length(*node.find("rolling"), spec);
    return spec;
  }

  WindowSpec read_within(const YamlNode& node) {
    reader_.check_map(node, "a window after a record", {"within", "after"});
    WindowSpec spec;
    spec.type = WindowSpec::Type::within;
    read_length(*node.find("within"), spec);
    if (spec.unit != WindowSpec::Unit::days) {
      reader_.tell(Code::window_invalid, *node.find("within"),
                   "a number of days is expected, such as '7 days'");
    }
    static constexpr std::array<std::string_view, 2> ends{"end", "start"};
    if (const YamlNode* after = reader_.need(node, "after")) {
      spec.after_start = reader_.find_in(*after, ends) == 1;
    }
    return spec;
  }

  // `3 years`.
  void read_length(const YamlNode& node, WindowSpec& spec) {
    const std::string_view text = node.text;
    const std::size_t space = text.find(' ');
    const auto number = whole(text.substr(0, space));
    const std::string word(
        space == std::string_view::npos ? "" : text.substr(space + 1));
    auto unit = find_word<WindowSpec::Unit>(word);
    if (!unit && number == 1) unit = find_word<WindowSpec::Unit>(word + "s");
    if (!node.is_scalar() || !number || !unit) {
      reader_.tell(Code::window_invalid, node,
                   "a number of days, months or years is expected, such as "
                   "'3 years'");
      return;
    }
    const std::int32_t most = longest[static_cast<std::size_t>(*unit)];
    if (*number < 1 || *number > most) {
      reader_.tell(Code::window_invalid, node,
                   "a number from 1 to " + std::to_string(most) +
                       " is expected for " + std::string(word_of(*unit)));
      return;
    }
    spec.length = *number;
    spec.unit = *unit;
  }

  WindowSpec read_by(const YamlNode& node) {
    reader_.check_map(node, "a window up to a deadline", {"by"});
    WindowSpec spec;
    spec.type = WindowSpec::Type::by;
    if (const auto day = reader_.read_date(*node.find("by"))) {
      spec.fixed.valid_until = add_days(*day, 1);
    }
    return spec;
  }

  WindowSpec read_fixed(const YamlNode& node) {
    static constexpr std::array<std::string_view, 9> all_keys{
        "each",  "except",  "from",   "until", "by",
        "phase", "rolling", "within", "after"};
    const bool has_end =
        node.find("from") != nullptr || node.find("until") != nullptr;
    reader_.check_map(
        node, has_end ? "a fixed window" : "a window",
        has_end ? std::span(all_keys).subspan(2, 2) : std::span(all_keys));
    WindowSpec spec;
    if (!has_end) {
      if (node.keys.empty()) reader_.need(node, "each");
      return spec;
    }
    spec.type = WindowSpec::Type::fixed;
    spec.fixed = read_days(node, reader_);
    return spec;
  }

  const PackScope& scope_;
  NodeReader& reader_;
};

bool is_part(WindowSpec::Type type) {
  using Type = WindowSpec::Type;
  return type == Type::each || type == Type::each_day ||
         type == Type::each_part || type == Type::fixed || type == Type::phase;
}

}  // namespace

std::span<const std::string_view> weekday_words() { return weekday_list; }

Interval read_days(const YamlNode& map, NodeReader& reader) {
  Interval days;
  if (const YamlNode* from = map.find("from")) {
    if (const auto day = reader.read_date(*from)) days.valid_from = *day;
  }
  const YamlNode* until = map.find("until");
  if (until == nullptr) return days;
  if (const auto day = reader.read_date(*until)) {
    days.valid_until = add_days(*day, 1);
    if (days.is_empty()) {
      reader.tell(Code::window_invalid, *until,
                  "the last day lies before the first, " +
                      in_quotes(to_string(days.valid_from)));
    }
  }
  return days;
}

WindowSpec read_window(const YamlNode& node, WindowPlace place,
                       const PackScope& scope, NodeReader& reader) {
  WindowSpec spec = WindowReader(scope, reader).read(node);
  spec.line = node.line;
  if (place == WindowPlace::part && !is_part(spec.type)) {
    const std::string message =
        "parts of a window are calendar periods, days, fixed days or a phase";
    if (node.keys.empty()) {
      reader.tell(Code::window_invalid, node, message);
    } else {
      reader.tell(Code::window_invalid, node.keys.front(), message);
    }
  }
  if (place == WindowPlace::rule && spec.type == WindowSpec::Type::within) {
    reader.tell(Code::thing_mismatch, node,
                "a window after a record needs subjects that are records");
  }
  return spec;
}

}  // namespace headrope
