// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What all sections share: the data that is open, what is chosen, and small
// parts such as bars, tables and selections.

import {
  eligibleOf, met, notEvaluable, pending, ReportHead, Rule, Subjects, Table, unmet, withheld,
} from "./data";
import { Content, h, th } from "./dom";
import { exportTable } from "./export";
import { Tree } from "./tree";
import { currentLanguage, grouped, labelled, percent, word } from "./words";

/** The open report and the choices of its reader. */
export interface Page {
  head: ReportHead;
  trees: Tree[];
  subjects: Subjects[];
  /** The hierarchy that is shown. */
  forest: number;
  /** The rule that is shown; -1: all. */
  rule: number;
  /** Draws everything again. */
  refresh(): void;
  /** Shows whom a figure counts. */
  tell(forest: number, rank: number, rule: number, statuses: number[] | null): void;
  /** Opens the tree at a place. */
  reveal(rank: number): void;
}

/** A word that came with the data; itself if it is none. */
export function said(page: Page, name: string): string {
  const label = Object.prototype.hasOwnProperty.call(page.head.words, name) ? page.head.words[name] : undefined;
  return label === undefined ? name : labelled(label);
}

/** A measure, role or kind by its id, as people call it. */
export function called(page: Page, id: string): string {
  if (Object.prototype.hasOwnProperty.call(page.head.names, id)) return labelled(page.head.names[id]) || id;
  const kind = page.head.kinds.find(([one]) => one === id);
  return kind ? labelled([kind[1], kind[2]]) || id : id;
}

export function ruleTitle(rule: Rule): string {
  return `${rule.id} ${labelled(rule.title)}`;
}

export function kindName(page: Page, kind: number): string {
  const [id, zh, en] = page.head.kinds[kind];
  return labelled([zh, en]) || id;
}

/** A section with its heading. */
export function section(id: string, title: string, ...content: Content[]): HTMLElement {
  return h("section", { id, "aria-labelledby": `${id}-title` }, h("h2", { id: `${id}-title` }, title), content);
}

/** A line that says why there is nothing. */
export function nothing(text: string): HTMLElement {
  return h("p", { class: "nothing" }, text);
}

const shares: [number, string][] = [
  [met, "met"],
  [pending, "pending"],
  [notEvaluable, "open"],
  [unmet, "unmet"],
];

/** A bar of the shares of met, pending, not evaluable and unmet. */
export function bar(page: Page, counts: number[]): HTMLElement {
  const all = eligibleOf(counts);
  if (shares.some(([status]) => counts[status] === withheld)) {
    return h("div", { class: "bar hidden-counts", role: "img", "aria-label": whyWithheld(page), title: whyWithheld(page) });
  }
  const told = shares
    .filter(([status]) => counts[status] > 0)
    .map(([status]) => `${said(page, page.head.statuses[status])} ${counts[status]}`)
    .join(", ");
  const box = h("div", { class: "bar", role: "img", "aria-label": told || word("nothing_asked"), title: told });
  for (const [status, name] of shares) {
    if (counts[status] === 0) continue;
    const part = h("span", { class: `part ${name}` });
    part.style.width = `${(counts[status] * 100) / all}%`;
    box.appendChild(part);
  }
  return box;
}

function whyWithheld(page: Page): string {
  return word("withheld", page.head.publish ? page.head.publish.least : 0);
}

/** The legend of bars. */
export function legend(page: Page): HTMLElement {
  return h("p", { class: "legend" }, shares.map(([status, name]) => [
    h("span", { class: `swatch ${name}` }), `${said(page, page.head.statuses[status])} `,
  ]));
}

/** The rate of counts, or a star where it is withheld. */
export function rateOf(counts: number[]): string {
  return counts[met] === withheld ? "*" : percent(counts[met], eligibleOf(counts));
}

/** A count as text; a star where it is withheld. */
export function countText(count: number): string {
  return count === withheld ? "*" : grouped(count);
}

