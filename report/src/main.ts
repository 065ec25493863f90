// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Opens the report: its head, its sections, and the switch of language.

import { eligibleOf, read, ReportHead, Subjects, withheld } from "./data";
import { forgetCharts } from "./chart";
import { fill, h } from "./dom";
import { fallsOutSection, gapsSection, groupsSection } from "./lists";
import { monthsSection } from "./months_view";
import { clauses, overview } from "./overview";
import { Page } from "./page";
import { tell } from "./panel";
import { Tree } from "./tree";
import { revealPlace, treeSection } from "./tree_view";
import { currentLanguage, grouped, labelled, useLanguage, word, WordName } from "./words";

const root = document.getElementById("page") as HTMLElement;
const head = read<ReportHead>("report") as ReportHead;

function lastDay(until: string): string {
  const day = new Date(`${until}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

function title(): string {
  return head.title || labelled(head.pack.title) || head.pack.id;
}

function banner(page: Page): HTMLElement {
  const facts: string[] = [`${word("as_of")} ${head.as_of}`];
  if (head.known_on) facts.push(`${word("known_on")} ${head.known_on}`);
  const [from, until] = head.range;
  if (from || until) facts.push(`${word("period")} ${from || "…"} ${word("to")} ${until ? lastDay(until) : "…"}`);
  facts.push(head.publish ? word("public_scale", grouped(head.units), head.rules.length)
    : word("scale", grouped(head.units), grouped(head.persons), head.rules.length));
  const issuer = labelled(head.pack.issuer);
  return h("header", { class: "banner" },
    h("div", {},
      issuer ? h("p", { class: "issuer" }, issuer) : null,
      h("h1", {}, title()),
      h("p", { class: "facts" }, facts.map((text) => h("span", {}, text))),
      head.publish ? h("p", { class: "notice" }, word("publish_note", head.publish.least)) : null),
    h("div", { class: "actions" },
      h("button", {
        type: "button", class: "tool", lang: currentLanguage() === "zh" ? "en" : "zh-CN",
        onclick: () => {
          useLanguage(currentLanguage() === "zh" ? "en" : "zh");
          page.refresh();
        },
      }, word("switch_language")),
      h("button", { type: "button", class: "tool", onclick: () => window.print() }, word("print"))));
}

function contents(sections: HTMLElement[]): HTMLElement {
  return h("nav", { "aria-label": word("sections") }, h("ul", {}, sections.map((one) =>
    h("li", {}, h("a", { href: `#${one.id}` }, word(one.id as WordName))))));
}

let focusesTree = false;

function draw(page: Page): void {
  const focused = document.activeElement && document.activeElement.closest("section");
  const kept = focused ? focused.id : "";
  const position = window.scrollY;
  forgetCharts();
  document.documentElement.lang = currentLanguage() === "zh" ? "zh-CN" : "en";
  document.title = `${title()} ${head.as_of}`;
  const sections = [
    overview(page), treeSection(page, focusesTree), monthsSection(page), groupsSection(page), gapsSection(page),
    fallsOutSection(page), clauses(page),
  ].filter((one): one is HTMLElement => one !== null);
  fill(root,
    h("a", { class: "skip", href: "#overview" }, word("skip")),
    banner(page), contents(sections), h("main", {}, sections),
    h("footer", {}, word("made_by", head.program)));
  if (!focusesTree) {
    window.scrollTo(0, position);
    // What was chosen stays chosen for the keyboard too.
    const again = kept ? document.querySelector<HTMLElement>(`#${kept} select`) : null;
    if (again) again.focus({ preventScroll: true });
  }
  focusesTree = false;
}

useLanguage(head.language);

// The rule that asks the most subjects is shown first.
const asked = head.rules.map((rule) => eligibleOf(rule.counts) % withheld);

const page: Page = {
  head,
  trees: head.forests.map((forest, at) => new Tree(at, forest)),
  subjects: head.rules.map((rule, at) => new Subjects(at, rule.block)),
  forest: 0,
  rule: Math.max(asked.indexOf(Math.max(...asked)), 0),
  refresh: () => draw(page),
  tell: (forest, rank, rule, statuses) => tell(page, forest, rank, rule, statuses),
  reveal: (rank) => {
    revealPlace(page.trees[page.forest], rank);
    focusesTree = true;
    draw(page);
  },
};
draw(page);
