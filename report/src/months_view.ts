// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The heat map of units and months. It is a table, so that it can be read
// aloud, copied into a document and printed; colour only repeats the figures.

import { MonthFigures, Months, read, runs } from "./data";
import { h, th } from "./dom";
import { saveCsv } from "./export";
import { trendChart } from "./chart";
import { choice, exportButton, nothing, Page, ruleTitle, section } from "./page";
import { Tree } from "./tree";
import { grouped, percent, word } from "./words";

interface Figure {
  met: number;
  eligible: number;
}

const kept: Record<string, MonthFigures> = {};
let chosenRule = -1;
/** The unit whose units below are shown, by hierarchy. */
const top: number[] = [];

function figures(forest: number, rule: number): MonthFigures {
  const id = `m${forest}r${rule}`;
  if (kept[id] === undefined) {
    const data = read<MonthFigures>(id) || { met: [], eligible: [] };
    kept[id] = { met: runs<number>(data.met), eligible: runs<number>(data.eligible) };
  }
  return kept[id];
}

// A figure; null where there was no such unit.
function figureAt(page: Page, months: Months, forest: number, rule: number, month: number, rank: number): Figure | null {
  const places = Math.min(page.trees[forest].count, months.units);
  const of = figures(forest, rule);
  const at = month * places + rank;
  return of.eligible[at] > 0 ? { met: of.met[at], eligible: of.eligible[at] - 1 } : null;
}

function cell(one: Figure | null): HTMLElement {
  if (one === null) return h("td", { class: "heat none", title: word("not_there") }, "·");
  if (one.eligible === 0) return h("td", { class: "heat none", title: word("nothing_asked") }, "–");
  return h("td", { class: `heat heat${Math.floor((one.met * 5) / one.eligible)}`, title: `${one.met}/${one.eligible}` },
    h("span", { class: "rate" }, percent(one.met, one.eligible).replace(/\.0%$/, "%")),
    h("span", { class: "parts" }, `${grouped(one.met)}/${grouped(one.eligible)}`));
}

function monthName(day: string): string {
  return day.slice(0, 7);
}

function shownRanks(tree: Tree, limit: number): number[] {
  const rank = top[tree.at];
  const first = rank < 0 ? 0 : tree.firstChild(rank);
  const count = rank < 0 ? tree.head.roots : tree.childCount(rank);
  const ranks = rank < 0 ? [] : [rank];
  for (let at = first; at < Math.min(first + count, limit); ++at) ranks.push(at);
  return ranks;
}

function heatTable(page: Page, months: Months, tree: Tree, ranks: number[]): HTMLElement {
  const go = (rank: number) => () => { top[tree.at] = rank; page.refresh(); };
  const heading = (rank: number) => {
    const isTop = rank === top[tree.at];
    if (isTop) {
      const above = tree.parent(rank);
      return h("th", { scope: "row", class: "top" }, tree.name(rank), above < 0 && tree.head.roots === 1 ? null
        : h("button", { type: "button", class: "tool", onclick: go(above) }, `↑ ${word("back_to")}`));
    }
    const canOpen = tree.childCount(rank) > 0 && tree.firstChild(rank) < months.units;
    return h("th", { scope: "row" }, canOpen
      ? h("button", { type: "button", class: "link", onclick: go(rank) }, tree.name(rank))
      : tree.name(rank));
  };
  return h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": word("months") },
    h("table", { class: "months" }, h("caption", { class: "spoken" }, word("months")),
      h("thead", {}, h("tr", {}, th(word("unit")), months.days.map((day) => th(monthName(day), { title: day })))),
      h("tbody", {}, ranks.map((rank) => h("tr", {}, heading(rank),
        months.days.map((_, month) => cell(figureAt(page, months, tree.at, chosenRule, month, rank))))))));
}

function trend(page: Page, months: Months, tree: Tree): HTMLElement | null {
  const rank = Math.max(top[tree.at], 0);
  const lines = page.head.rules.map((rule, at) => ({
    name: ruleTitle(rule),
    rates: months.days.map((_, month) => {
      const one = figureAt(page, months, tree.at, at, month, rank);
      return one === null || one.eligible === 0 ? null : Math.round((one.met * 1000) / one.eligible) / 10;
    }),
  })).filter((line) => line.rates.some((rate) => rate !== null));
  if (lines.length === 0 || months.days.length < 2) return null;
  const title = word("trend", tree.name(rank));
  return h("figure", {}, h("figcaption", {}, title), trendChart(title, months.days.map(monthName), lines.slice(0, 8)));
}

function save(page: Page, months: Months, tree: Tree): void {
  function* rows(): Iterable<string[]> {
    yield [word("unit"), "", ...months.days];
    for (let rank = 0; rank < Math.min(tree.count, months.units); ++rank) {
      yield [tree.id(rank), tree.name(rank), ...months.days.map((_, month) => {
        const one = figureAt(page, months, tree.at, chosenRule, month, rank);
        return one === null ? "" : percent(one.met, one.eligible);
      })];
    }
  }
  saveCsv(`${word("months")}-${page.head.rules[chosenRule].id}-${page.head.as_of}`, rows());
}

/** The section of the heat map. */
export function monthsSection(page: Page): HTMLElement | null {
  if (page.head.publish) return null;
  const title = word("months");
  const months = read<Months>("months");
  if (page.trees.length === 0 || page.head.rules.length === 0) return null;
  if (months === null) return section("months", title, nothing(word("no_months")));
  const tree = page.trees[page.forest];
  if (top[tree.at] === undefined) top[tree.at] = tree.head.roots === 1 ? 0 : -1;
  if (chosenRule < 0) chosenRule = Math.max(page.rule, 0);
  const shown = shownRanks(tree, months.units);
  const most = 100;
  return section("months", title,
    h("div", { class: "tools" },
      choice(word("rule"), page.head.rules.map(ruleTitle), chosenRule, (at) => {
        chosenRule = at;
        page.refresh();
      }),
      heatLegend(), exportButton(() => save(page, months, tree))),
    h("p", { class: "note" }, word(months.by_window[chosenRule] ? "months_of_windows" : "months_of_days"),
      tree.count > months.units ? ` ${word("months_limit", grouped(months.units))}` : ""),
    heatTable(page, months, tree, shown.slice(0, most)),
    shown.length > most ? h("p", { class: "note" }, word("rows_of", most, grouped(shown.length))) : null,
    trend(page, months, tree));
}

/** The scale of colours. */
export function heatLegend(): HTMLElement {
  const scale = ["0–19%", "20–39%", "40–59%", "60–79%", "80–99%", "100%"];
  return h("p", { class: "legend" }, scale.map((text, at) => [h("span", { class: `swatch heat${at}` }), `${text} `]));
}
