// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The panel that tells whom a figure counts, and for each of them why: the
// steps of the rule with every record that counted or did not.

import { read, Subject } from "./data";
import { Content, fill, h, th } from "./dom";
import { saveCsv } from "./export";
import { called, exportButton, Page, ruleTitle, said } from "./page";
import { currentLanguage, grouped, word } from "./words";

interface Exact {
  numerator: number;
  denominator: number;
}

interface Item {
  id: string;
  what: string;
  days: { from: string | null; until_excluded: string | null };
  value: Exact | null;
  verdict: string;
  detail: string;
}

interface Step {
  depth: number;
  zh: string;
  en: string;
  status: string | null;
  value: Exact | null;
  threshold: Exact | null;
  items: Item[];
  items_left_out: number;
}

interface Explained {
  sentence: { zh: string; en: string };
  phrase: string;
  clause: string;
  windows: {
    days: { from: string | null; until_excluded: string | null };
    status: string;
    value: Exact | null;
    threshold: Exact | null;
    reason: string;
    steps: Step[];
  }[];
}

const listedMost = 500;

function number(value: Exact | null): string {
  if (value === null) return "–";
  if (value.denominator === 1) return String(value.numerator);
  const decimal = value.numerator / value.denominator;
  const short = Math.round(decimal * 100) / 100;
  return `${value.numerator}/${value.denominator} ≈ ${short}`;
}

function lastDay(until: string | null): string {
  if (until === null) return "";
  const day = new Date(`${until}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

function days(of: { from: string | null; until_excluded: string | null }): string {
  const until = lastDay(of.until_excluded);
  if (of.from === null && until === "") return "";
  return of.from === until ? until : `${of.from || "…"} ${word("to")} ${until || "…"}`;
}

function statusTag(page: Page, status: string): HTMLElement {
  return h("span", { class: `tag ${status}` }, said(page, status));
}

function itemTable(page: Page, step: Step): Content {
  if (step.items.length === 0) return null;
  return h("table", { class: "items" },
    h("thead", {}, h("tr", {}, th(said(page, "id")), th(said(page, "what")), th(said(page, "day")),
      th(said(page, "value"), { class: "number" }), th(said(page, "verdict")))),
    h("tbody", {}, step.items.map((item) => h("tr", { class: item.verdict === "counted" ? "counted" : "left-out" },
      h("td", {}, item.id || "–"), h("td", {}, called(page, item.what)), h("td", {}, days(item.days)),
      h("td", { class: "number" }, number(item.value)),
      h("td", {}, said(page, item.verdict), item.detail ? ` (${item.detail})` : "")))),
    step.items_left_out > 0
      ? h("caption", { class: "below" }, `${said(page, "left_out")} ${step.items_left_out}`) : null);
}

function explanation(page: Page, told: Explained): Content {
  return [
    h("p", { class: "sentence" }, currentLanguage() === "zh" ? told.sentence.zh : told.sentence.en),
    told.windows.map((window) => h("div", { class: "window" },
      h("p", { class: "period" }, days(window.days), " ", statusTag(page, window.status),
        ` ${word("value_of", number(window.value), number(window.threshold))}`,
        window.reason ? ` (${window.reason})` : ""),
      window.steps.map((step) => {
        const line = h("div", { class: "step" },
          h("p", {}, currentLanguage() === "zh" ? step.zh : step.en, " ",
            step.value ? h("b", {}, number(step.value)) : "",
            step.threshold ? ` / ${number(step.threshold)}` : "", " ",
            step.status ? statusTag(page, step.status) : ""),
          itemTable(page, step));
        line.style.marginLeft = `${step.depth * 1.2}rem`;
        return line;
      }))),
  ];
}

// Without steps: what is known, and the command that tells them.
function shortExplanation(page: Page, rule: number, subject: Subject, id: string): Content {
  const range = page.head.range;
  const quoted = (text: string) => (/^[\w./:-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`);
  const command = `headrope explain DATA --as-of ${page.head.as_of} --pack PACK.yaml`
    + ` --rule ${quoted(page.head.rules[rule].id)} --subject ${quoted(id)}`
    + (range[0] ? ` --from ${range[0]}` : "") + (range[1] ? ` --to ${lastDay(range[1])}` : "");
  return [
    subject.windows ? null : h("p", {}, word("value_of", subject.value || "–", subject.threshold || "–"), subject.reason ? ` ${subject.reason}` : ""),
    h("p", { class: "note" }, word("not_told")), h("pre", {}, command),
  ];
}

