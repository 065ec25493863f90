// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Charts, drawn by ECharts as SVG: sharp on paper, and with texts that can be
// found. What a chart shows stands in a table beside it too. Texts are drawn,
// never parsed as markup (`richText`).

import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { EChartsCoreOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { h, harmless } from "./dom";

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

const font = "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', SimHei, 'WenQuanYi Micro Hei', sans-serif";

const resizes: ((width?: number) => void)[] = [];
window.addEventListener("resize", () => resizes.forEach((one) => one()));
// The width of a printed page between its margins, in CSS pixels.
const printWidth = 690;
window.addEventListener("beforeprint", () => resizes.forEach((one) => one(printWidth)));
window.addEventListener("afterprint", () => resizes.forEach((one) => one()));

/** Forgets the charts that were drawn before. */
export function forgetCharts(): void {
  resizes.length = 0;
}

function drawn(label: string, height: number, option: EChartsCoreOption): HTMLElement {
  const box = h("div", { class: "chart", role: "img", "aria-label": label });
  box.style.height = `${height}px`;
  // It must be in the page to have a width.
  setTimeout(() => {
    if (!box.isConnected) return;
    const chart = init(box, undefined, { renderer: "svg" });
    chart.setOption({ animation: false, textStyle: { fontFamily: font }, ...option });
    resizes.push((width) => {
      chart.resize({ width: width || "auto" });
      // Paper does not wait for the next frame.
      chart.getZr().flush();
    });
  }, 0);
  return box;
}

const percents = { type: "value", min: 0, max: 100, axisLabel: { formatter: "{value}%", color: "#3d4854" } };

/** Rates of several rules over the months; a gap where there is none. */
export function trendChart(label: string, months: string[], lines: { name: string; rates: (number | null)[] }[]): HTMLElement {
  return drawn(label, 300 + Math.ceil(lines.length / 3) * 22, {
    color: ["#1f5c9e", "#b4541a", "#2a7d4f", "#7a4fa3", "#9a2f4e", "#4a6a75", "#8a6d0b", "#325c5c"],
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, valueFormatter: (value: unknown) =>
      (value === null || value === undefined ? "–" : `${(value as number).toFixed(1)}%`) },
    legend: { type: "plain", bottom: 0, textStyle: { color: "#1c2733" } },
    grid: { left: 52, right: 24, top: 16, bottom: 36 + Math.ceil(lines.length / 3) * 22 },
    xAxis: { type: "category", data: months, axisLabel: { color: "#3d4854" } },
    yAxis: percents,
    series: lines.map((line) => ({
      type: "line", name: harmless(line.name), data: line.rates, symbolSize: 7, connectNulls: false,
    })),
  });
}

/** Rates of groups, beside each other. */
export function groupChart(label: string, groups: { name: string; rate: number; told: string }[]): HTMLElement {
  return drawn(label, 40 + groups.length * 30, {
    color: ["#1f5c9e"],
    grid: { left: 8, right: 110, top: 4, bottom: 24, containLabel: true },
    xAxis: percents,
    yAxis: {
      type: "category", inverse: true, data: groups.map((one) => harmless(one.name)),
      axisLabel: { color: "#1c2733", width: 200, overflow: "break" },
    },
    series: [{
      type: "bar", data: groups.map((one) => one.rate), barMaxWidth: 16,
      label: { show: true, position: "right", color: "#1c2733", formatter: (one: { dataIndex: number }) => groups[one.dataIndex].told },
    }],
  });
}
