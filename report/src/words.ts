// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The words of the page itself, in Chinese and English. Words of statuses,
// columns and findings come with the data, so that they are spelt once.

import { Label } from "./data";

export type Language = "zh" | "en";

const words = {
  overview: ["总览", "Overview"],
  tree: ["逐级达标情况", "Coverage by unit"],
  months: ["月度热力图", "Month by month"],
  groups: ["分组差距", "Disparity between groups"],
  gaps: ["责任缺口", "Gaps of responsibility"],
  falls_out: ["新旧规定比较", "Under the other pack"],
  clauses: ["规则与条款", "Rules and clauses"],
  parameters: ["当日参数", "Parameters of the day"],
  as_of: ["统计截至", "As of"],
  known_on: ["数据入账截至", "As known on"],
  period: ["统计期间", "Period"],
  to: ["至", "to"],
  issuer: ["发文机关", "Issued by"],
  scale: ["单位 {0} 个，人员 {1} 名，规则 {2} 条", "{0} units, {1} persons, {2} rules"],
  switch_language: ["English", "中文"],
  print: ["打印", "Print"],
  export_csv: ["导出 CSV", "Export CSV"],
  search: ["按名称或编号查找", "Search by name or code"],
  searching: ["正在查找……", "Searching …"],
  found: ["找到 {0} 个", "{0} found"],
  found_more: ["只列出前 {0} 个", "the first {0} are listed"],
  found_none: ["没有名称或编号含“{0}”的单位", "No unit has “{0}” in its name or code"],
  hierarchy: ["体系", "Hierarchy"],
  rule: ["规则", "Rule"],
  all_rules: ["全部规则（汇总表）", "All rules (summary)"],
  unit: ["单位", "Unit"],
  expand: ["展开 {0}", "Open {0}"],
  collapse: ["收起 {0}", "Close {0}"],
  more: ["再显示 {0} 个（还有 {1} 个）", "Show {0} more ({1} left)"],
  earlier: ["显示前面的 {0} 个", "Show the {0} before"],
  coverage: ["达标情况", "Coverage"],
  unplaced: ["不在该体系内的对象：{0}", "Subjects outside this hierarchy: {0}"],
  close: ["关闭", "Close"],
  who: ["{0}：{1} — {2}", "{0}: {1} — {2}"],
  listed: ["列出 {0} 个，共 {1} 个", "{0} listed, of {1}"],
  why: ["依据", "Why"],
  not_told: [
    "本页未附逐步说明。可运行命令：",
    "The steps are not in this file. The command that tells them:",
  ],
  value_of: ["实际值 {0}，要求 {1}。", "Value {0}, required {1}."],
  windows_met: ["达标时段", "periods met"],
  clause_of: ["条款 {0}", "clause {0}"],
  source: ["原文", "Source"],
  no_rules: ["这个规则包没有规则。", "The pack has no rules."],
  none_in_force: [
    "所选期间内没有已生效的规则，因此没有可评价的对象。",
    "No rule is in force in the period, so nothing is judged.",
  ],
  no_units: ["该日没有任何单位。", "There is no unit on that day."],
  no_forests: ["该日没有任何体系。", "There is no hierarchy on that day."],
  no_months: [
    "统计期间没有起始日，或在基准日之后才开始，因此没有月度数据。",
    "The period has no first day, or begins after the day of the report, so there are no months.",
  ],
  no_gaps: ["没有发现责任缺口。", "No gap of responsibility was found."],
  no_changes: ["没有对象的状态改变。", "No status changes."],
  no_groups: ["没有可比较的分组。", "There are no groups to compare."],
  no_parameters: ["这个规则包没有参数。", "The pack has no parameters."],
  rows_of: ["列出前 {0} 行，共 {1} 行", "The first {0} of {1} rows"],
  months_of_windows: [
    "每格：该月时段内达标数/应达标数（按基准日的结果）。",
    "Each cell: met of eligible in the window of that month, as of the day of the report.",
  ],
  months_of_days: [
    "每格：截至该月末（按当日的组织结构）达标数/应达标数；尚可完成的不计为达标。",
    "Each cell: met of eligible at the end of that month, in the structure of that day; what is still pending is not met.",
  ],
  months_limit: ["热力图只含上层 {0} 个单位。", "The heat map has the {0} units of the upper levels."],
  below: ["下属单位", "Units below"],
  back_to: ["返回上级", "Up"],
  not_there: ["当时尚无此单位", "no such unit then"],
  nothing_asked: ["无应达标对象", "nobody is asked"],
  trend: ["{0}：各月末达标率", "{0}: rate at the end of each month"],
  by: ["分组方式", "By"],
  spread_of: ["最大差距：{0}（{1} 最低，{2} 最高）", "Greatest difference: {0} ({1} lowest, {2} highest)"],
  no_spread: ["不足两组有应达标对象，无差距可言。", "Fewer than two groups have anybody who is asked."],
  level_of: ["层级（{0}）", "level ({0})"],
  level_number: ["第 {0} 级", "level {0}"],
  attribute_of: ["属性 {0}", "attribute {0}"],
  no_value: ["（未填）", "(none)"],
  against: ["与《{0}》比较", "Compared with “{0}”"],
  changed_values: ["参数变动", "Changed values"],
  summary: ["达标率变化", "Rates"],
  who_changes: ["状态改变的对象", "Whose status changes"],
  made_by: ["由 {0} 生成；图表由 Apache ECharts 绘制。", "Made by {0}; charts drawn by Apache ECharts."],
  skip: ["跳到正文", "Skip to the content"],
  sections: ["目录", "Sections"],
  withheld: ["少于 {0}，或为防止推算出这样的数而不公布", "below {0}, or withheld so that no such count can be worked out"],
  public_scale: ["单位 {0} 个，规则 {1} 条", "{0} units, {1} rules"],
  publish_note: [
    "公开版：小于 {0} 的数，以及会使这些数被推算出来的数，以“*”表示；不含名单、逐项说明、月度和分组数据。",
    "For publication: counts below {0}, and those that would give them away, are “*”; there are no lists, explanations, months or groups.",
  ],
  level: ["层级", "depth"],
  subject_units: ["单位", "units"],
  subject_persons: ["人员", "persons"],
  subject_posts: ["岗位", "posts"],
  subject_duties: ["责任领域", "duties"],
  subject_records: ["记录", "records"],
  of_whom: ["对象", "Of"],
  legend: ["图例", "Legend"],
  less: ["低", "low"],
  high: ["高", "high"],
} as const;

export type WordName = keyof typeof words;

let language: Language = "zh";

export function useLanguage(chosen: Language): void {
  language = chosen;
}

export function currentLanguage(): Language {
  return language;
}

/** A word of the page, with its gaps filled. */
export function word(name: WordName, ...values: (string | number)[]): string {
  const text: string = words[name][language === "zh" ? 0 : 1];
  return text.replace(/\{(\d)\}/g, (_, at: string) => String(values[Number(at)]));
}

/** A label in the language, or in the other one. */
export function labelled(label: Label): string {
  return language === "zh" ? label[0] || label[1] : label[1] || label[0];
}

/** A whole number with its thousands parted. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, language === "zh" ? "," : ",");
}

/** A percent with one decimal, rounded half up from whole numbers. */
export function percent(part: number, whole: number): string {
  if (whole <= 0) return "–";
  const tenths = Math.floor((part * 2000 + whole) / (whole * 2));
  return `${Math.floor(tenths / 10)}.${tenths % 10}%`;
}