// A square for each window, with its days and status.
function windowMarks(page: Page, rule: number, subject: Subject): Content {
  if (!subject.windows) return null;
  const windows = page.head.rules[rule].windows;
  return h("span", { class: "marks" }, Array.from(subject.windows).map((digit, at) => {
    const status = page.head.statuses[Number(digit)];
    const told = `${days({ from: windows[at][0], until_excluded: windows[at][1] })} ${said(page, status)}`;
    return h("span", { class: `mark ${status}`, title: told }, h("span", { class: "spoken" }, `${told}; `));
  }));
}

function subjectName(page: Page, forest: number, rule: number, subject: Subject): { id: string; name: string } {
  const tree = page.trees[forest];
  if (page.head.rules[rule].subject_type === "units") {
    return { id: subject.id || tree.id(subject.rank), name: tree.name(subject.rank) };
  }
  return { id: subject.id, name: subject.rank >= 0 ? tree.name(subject.rank) : "" };
}

function subjectEntry(page: Page, forest: number, rule: number, subject: Subject): HTMLElement {
  const { id, name } = subjectName(page, forest, rule, subject);
  const body = h("div", { class: "why" });
  const details = h("details", {
    class: "subject",
    ontoggle: () => {
      if (!details.open || body.firstChild) return;
      const told = read<Explained>(`x${rule}-${subject.row}`);
      fill(body, windowMarks(page, rule, subject),
        told ? explanation(page, told) : shortExplanation(page, rule, subject, id));
    },
  }, h("summary", {}, statusTag(page, page.head.statuses[subject.status]),
    h("span", { class: "name" }, name === id ? "" : name), h("span", { class: "code" }, id),
    h("span", { class: "value" }, subject.windows
      ? `${word("windows_met")} ${subject.value}`
      : subject.value ? `${subject.value} / ${subject.threshold || "–"}` : subject.reason)), body);
  return details;
}

/** Shows whom a figure counts. */
export function tell(page: Page, forest: number, rank: number, rule: number, statuses: number[] | null): void {
  const tree = page.trees[forest];
  const about = page.head.rules[rule];
  const counts = tree.counts(rank, rule);
  const all = statuses === null ? counts.map((_, at) => at) : statuses;
  const total = all.reduce((sum, at) => sum + counts[at], 0);
  const found = page.subjects[rule].below(forest, tree.position(rank), tree.size(rank), statuses, listedMost);
  const which = statuses !== null && statuses.length === 1
    ? said(page, page.head.statuses[statuses[0]]) : said(page, "eligible");
  const save = () => saveCsv(`${about.id}-${which}-${page.head.as_of}`, [
    [said(page, "id"), said(page, "unit_name"), said(page, "status"), said(page, "value"), said(page, "threshold")],
    ...found.map((one) => {
      const { id, name } = subjectName(page, forest, rule, one);
      return [id, name, said(page, page.head.statuses[one.status]), one.value.replace("/", " : "), one.threshold];
    }),
  ]);
  const dialog = h("dialog", { class: "panel", "aria-labelledby": "panel-title" },
    h("header", {},
      h("h2", { id: "panel-title" }, word("who", tree.name(rank), which, grouped(total))),
      h("button", { type: "button", class: "tool close", onclick: () => dialog.close() }, word("close"))),
    h("p", {}, ruleTitle(about), " · ", word("clause_of", about.clause)),
    about.phrase ? h("blockquote", {}, `${word("source")} “${about.phrase}”`) : null,
    h("div", { class: "tools" },
      h("span", { class: "note" }, word("listed", grouped(found.length), grouped(total))), exportButton(save)),
    h("div", { class: "subjects" }, found.map((one) => subjectEntry(page, forest, rule, one))));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.appendChild(dialog);
  dialog.showModal();
  const first = dialog.querySelector("details");
  if (found.length === 1 && first) first.open = true;
}