/** A count for a file. */
export function plainCount(count: number): string {
  return count === withheld ? "*" : String(count);
}

/** A figure: a button that tells whom it counts, or plain text for none. */
export function figure(page: Page, count: number, label: string, tell: () => void): HTMLElement | string {
  if (count === withheld) {
    return h("span", { class: "suppressed", title: whyWithheld(page) },
      h("span", { "aria-hidden": "true" }, "*"), h("span", { class: "spoken" }, whyWithheld(page)));
  }
  if (count === 0 || page.head.publish) return grouped(count);
  return h("button", { type: "button", class: "figure", "aria-label": `${label}: ${count}`, onclick: tell }, grouped(count));
}

/** A selection with its label. */
export function choice(
  label: string, options: string[], chosen: number, change: (at: number) => void,
): HTMLElement {
  const select = h("select", { onchange: () => change(select.selectedIndex) },
    options.map((text, at) => h("option", { selected: at === chosen }, text)));
  return h("label", { class: "choice" }, h("span", {}, label), select);
}

export function exportButton(save: () => void): HTMLElement {
  return h("button", { type: "button", class: "tool", onclick: save }, word("export_csv"));
}

/** Columns of words that stand in the data as machine names. */
const wordColumns = ["status_before", "status_after", "transition", "status", "force", "tightness", "type", "state"];

function cellText(page: Page, column: Table["columns"][number], row: number): string {
  const text = currentLanguage() === "en" && column.en ? column.en[row] : column.zh[row];
  return wordColumns.includes(column.id) ? said(page, text) : text;
}

/** Texts of a table as they are shown: `X` and `X_name` stand together. */
export function shownColumns(page: Page, table: Table): { title: string; isNumber: boolean; text: (row: number) => string }[] {
  const ids = table.columns.map((one) => one.id);
  return table.columns
    .filter((one) => {
      const isJoined = one.id.endsWith("_name") && ids.includes(one.id.slice(0, -5));
      const all = one.en ? one.zh.concat(one.en) : one.zh;
      return !isJoined && all.some((text) => text !== "");
    })
    .map((one) => {
      const name = table.columns.find((other) => other.id === `${one.id}_name`);
      return {
        title: said(page, one.id),
        isNumber: one.is_number === 1,
        text: (row: number) => {
          const text = cellText(page, one, row);
          const more = name === undefined ? "" : cellText(page, name, row);
          return more === "" || more === text ? text : `${text} ${more}`;
        },
      };
    });
}

function classOf(isNumber: boolean, text: string): string | undefined {
  if (isNumber) return "number";
  return /^\d{4}-\d\d-\d\d$/.test(text) ? "day" : undefined;
}

/** A table of the data, with its export; rows come as they are asked for. */
export function dataTable(page: Page, table: Table, caption: string, isTitled = true): HTMLElement {
  const columns = shownColumns(page, table);
  const body = h("tbody");
  const step = 200;
  let shown = 0;
  const more = h("button", { type: "button", class: "tool more", onclick: () => grow() });
  const grow = () => {
    const end = Math.min(shown + step, table.rows);
    for (; shown < end; ++shown) {
      body.appendChild(h("tr", {}, columns.map((one) =>
        h("td", { class: classOf(one.isNumber, one.text(shown)) }, one.text(shown) || "–"))));
    }
    more.hidden = shown >= table.rows;
    more.textContent = word("more", Math.min(step, table.rows - shown), table.rows - shown);
  };
  grow();
  return h("div", { class: "listing" },
    h("div", { class: "tools" },
      isTitled ? h("h3", {}, caption) : null,
      table.total > table.rows ? h("span", { class: "note" }, word("rows_of", grouped(table.rows), grouped(table.total))) : null,
      exportButton(() => exportTable(page, table, caption))),
    h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption },
      h("table", {}, h("caption", { class: "spoken" }, caption),
        h("thead", {}, h("tr", {}, columns.map((one) => th(one.title, { class: one.isNumber ? "number" : undefined })))),
        body)),
    more);
}
