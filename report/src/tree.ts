// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A hierarchy, block by block. A place is named by its rank: level by level, so
// that the places below one stand together.

import { eligible, ForestHead, lowerBound, raw, read, runs } from "./data";

interface Block {
  children: number[];
  sizes: number[];
  kinds: number[];
  ids: string[] | null;
  names: string[] | null;
  codes: string[] | null;
  rules: Record<string, number[]>[];
  /** The rank of the first place below each. */
  firstChild: number[];
}

export class Tree {
  private blocks: (Block | undefined)[] = [];

  constructor(readonly at: number, readonly head: ForestHead) {}

  get count(): number {
    return this.head.count;
  }

  id(rank: number): string {
    return this.text(rank, "ids");
  }
  /** The name; the identity where there is none. */
  name(rank: number): string {
    return this.text(rank, "names") || this.id(rank);
  }
  hasName(rank: number): boolean {
    return this.text(rank, "names") !== "";
  }
  code(rank: number): string {
    return this.text(rank, "codes");
  }
  kind(rank: number): number {
    return this.block(rank).kinds[rank % this.head.block];
  }
  childCount(rank: number): number {
    return this.block(rank).children[rank % this.head.block];
  }
  /** How many places there are at and below one. */
  size(rank: number): number {
    return this.block(rank).sizes[rank % this.head.block];
  }
  firstChild(rank: number): number {
    return this.block(rank).firstChild[rank % this.head.block];
  }

  /** Counts of a rule by status. */
  counts(rank: number, rule: number): number[] {
    const of = this.block(rank).rules[rule];
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (const status of Object.keys(of)) {
      counts[status === "e" ? eligible : Number(status)] = of[status][rank % this.head.block];
    }
    return counts;
  }

  /** The place above; -1 for a root. */
  parent(rank: number): number {
    if (rank < this.head.roots) return -1;
    // The last block whose first child does not come after the rank.
    const starts = this.head.first_child;
    let at = lowerBound(starts, rank + 1) - 1;
    for (; at >= 0; --at) {
      const block = this.blockAt(at);
      const inside = lowerBound(block.firstChild, rank + 1) - 1;
      // Of several that begin there, the one that has a place below.
      for (let one = inside; one >= 0; --one) {
        if (block.children[one] > 0) {
          return at * this.head.block + one;
        }
      }
    }
    return -1;
  }

  /** From a root down to the place itself. */
  path(rank: number): number[] {
    const path: number[] = [];
    for (let at = rank; at >= 0; at = this.parent(at)) path.unshift(at);
    return path;
  }

  /** The position in the order of the hierarchy, each before those below. */
  position(rank: number): number {
    const path = this.path(rank);
    let position = 0;
    let first = 0;
    for (const one of path) {
      for (let at = first; at < one; ++at) position += this.size(at);
      first = this.firstChild(one);
      if (one !== rank) ++position;
    }
    return position;
  }

  /**
   * Looks for a text in names, identities and codes, block by block, so that
   * the page stays alive.
   */
  async search(text: string, most: number, isWanted: () => boolean): Promise<{ ranks: number[]; more: boolean }> {
    const needle = text.toLowerCase();
    const written = JSON.stringify(text).slice(1, -1).replace(/</g, "\\u003c").toLowerCase();
    const ranks: number[] = [];
    const count = Math.ceil(this.head.count / this.head.block);
    for (let at = 0; at < count && isWanted(); ++at) {
      if (this.blocks[at] === undefined && !raw(this.scriptOf(at)).toLowerCase().includes(written)) {
        if (at % 16 === 15) await rest();
        continue;
      }
      const block = this.blockAt(at);
      for (let inside = 0; inside < block.sizes.length; ++inside) {
        const rank = at * this.head.block + inside;
        const found = [this.text(rank, "names"), this.text(rank, "ids"), this.text(rank, "codes")]
          .some((one) => one.toLowerCase().includes(needle));
        if (!found) continue;
        if (ranks.length >= most) return { ranks, more: true };
        ranks.push(rank);
      }
      if (at % 4 === 3) await rest();
    }
    return { ranks, more: false };
  }

  private text(rank: number, of: "ids" | "names" | "codes"): string {
    const texts = this.block(rank)[of];
    return texts === null ? "" : texts[rank % this.head.block];
  }

  private block(rank: number): Block {
    return this.blockAt(Math.floor(rank / this.head.block));
  }

  private scriptOf(at: number): string {
    return `f${this.at}b${at}`;
  }

  private blockAt(at: number): Block {
    let block = this.blocks[at];
    if (block === undefined) {
      const data = read<Record<string, never[]>>(this.scriptOf(at)) || {};
      const children = runs<number>(data.children);
      const firstChild: number[] = [];
      let next = this.head.first_child[at];
      for (const one of children) {
        firstChild.push(next);
        next += one;
      }
      block = {
        children,
        firstChild,
        sizes: runs<number>(data.sizes),
        kinds: runs<number>(data.kinds),
        ids: data.ids || null,
        names: data.names || null,
        codes: data.codes || null,
        rules: (data.rules as Record<string, number[]>[]).map((rule) => {
          const all: Record<string, number[]> = {};
          for (const status of Object.keys(rule)) all[status] = runs<number>(rule[status]);
          return all;
        }),
      };
      this.blocks[at] = block;
    }
    return block;
  }
}

function rest(): Promise<void> {
  return new Promise((done) => setTimeout(done, 0));
}
