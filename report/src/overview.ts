// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The overview: every rule with the counts of its subjects, and below it the
// rules in the words of their source.

import { eligibleOf, met, notEvaluable, pending, Rule, unmet } from "./data";
import { h, th } from "./dom";
import { saveCsv } from "./export";
import {
  bar, countText, dataTable, exportButton, legend, nothing, Page, plainCount, rateOf, ruleTitle, said, section,
} from "./page";
import { labelled, word, WordName } from "./words";

function counted(rule: Rule): string[] {
  return [met, unmet, pending, notEvaluable].map((at) => countText(rule.counts[at]));
}

function columns(page: Page): string[] {
  return [met, unmet, pending, notEvaluable].map((at) => said(page, page.head.statuses[at]));
}

function choose(page: Page, at: number): void {
  page.rule = at;
  page.refresh();
  const tree = document.getElementById("tree");
  if (tree) tree.scrollIntoView({ behavior: "smooth" });
}

function row(page: Page, rule: Rule, at: number): HTMLElement {
  return h("tr", {},
    h("th", { scope: "row" },
      h("button", { type: "button", class: "link", onclick: () => choose(page, at) }, ruleTitle(rule)),
      h("span", { class: "clause" }, word("clause_of", rule.clause), " · ",
        word(`subject_${rule.subject_type}` as WordName))),
    h("td", { class: "wide" }, bar(page, rule.counts)),
    h("td", { class: "number strong" }, rateOf(rule.counts)),
    h("td", { class: "number" }, countText(eligibleOf(rule.counts))),
    counted(rule).map((text) => h("td", { class: "number" }, text)));
}

function save(page: Page): void {
  const rows = page.head.rules.map((rule) => [
    rule.id, rule.clause, labelled(rule.title), rateOf(rule.counts), plainCount(eligibleOf(rule.counts)),
    ...[met, unmet, pending, notEvaluable].map((at) => plainCount(rule.counts[at])),
  ]);
  const headings = [word("rule"), said(page, "clause"), said(page, "title"), said(page, "rate"),
    said(page, "eligible"), ...columns(page)];
  saveCsv(`${word("overview")}-${page.head.as_of}`, [headings, ...rows]);
}

/** The section of all rules. */
export function overview(page: Page): HTMLElement {
  const rules = page.head.rules;
  if (rules.length === 0) return section("overview", word("overview"), nothing(word("no_rules")));
  const isSilent = rules.every((rule) => eligibleOf(rule.counts) === 0);
  return section("overview", word("overview"),
    isSilent ? nothing(word("none_in_force")) : null,
    h("div", { class: "tools" }, legend(page), exportButton(() => save(page))),
    h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": word("overview") },
      h("table", {}, h("caption", { class: "spoken" }, word("overview")),
        h("thead", {}, h("tr", {}, th(word("rule")), th(word("coverage")), th(said(page, "rate"), { class: "number" }),
          th(said(page, "eligible"), { class: "number" }), columns(page).map((text) => th(text, { class: "number" })))),
        h("tbody", {}, rules.map((rule, at) => row(page, rule, at))))));
}

/** The section of clauses and parameters. */
export function clauses(page: Page): HTMLElement {
  const save = () => saveCsv(`${word("clauses")}-${page.head.as_of}`, [
    [word("rule"), said(page, "clause"), said(page, "title"), said(page, "phrase"), said(page, "force"), said(page, "pack")],
    ...page.head.rules.map((rule) =>
      [rule.id, rule.clause, labelled(rule.title), rule.phrase, said(page, rule.force), rule.pack]),
  ]);
  return section("clauses", word("clauses"),
    h("div", { class: "tools" }, exportButton(save)),
    h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": word("clauses") },
      h("table", {}, h("caption", { class: "spoken" }, word("clauses")),
        h("thead", {}, h("tr", {}, th(word("rule")), th(said(page, "clause")), th(said(page, "title")),
          th(said(page, "phrase")), th(said(page, "force")))),
        h("tbody", {}, page.head.rules.map((rule) => h("tr", {},
          h("th", { scope: "row" }, rule.id), h("td", {}, rule.clause), h("td", {}, labelled(rule.title)),
          h("td", { class: "phrase" }, rule.phrase ? `“${rule.phrase}”` : "–"), h("td", {}, said(page, rule.force))))))),
    page.head.parameters.total > 0
      ? dataTable(page, page.head.parameters, word("parameters"))
      : nothing(word("no_parameters")));
}
