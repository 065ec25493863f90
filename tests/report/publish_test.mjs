// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A report for publication: what is withheld is neither on the page nor in the
// file, and there are no lists.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { accessibility, dataPackage, folder, headrope, open, run, saved, textFile } from "./browser.mjs";

const pack = textFile("study.yaml", `format: headrope-pack/1
id: study
title: {zh: 学习安排, en: study}
level: unit
effective: 2013-01-01
rules:
  - id: S1
    clause: 一
    title: {zh: 集中学习, en: joint study}
    subjects: {units: [party_branch]}
    window: {each: year}
    require: {count: study_session, at_least: 1}
`);

// Three committees: 25 of 40 branches, 4 of 12, 15 of 30.
const units = [["unit", "kind", "name", "valid_from"], ["A", "party_working_committee", "全镇", "2012-01-01"]];
const links = [["hierarchy", "unit", "parent", "valid_from"], ["party", "A", "", "2012-01-01"]];
const records = [["record", "measure", "unit", "valid_from", "value"]];
for (const [id, name, count, met] of [["B", "甲党委", 40, 25], ["C", "乙党委", 12, 4], ["D", "丙党委", 30, 15]]) {
  units.push([id, "party_committee", name, "2012-01-01"]);
  links.push(["party", id, "A", "2012-01-01"]);
  for (let at = 0; at < count; ++at) {
    const unit = `${id}${100 + at}`;
    units.push([unit, "party_branch", `支部${unit}`, "2012-01-01"]);
    links.push(["party", unit, id, "2012-01-01"]);
    if (at < met) records.push([`R${unit}`, "study_session", unit, "2013-05-06", "1"]);
  }
}
const data = dataPackage("town", { units, links, records });
const path = join(folder, "public.html");
const log = join(folder, "withheld.csv");
headrope("report", data, "--as-of", "2013-12-31", "--pack", pack, "--publish", "--hierarchy", "party", "--out", path,
  "--withheld", log);

const figures = async (page, name) => {
  const row = page.locator(`#tree tr[data-rank]:has(.name:text-is("${name}"))`);
  return (await row.locator("td.number").allInnerTexts()).map((text) => text.split("\n")[0].trim());
};

await run({
  "small counts, and what gives them away, are stars": async () => {
    const page = await open(path);
    assert.deepEqual(await figures(page, "全镇"), ["53.7%", "82", "44", "38", "0", "0"]);
    assert.deepEqual(await figures(page, "甲党委"), ["62.5%", "40", "25", "15", "0", "0"]);
    assert.deepEqual(await figures(page, "乙党委"), ["*", "12", "*", "*", "*", "*"]);
    assert.deepEqual(await figures(page, "丙党委"), ["*", "30", "*", "*", "*", "*"]);
    await page.locator("#tree tr[data-rank='2'] .toggle").click();
    assert.deepEqual(await figures(page, "支部C100"), ["*", "*", "*", "*", "*", "*"]);
    const reason = await page.locator("#tree .suppressed").first().getAttribute("title");
    assert.match(reason, /少于 10/);
    assert.deepEqual(await accessibility(page), []);
  },

  "there are no lists, and figures do not open any": async () => {
    const page = await open(path);
    assert.deepEqual(await page.locator("section").evaluateAll((all) => all.map((one) => one.id)),
      ["overview", "tree", "clauses"]);
    assert.equal(await page.locator(".figure").count(), 0);
    assert.match(await page.locator(".notice").innerText(), /公开版/);
    const ids = await page.evaluate(() => Array.from(document.querySelectorAll("script[id]")).map((one) => one.id));
    assert.deepEqual(ids.sort(), ["data-f0b0", "data-report"]);
  },

  "the file has no figure that is withheld": async () => {
    const text = readFileSync(path, "utf8");
    const block = JSON.parse(/id="data-f0b0">([^<]*)</.exec(text)[1]);
    const expand = (list) => list.flatMap((one, at) => (one < 0 ? Array(-one).fill(list[at - 1]) : [one]));
    const withheld = 2 ** 53;
    const at = { "全镇": 0, "甲党委": 1, "乙党委": 2, "丙党委": 3 };
    assert.deepEqual(block.names.slice(0, 4), Object.keys(at));
    const met = expand(block.rules[0]["0"]);
    assert.deepEqual(met.slice(0, 4), [44, 25, withheld, withheld]);
    assert.ok(met.slice(4).every((one) => one === withheld));
    const eligible = expand(block.rules[0].e);
    assert.deepEqual(eligible.slice(0, 4), [82, 40, 12, 30]);
    assert.ok(eligible.slice(4).every((one) => one === withheld));
  },

  "the reasons are told to the owner": async () => {
    const rows = readFileSync(log, "utf8").trim().split("\n");
    assert.equal(rows[0], "rule,unit,figure,reason");
    assert.ok(rows.includes("S1,C,statuses,small"));
    assert.ok(rows.includes("S1,D,statuses,protects"));
    assert.ok(rows.includes("S1,C100,eligible,small"));
    assert.ok(rows.includes("S1,C100,statuses,below"));
    assert.ok(!rows.some((row) => row.startsWith("S1,B,")));
  },

  "the export has stars too": async () => {
    const page = await open(path);
    const csv = await saved(page, () => page.locator("#tree .tools .tool").click());
    assert.match(csv, /C,乙党委,[^,]*,A,1,12,\*,\*,\*,\*,\*/);
    assert.match(csv, /B,甲党委,[^,]*,A,1,40,25,15,0,0,62.5%/);
  },
});
