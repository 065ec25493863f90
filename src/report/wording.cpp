// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The words that people read, in Chinese and English, by machine name.

#include <algorithm>
#include <array>

#include "headrope/table.hpp"

namespace headrope {
namespace {

struct Word {
  std::string_view name;
  std::string_view zh;
  std::string_view en;
};

constexpr std::array table{
    Word{"unit", "单位编号", "unit"},
    Word{"name", "名称", "name"},
    Word{"kind", "类别", "kind"},
    Word{"depth", "层级", "depth"},
    Word{"parent", "上级", "parent"},
    Word{"own", "本级", "own"},
    Word{"sum", "合计", "sum"},
    Word{"members", "人数", "members"},
    Word{"eligible", "应达标", "eligible"},
    Word{"met", "达标", "met"},
    Word{"unmet", "未达标", "unmet"},
    Word{"pending", "待定", "pending"},
    Word{"exempt", "豁免", "exempt"},
    Word{"not_applicable", "不适用", "not applicable"},
    Word{"not_in_force", "未生效", "not in force"},
    Word{"not_evaluable", "无法评价", "not evaluable"},
    Word{"rate", "达标率", "rate"},
    Word{"subject", "对象", "subject"},
    Word{"valid_from", "起始日", "from"},
    Word{"valid_until", "截止日(不含)", "until (excl.)"},
    Word{"value", "实际值", "value"},
    Word{"threshold", "要求", "threshold"},
    Word{"margin", "差额", "margin"},
    Word{"status", "状态", "status"},
    Word{"overall", "总评", "overall"},
    Word{"present", "出席", "present"},
    Word{"late", "迟到", "late"},
    Word{"made_up", "补课", "made up"},
    Word{"excused", "请假", "excused"},
    Word{"absent", "缺席", "absent"},
    Word{"expected", "应到", "expected"},
    Word{"attended", "实到(含补课)", "attended"},
    Word{"attendance_rate", "出席率", "rate"},
    Word{"rate_without_excused", "出席率(除请假)", "rate, excused left out"},
    Word{"mean_of_rates", "各单位出席率的平均(非合并)",
         "mean of the units' rates (not pooled)"},
    Word{"id", "编号", "id"},
    Word{"severity", "程度", "severity"},
    Word{"error", "错误", "error"},
    Word{"warning", "警告", "warning"},
    Word{"file", "文件", "file"},
    Word{"row", "行", "row"},
    Word{"column", "列", "column"},
    Word{"message", "说明", "message"},
    Word{"what", "项目", "what"},
    Word{"count", "数量", "count"},
    Word{"mean_of_group_rates", "各组达标率的平均(非合并)",
         "mean of the groups' rates (not pooled)"},
    Word{"spread", "最大差距", "spread"},
    Word{"person", "人员", "person"},
    Word{"record", "记录", "record"},
    Word{"rule", "规则", "rule"},
    Word{"clause", "条款", "clause"},
    Word{"title", "标题", "title"},
    Word{"force", "效力", "force"},
    Word{"obligation", "必须", "obligation"},
    Word{"aspiration", "力争", "aspiration"},
    Word{"report", "仅报告", "report"},
    Word{"forms", "形式", "forms"},
    Word{"phrase", "原文", "source phrase"},
    Word{"pack", "规则包", "pack"},
    Word{"parameter", "参数", "parameter"},
    Word{"duty", "责任领域", "duty"},
    Word{"lead", "牵头", "lead"},
    Word{"cooperating", "配合", "cooperating"},
    Word{"unit_of_measure", "计量单位", "unit"},
    Word{"before", "原值", "before"},
    Word{"after", "新值", "after"},
    Word{"tightness", "宽严", "tightness"},
    Word{"tighter", "更严", "tighter"},
    Word{"looser", "更宽", "looser"},
    Word{"same", "相同", "same"},
    Word{"changed", "改变", "changed"},
    Word{"without_clause_above", "上级无依据(层层加码)",
         "without a clause above"},
    Word{"other_reading", "另一读法", "other reading"},
    Word{"unmet_from", "届时未达标", "unmet on, if nothing comes"},
    Word{"reason", "原因", "reason"},
    Word{"inherited", "参照适用", "inherited"},
    Word{"group", "分组", "group"},
    Word{"step", "步骤", "step"},
    Word{"detail", "细节", "detail"},
    Word{"left_out", "未列出", "left out"},
    Word{"counted", "计入", "counted"},
    Word{"outside_window", "不在时段内", "outside the window"},
    Word{"after_the_day", "晚于基准日", "after the day"},
    Word{"days_counted", "天数已计", "days counted before"},
    Word{"condition_unmet", "不符合条件", "condition not met"},
    Word{"condition_unknown", "条件不明", "condition unknown"},
    Word{"other_presence", "到会情况不符", "other presence"},
    Word{"not_a_member", "当日非成员", "not a member that day"},
    Word{"not_the_last", "非所取之值", "another was taken"},
    Word{"value_repeated", "重复", "repeated"},
    Word{"value_not_listed", "不在所列项目内", "not among those listed"},
    Word{"value_missing", "缺此项", "missing"},
    Word{"transition", "变化", "transition"},
    Word{"entered", "新达标", "entered"},
    Word{"fell_out", "不再达标", "fell out"},
    Word{"no_longer_asked", "不再要求", "no longer asked"},
    Word{"newly_asked", "新增要求", "newly asked"},
    Word{"unchanged", "未变", "unchanged"},
    Word{"status_before", "原状态", "before"},
    Word{"status_after", "新状态", "after"},
    Word{"rate_before", "原达标率", "rate before"},
    Word{"rate_after", "新达标率", "rate after"},
    Word{"met_before", "原达标", "met before"},
    Word{"met_after", "新达标", "met after"},
    Word{"eligible_before", "原应达标", "eligible before"},
    Word{"eligible_after", "新应达标", "eligible after"},
    Word{"change", "增减", "change"},
    Word{"leave_next", "下一档退出", "leave at the next"},
    Word{"who", "对象", "who"},
    Word{"check", "核对", "check"},
    Word{"stated", "文件所述", "stated"},
    Word{"computed", "重新计算", "computed"},
    Word{"verdict", "结论", "verdict"},
    Word{"holds", "成立", "holds"},
    Word{"rounded", "四舍五入后成立", "rounded"},
    Word{"truncated", "截尾后成立", "truncated"},
    Word{"contradicted", "矛盾", "contradicted"},
    Word{"cannot_be_computed", "无法计算", "cannot be computed"},
    Word{"note", "备注", "note"},
};

}  // namespace

std::string_view wording(std::string_view name, Language language) {
  const auto found =
      std::find_if(table.begin(), table.end(),
                   [&](const Word& word) { return word.name == name; });
  if (found == table.end()) return name;
  return language == Language::zh ? found->zh : found->en;
}

}  // namespace headrope
