// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The tree that one drills into: a row for each place that is open, with the
// counts of the chosen rule, or the rate of every rule. Only open rows exist.

import { eligibleOf, met, notEvaluable, pending, unmet, withheld } from "./data";
import { fill, h, th } from "./dom";
import { saveCsv } from "./export";
import {
  bar, choice, countText, exportButton, figure, kindName, legend, nothing, Page, plainCount, rateOf, ruleTitle, said,
  section,
} from "./page";
import { Tree } from "./tree";
import { currentLanguage, grouped, labelled, word } from "./words";

const step = 200;

/** Which of the places below an open place are shown: from, and before. */
interface Range {
  from: number;
  until: number;
}

/** What is open in each hierarchy; kept when the page is drawn again. */
const open: Map<number, Range>[] = [];
const active: number[] = [];

function openOf(tree: Tree): Map<number, Range> {
  if (open[tree.at] === undefined) {
    open[tree.at] = new Map();
    active[tree.at] = 0;
    // The first level is open where there are few roots.
    if (tree.head.roots <= 3) {
      for (let rank = 0; rank < tree.head.roots; ++rank) expand(tree, rank);
    }
  }
  return open[tree.at];
}

function expand(tree: Tree, rank: number, child?: number): void {
  const first = rank < 0 ? 0 : tree.firstChild(rank);
  const end = first + (rank < 0 ? tree.head.roots : tree.childCount(rank));
  const known = open[tree.at].get(rank);
  if (known !== undefined && (child === undefined || (child >= known.from && child < known.until))) return;
  const from = child === undefined ? first : Math.max(first, child - (child - first) % step);
  open[tree.at].set(rank, { from, until: Math.min(from + step, end) });
}

/** Opens everything above a place, so that its row is shown. */
export function revealPlace(tree: Tree, rank: number): void {
  openOf(tree);
  const path = tree.path(rank);
  expand(tree, -1, path[0]);
  for (let at = 0; at + 1 < path.length; ++at) expand(tree, path[at], path[at + 1]);
  active[tree.at] = rank;
}

class TreeRows {
  private readonly isShort: boolean;

  constructor(private page: Page, private tree: Tree, private body: HTMLElement) {
    this.isShort = page.rule < 0;
  }

  draw(): void {
    const rows: HTMLElement[] = [];
    openOf(this.tree);
    expand(this.tree, -1);
    this.below(-1, 1, rows);
    fill(this.body, rows);
  }

  focus(): void {
    const row = this.body.querySelector<HTMLElement>(`tr[data-rank="${active[this.tree.at]}"]`);
    if (row) row.focus();
  }

  private below(rank: number, level: number, rows: HTMLElement[]): void {
    const range = openOf(this.tree).get(rank);
    if (range === undefined) return;
    const first = rank < 0 ? 0 : this.tree.firstChild(rank);
    const end = first + (rank < 0 ? this.tree.head.roots : this.tree.childCount(rank));
    if (range.from > first) {
      const count = Math.min(step, range.from - first);
      rows.push(this.moreRow(level, word("earlier", count), () => { range.from -= count; }));
    }
    for (let at = range.from; at < range.until; ++at) {
      rows.push(this.row(at, level, at - first + 1, end - first));
      this.below(at, level + 1, rows);
    }
    if (range.until < end) {
      const count = Math.min(step, end - range.until);
      const text = word("more", grouped(count), grouped(end - range.until));
      rows.push(this.moreRow(level, text, () => { range.until += count; }));
    }
  }

  private moreRow(level: number, text: string, change: () => void): HTMLElement {
    const button = h("button", { type: "button", class: "tool more", onclick: () => { change(); this.draw(); } }, text);
    const cell = h("td", { colspan: 99 }, button);
    cell.style.paddingLeft = `${level * 1.25}rem`;
    return h("tr", { class: "more-row", "aria-level": level }, cell);
  }

  private row(rank: number, level: number, position: number, siblings: number): HTMLElement {
    const tree = this.tree;
    const isOpen = openOf(tree).has(rank);
    const hasBelow = tree.childCount(rank) > 0;
    const name = tree.name(rank);
    const heading = h("th", { scope: "row", class: "unit" },
      h("span", { class: "toggle", "aria-hidden": "true", onclick: () => this.toggle(rank) },
        hasBelow ? (isOpen ? "▾" : "▸") : ""),
      h("span", { class: "name", onclick: () => this.toggle(rank) }, name),
      h("span", { class: "code" }, tree.hasName(rank) ? tree.id(rank) : "", tree.code(rank) && tree.code(rank) !== tree.id(rank) ? ` ${tree.code(rank)}` : ""));
    heading.style.paddingLeft = `${0.25 + (level - 1) * 1.25}rem`;
    return h("tr", {
      "data-rank": rank,
      "aria-level": level,
      "aria-posinset": position,
      "aria-setsize": siblings,
      "aria-expanded": hasBelow ? String(isOpen) : undefined,
      tabindex: rank === active[tree.at] ? "0" : "-1",
      class: rank === active[tree.at] ? "active" : undefined,
      onkeydown: (event: KeyboardEvent) => this.key(event, rank),
      onfocus: () => this.activate(rank),
    }, heading, h("td", { class: "kind" }, kindName(this.page, tree.kind(rank))),
      this.isShort ? this.rates(rank) : this.counts(rank, this.page.rule));
  }

