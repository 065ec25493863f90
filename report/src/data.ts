// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The data of a report, as `write_report` puts it into script elements. Large
// parts are read when they are first shown, and kept.

export type Label = [string, string];

export interface PackHead {
  id: string;
  title: Label;
  issuer: Label;
  from: string | null;
  until: string | null;
}

export interface Rule {
  id: string;
  clause: string;
  phrase: string;
  title: Label;
  force: string;
  pack: string;
  group: string;
  subject_type: "units" | "persons" | "posts" | "duties" | "records";
  counts: number[];
  unplaced: number[][];
  subjects: number;
  block: number;
  windows: [string | null, string | null][];
}

export interface ForestHead {
  id: string;
  name: Label;
  count: number;
  roots: number;
  block: number;
  first_child: number[];
}

export interface TableColumn {
  id: string;
  is_number: number;
  zh: string[];
  en?: string[];
}

export interface Table {
  total: number;
  rows: number;
  columns: TableColumn[];
}

export interface ReportHead {
  format: string;
  program: string;
  language: "zh" | "en";
  title: string;
  as_of: string;
  known_on: string | null;
  range: [string | null, string | null];
  units: number;
  persons: number;
  pack: PackHead;
  against: PackHead | null;
  publish: { least: number } | null;
  statuses: string[];
  words: Record<string, Label>;
  kinds: [string, string, string][];
  names: Record<string, Label>;
  forests: ForestHead[];
  rules: Rule[];
  parameters: Table;
}

export interface Months {
  days: string[];
  units: number;
  by_window: number[];
}

export interface MonthFigures {
  met: number[];
  eligible: number[];
}

export interface GroupRule {
  groups: [string, number[]][];
  spread: [number, number, number, number] | null;
}

export interface Grouping {
  by: string;
  rules: (GroupRule | null)[];
}

// Statuses by their number in the data.
export const met = 0;
export const unmet = 1;
export const pending = 2;
export const notEvaluable = 6;

// In a public report the eligible are told by themselves, behind the statuses.
export const eligible = 7;

/** A count that a public report does not tell. */
export const withheld = 2 ** 53;

/** Met, unmet, pending and not evaluable together; perhaps withheld. */
export function eligibleOf(counts: number[]): number {
  if (counts.length > eligible) return counts[eligible];
  return counts[met] + counts[unmet] + counts[pending] + counts[notEvaluable];
}

/** The JSON in a script element; null if there is none of that id. */
export function read<T>(id: string): T | null {
  const element = document.getElementById(`data-${id}`);
  return element === null ? null : (JSON.parse(element.textContent || "null") as T);
}

/** The text of a script element as it stands there, or "". */
export function raw(id: string): string {
  const element = document.getElementById(`data-${id}`);
  return element === null ? "" : element.textContent || "";
}

/** Undoes runs: -n repeats the value before it n times more. */
export function runs<T>(list: (T | number)[]): T[] {
  const values: T[] = [];
  for (const one of list) {
    if (typeof one === "number" && one < 0) {
      const last = values[values.length - 1];
      for (let at = 0; at < -one; ++at) values.push(last);
    } else {
      values.push(one as T);
    }
  }
  return values;
}

/** Undoes pairs of a rise and how many numbers rise by it. */
export function rises(list: number[]): Int32Array {
  let count = 0;
  for (let at = 1; at < list.length; at += 2) count += list[at];
  const values = new Int32Array(count);
  let last = 0;
  let next = 0;
  for (let at = 0; at < list.length; at += 2) {
    for (let run = 0; run < list[at + 1]; ++run) {
      last += list[at];
      values[next++] = last;
    }
  }
  return values;
}

interface SubjectBlock {
  ids: string[];
  statuses: number[];
  values: string[];
  windows: string[] | null;
  thresholds: string[] | null;
  reasons: string[] | null;
}

/** A subject of a rule, ready to be shown. */
export interface Subject {
  row: number;
  rank: number;
  id: string;
  status: number;
  value: string;
  threshold: string;
  reason: string;
  windows: string;
}

/** The rows of one rule. */
export class Subjects {
  private blocks: (SubjectBlock | undefined)[] = [];
  private places: ({ places: Int32Array; ranks: Int32Array; rows: Int32Array } | undefined)[] = [];

  constructor(private rule: number, private size: number) {}

  row(row: number, rank: number): Subject {
    const at = Math.floor(row / this.size);
    const block = this.block(at);
    const inside = row - at * this.size;
    return {
      row,
      rank,
      id: block.ids[inside],
      status: block.statuses[inside],
      value: block.values[inside],
      threshold: block.thresholds ? block.thresholds[inside] : "",
      reason: block.reasons ? block.reasons[inside] : "",
      windows: block.windows ? block.windows[inside] : "",
    };
  }

  /** Subjects at or below a place, of some statuses; at most so many. */
  below(forest: number, place: number, size: number, statuses: number[] | null, most: number): Subject[] {
    const index = this.index(forest);
    const found: Subject[] = [];
    const seen = new Set<number>();
    for (let at = lowerBound(index.places, place); at < index.places.length; ++at) {
      if (index.places[at] >= place + size || found.length >= most) break;
      if (seen.has(index.rows[at])) continue;
      const subject = this.row(index.rows[at], index.ranks[at]);
      if (statuses !== null && !statuses.includes(subject.status)) continue;
      seen.add(subject.row);
      found.push(subject);
    }
    return found;
  }

  private block(at: number): SubjectBlock {
    let block = this.blocks[at];
    if (block === undefined) {
      const data = read<Record<string, never[]>>(`s${this.rule}b${at}`) || {};
      block = {
        ids: runs<string>(data.ids || []),
        statuses: runs<number>(data.statuses || []),
        values: runs<string>(data.values || []),
        windows: data.windows ? runs<string>(data.windows) : null,
        thresholds: data.thresholds ? runs<string>(data.thresholds) : null,
        reasons: data.reasons ? runs<string>(data.reasons) : null,
      };
      this.blocks[at] = block;
    }
    return block;
  }

  private index(forest: number) {
    let index = this.places[forest];
    if (index === undefined) {
      const data = read<Record<string, number[]>>(`s${this.rule}f${forest}`) || {};
      index = {
        places: rises(data.places || []),
        ranks: rises(data.ranks || []),
        rows: rises(data.rows || []),
      };
      this.places[forest] = index;
    }
    return index;
  }
}

/** The first position whose value is not below `value`. */
export function lowerBound(list: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
