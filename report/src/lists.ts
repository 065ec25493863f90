// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Sections that list: gaps of responsibility, what another pack changes, and
// the disparity between groups.

import { eligibleOf, Grouping, GroupRule, met, read, Table } from "./data";
import { groupChart } from "./chart";
import { h, th } from "./dom";
import { saveCsv } from "./export";
import { bar, choice, dataTable, exportButton, nothing, Page, rateOf, ruleTitle, said, section } from "./page";
import { grouped, labelled, percent, word } from "./words";

/** The section of gaps. */
export function gapsSection(page: Page): HTMLElement | null {
  const gaps = read<Table>("gaps");
  if (gaps === null) return null;
  return section("gaps", word("gaps"),
    gaps.total === 0 ? nothing(word("no_gaps")) : dataTable(page, gaps, word("gaps"), false));
}

/** The section of another pack; nothing without one. */
export function fallsOutSection(page: Page): HTMLElement | null {
  const summary = read<Table>("comparison");
  const changed = read<Table>("changed");
  const changes = read<Table>("changes");
  if (page.head.against === null || summary === null || changed === null) return null;
  return section("falls_out", word("falls_out"),
    h("p", {}, word("against", labelled(page.head.against.title) || page.head.against.id)),
    changes !== null && changes.total > 0 ? dataTable(page, changes, word("changed_values")) : null,
    dataTable(page, summary, word("summary")),
    changed.total > 0 ? dataTable(page, changed, word("who_changes")) : nothing(word("no_changes")));
}

let chosenRule = -1;
let chosenGrouping = 0;

function groupingName(page: Page, by: string): string {
  const [type, name] = by.split(/:(.*)/);
  if (type === "kind") return said(page, "kind");
  if (type === "attribute") return word("attribute_of", name);
  const forest = page.head.forests.find((one) => one.id === name);
  return word("level_of", forest ? labelled(forest.name) || name : name);
}

function groupName(page: Page, by: string, group: string): string {
  if (group === "") return word("no_value");
  if (by.startsWith("level:")) return word("level_number", Number(group) + 1);
  if (by !== "kind") return group;
  const kind = page.head.kinds.find(([id]) => id === group);
  return kind ? labelled([kind[1], kind[2]]) || group : group;
}

function groupTable(page: Page, by: string, rule: GroupRule): HTMLElement {
  const asked = rule.groups.filter(([, counts]) => eligibleOf(counts) > 0);
  const save = () => saveCsv(`${word("groups")}-${page.head.as_of}`, [
    [said(page, "group"), said(page, "eligible"), said(page, "met"), said(page, "rate")],
    ...asked.map(([group, counts]) =>
      [groupName(page, by, group), String(eligibleOf(counts)), String(counts[met]), rateOf(counts)]),
  ]);
  return h("div", { class: "listing" },
    h("div", { class: "tools" }, exportButton(save)),
    h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": word("groups") },
      h("table", {}, h("caption", { class: "spoken" }, word("groups")),
        h("thead", {}, h("tr", {}, th(said(page, "group")), th(word("coverage")), th(said(page, "rate"), { class: "number" }),
          th(said(page, "eligible"), { class: "number" }), th(said(page, "met"), { class: "number" }))),
        h("tbody", {}, asked.map(([group, counts]) => h("tr", {},
          h("th", { scope: "row" }, groupName(page, by, group)), h("td", { class: "wide" }, bar(page, counts)),
          h("td", { class: "number strong" }, rateOf(counts)), h("td", { class: "number" }, grouped(eligibleOf(counts))),
          h("td", { class: "number" }, grouped(counts[met]))))))));
}

/** The section of groups. */
export function groupsSection(page: Page): HTMLElement | null {
  const groupings = read<Grouping[]>("groups");
  if (groupings === null || page.head.rules.length === 0) return null;
  if (chosenRule < 0) chosenRule = Math.max(page.rule, 0);
  chosenGrouping = Math.min(chosenGrouping, groupings.length - 1);
  const grouping = groupings[chosenGrouping];
  const rule = grouping.rules[chosenRule];
  const asked = rule ? rule.groups.filter(([, counts]) => eligibleOf(counts) > 0) : [];
  const spread = rule ? rule.spread : null;
  const name = (at: number) => (rule ? groupName(page, grouping.by, rule.groups[at][0]) : "");
  return section("groups", word("groups"),
    h("div", { class: "tools" },
      choice(word("rule"), page.head.rules.map(ruleTitle), chosenRule, (at) => { chosenRule = at; page.refresh(); }),
      choice(word("by"), groupings.map((one) => groupingName(page, one.by)), chosenGrouping,
        (at) => { chosenGrouping = at; page.refresh(); })),
    rule === null || asked.length === 0 ? nothing(word("no_groups")) : [
      h("p", {}, spread === null ? word("no_spread")
        : word("spread_of", percent(spread[2], spread[3]), name(spread[0]), name(spread[1]))),
      asked.length > 30 || asked.length < 2 ? null : groupChart(word("groups"), asked.map(([group, counts]) => ({
        name: groupName(page, grouping.by, group),
        rate: Math.round((counts[met] * 1000) / eligibleOf(counts)) / 10,
        told: `${rateOf(counts)} (${counts[met]}/${eligibleOf(counts)})`,
      }))),
      groupTable(page, grouping.by, rule),
    ]);
}
