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
    Word{"person", "人员", "person"},
    Word{"record", "记录", "record"},
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