  private counts(rank: number, rule: number): HTMLElement[] {
    const page = this.page;
    const counts = this.tree.counts(rank, rule);
    const number = (count: number, status: number[] | null, label: string) =>
      h("td", { class: "number" }, figure(page, count, `${this.tree.name(rank)} ${label}`, () =>
        page.tell(page.forest, rank, rule, status)));
    return [
      h("td", { class: "wide" }, bar(page, counts)),
      h("td", { class: "number strong" }, rateOf(counts)),
      number(eligibleOf(counts), [met, unmet, pending, notEvaluable], said(page, "eligible")),
      ...[met, unmet, pending, notEvaluable].map((status) =>
        number(counts[status], [status], said(page, page.head.statuses[status]))),
    ];
  }

  private rates(rank: number): HTMLElement[] {
    const page = this.page;
    return page.head.rules.map((_, rule) => {
      const counts = this.tree.counts(rank, rule);
      const all = eligibleOf(counts);
      const title = `${countText(counts[met])}/${countText(all)}`;
      const cell = h("td", { class: "number rate", title }, rateOf(counts));
      if (all > 0 && counts[met] !== withheld) cell.classList.add(`heat${Math.floor((counts[met] * 5) / all)}`);
      return cell;
    });
  }

  private activate(rank: number): void {
    if (active[this.tree.at] === rank) return;
    const before = this.body.querySelector<HTMLElement>("tr[tabindex='0']");
    if (before) {
      before.tabIndex = -1;
      before.classList.remove("active");
    }
    active[this.tree.at] = rank;
    const now = this.body.querySelector<HTMLElement>(`tr[data-rank="${rank}"]`);
    if (now) {
      now.tabIndex = 0;
      now.classList.add("active");
    }
  }

  private toggle(rank: number): void {
    active[this.tree.at] = rank;
    if (openOf(this.tree).has(rank)) openOf(this.tree).delete(rank);
    else if (this.tree.childCount(rank) > 0) expand(this.tree, rank);
    this.draw();
    this.focus();
  }

  private key(event: KeyboardEvent, rank: number): void {
    const row = event.currentTarget as HTMLElement;
    if (event.target !== row) return;
    const isOpen = openOf(this.tree).has(rank);
    const rows = Array.from(this.body.querySelectorAll<HTMLElement>("tr[data-rank]"));
    const at = rows.indexOf(row);
    const go = (to: HTMLElement | undefined) => { if (to) to.focus(); };
    switch (event.key) {
      case "ArrowDown": go(rows[at + 1]); break;
      case "ArrowUp": go(rows[at - 1]); break;
      case "Home": go(rows[0]); break;
      case "End": go(rows[rows.length - 1]); break;
      case "ArrowRight":
        if (!isOpen) this.toggle(rank);
        else go(rows[at + 1]);
        break;
      case "ArrowLeft":
        if (isOpen) this.toggle(rank);
        else go(this.body.querySelector<HTMLElement>(`tr[data-rank="${this.tree.parent(rank)}"]`) || undefined);
        break;
      case "Enter":
      case " ": this.toggle(rank); break;
      default: return;
    }
    event.preventDefault();
  }
}

function headings(page: Page): HTMLElement[] {
  if (page.rule < 0) {
    return page.head.rules.map((rule) => th(rule.id, { class: "number", title: labelled(rule.title) }));
  }
  return [th(word("coverage")), th(said(page, "rate"), { class: "number" }), th(said(page, "eligible"), { class: "number" }),
    ...[met, unmet, pending, notEvaluable].map((at) => th(said(page, page.head.statuses[at]), { class: "number" }))];
}

// All places of the hierarchy, with the chosen rule or all of them.
function save(page: Page, tree: Tree): void {
  const rules = page.rule < 0 ? page.head.rules.map((_, at) => at) : [page.rule];
  const statuses = [met, unmet, pending, notEvaluable];
  function* rows(): Iterable<string[]> {
    yield [said(page, "unit"), said(page, "name"), said(page, "kind"), said(page, "parent"), word("level"),
      ...([] as string[]).concat(...rules.map((rule) => {
        const prefix = rules.length > 1 ? `${page.head.rules[rule].id} ` : "";
        return [said(page, "eligible"), ...statuses.map((at) => said(page, page.head.statuses[at])), said(page, "rate")]
          .map((text) => prefix + text);
      }))];
    const walk: [number, number][] = [];
    for (let rank = tree.head.roots - 1; rank >= 0; --rank) walk.push([rank, -1]);
    const levels: number[] = [];
    while (walk.length > 0) {
      const [rank, parent] = walk.pop()!;
      levels[rank] = parent < 0 ? 0 : levels[parent] + 1;
      const cells: string[] = [];
      for (const rule of rules) {
        const counts = tree.counts(rank, rule);
        cells.push(plainCount(eligibleOf(counts)), ...statuses.map((at) => plainCount(counts[at])), rateOf(counts));
      }
      yield [tree.id(rank), tree.hasName(rank) ? tree.name(rank) : "", kindName(page, tree.kind(rank)),
        parent < 0 ? "" : tree.id(parent), String(levels[rank]),
        ...cells];
      const first = tree.firstChild(rank);
      for (let at = first + tree.childCount(rank) - 1; at >= first; --at) walk.push([at, rank]);
    }
  }
  saveCsv(`${word("tree")}-${page.head.as_of}`, rows());
}

function searchBox(page: Page, tree: Tree): HTMLElement {
  const results = h("div", { class: "results", "aria-live": "polite" });
  let asked = 0;
  let timer = 0;
  const look = async (text: string) => {
    const mine = ++asked;
    if (text === "") { fill(results); return; }
    fill(results, h("p", { class: "note" }, word("searching")));
    const most = 50;
    const { ranks, more } = await tree.search(text, most, () => mine === asked);
    if (mine !== asked) return;
    if (ranks.length === 0) { fill(results, nothing(word("found_none", text))); return; }
    fill(results, h("p", { class: "note" }, more ? word("found_more", most) : word("found", ranks.length)),
      h("ul", {}, ranks.map((rank) => h("li", {},
        h("button", { type: "button", class: "link", onclick: () => { fill(results); page.reveal(rank); } },
          tree.path(rank).map((one) => tree.name(one)).join(" › ")),
        h("span", { class: "code" }, ` ${tree.id(rank)}`)))));
  };
  const input = h("input", {
    type: "search", placeholder: word("search"), "aria-label": word("search"), autocomplete: "off", maxlength: 200,
    oninput: () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => { void look(input.value.trim()); }, 150);
    },
  });
  return h("div", { class: "search" }, input, results);
}

/** The section of the tree. */
export function treeSection(page: Page, focuses: boolean): HTMLElement {
  const title = word("tree");
  if (page.head.units === 0) return section("tree", title, nothing(word("no_units")));
  if (page.trees.length === 0) return section("tree", title, nothing(word("no_forests")));
  if (page.head.rules.length === 0) return section("tree", title, nothing(word("no_rules")));
  const tree = page.trees[page.forest];
  const body = h("tbody");
  const rows = new TreeRows(page, tree, body);
  rows.draw();
  const rules = [word("all_rules"), ...page.head.rules.map(ruleTitle)];
  const unplaced = page.rule < 0 || page.head.publish ? 0
    : page.head.rules[page.rule].unplaced[page.forest].reduce((sum, one) => sum + one, 0);
  if (focuses) {
    setTimeout(() => {
      rows.focus();
      const row = body.querySelector(`tr[data-rank="${active[tree.at]}"]`);
      if (row) row.scrollIntoView({ block: "center" });
    }, 0);
  }
  return section("tree", title,
    h("div", { class: "tools" },
      choice(word("hierarchy"), page.trees.map((one) => labelled(one.head.name) || one.head.id), page.forest, (at) => {
        page.forest = at;
        page.refresh();
      }),
      choice(word("rule"), rules, page.rule + 1, (at) => {
        page.rule = at - 1;
        page.refresh();
      }),
      searchBox(page, tree),
      exportButton(() => save(page, tree))),
    page.rule < 0 ? null : legend(page),
    h("div", { class: "scroll", role: "group", "aria-label": title, tabindex: "-1" },
      h("table", { role: "treegrid", class: "tree", lang: currentLanguage() === "zh" ? "zh-CN" : "en", "aria-label": title },
        h("thead", {}, h("tr", {}, th(word("unit")), th(said(page, "kind"), { class: "kind" }), headings(page))), body)),
    unplaced > 0 ? h("p", { class: "note" }, word("unplaced", grouped(unplaced))) : null);
}
