// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Reports over hostile names and over what is not there: texts stay texts, and
// a page says what is missing.

import assert from "node:assert/strict";
import { accessibility, cutTexts, dataPackage, open, report, run, saved, textFile } from "./browser.mjs";

const pack = (rules) => textFile(`pack-${rules.length}.yaml`, `format: headrope-pack/1
id: small
title: {zh: "<b>学习</b>", en: "</script><script>document.title='ran'</script>"}
level: unit
effective: 2013-01-01
rules:${rules.length ? "" : " []"}
${rules.join("\n")}
`);
const rule = `  - id: S1
    clause: "<i>一</i>"
    phrase: "\\"><img src=x onerror=document.title='ran'>"
    title: {zh: "</script>学习", en: study}
    subjects: {units: [party_branch]}
    window: {each: year}
    require: {count: study_session, at_least: 1}`;
const withRule = pack([rule]);
const later = textFile("later.yaml", `format: headrope-pack/1
id: later
title: {zh: 以后, en: later}
level: unit
effective: 2030-01-01
rules:
${rule}
`);
const asOf = ["--as-of", "2013-12-31", "--pack"];

const hostile = [
  "<script>document.title='ran'</script>",
  "</script><img src=x onerror=document.title='ran'>",
  "'\"><svg onload=document.title='ran'>",
  "字".repeat(200),
  "w".repeat(200),
  "甲\u202e部支乙\u202c",
  "a\u200f\u2066b\u2069",
  "=HYPERLINK(1)",
  "<!--",
  "]]>",
  "\u{1F3E2}支部",
  "{{toString}} __proto__",
];
const units = (names) => [["unit", "kind", "name", "valid_from"],
  ...names.map((name, at) => [`H${String(at).padStart(2, "0")}`, "party_branch", name, "2012-01-01"])];
const links = (count) => [["hierarchy", "unit", "parent", "valid_from"],
  ...Array.from({ length: count }, (_, at) => ["party", `H${String(at).padStart(2, "0")}`, at === 0 ? "" : "H00", "2012-01-01"])];

await run({
  "hostile names are shown as text": async () => {
    const data = dataPackage("hostile", { units: units(["甲", ...hostile]), links: links(hostile.length + 1) });
    const page = await open(report("hostile", data, ...asOf, withRule, "--title", "<u>题</u>"));
    assert.equal(await page.locator("h1").innerText(), "<u>题</u>");
    assert.ok(!(await page.title()).includes("ran"));
    assert.equal(await page.locator("#page img, #page svg:not(.chart svg), main script, main i, main b, h1 u").count(), 0);
    const names = await page.locator("#tree .name").allTextContents();
    const turned = /[\u200f\u202a-\u202e\u2066-\u2069]/g;
    assert.deepEqual(names, ["甲", ...hostile].map((text) => text.replace(turned, "\ufffd")));
    assert.deepEqual(await cutTexts(page), []);
    assert.deepEqual(await accessibility(page), []);
    assert.match(await page.locator("#clauses").innerText(), /onerror/);
    await page.locator("#tree tr[data-rank='0'] .figure").first().click();
    await page.locator("dialog summary").nth(1).click();
    assert.equal(await page.locator("dialog img, dialog svg, dialog script").count(), 0);
    await page.keyboard.press("Escape");
    const csv = await saved(page, () => page.locator("#tree .tools .tool").click());
    assert.match(csv, /,'=HYPERLINK\(1\),/);
    await page.locator("#tree input").fill("<script>");
    await page.waitForSelector(".results .link");
    assert.equal(await page.locator(".results .link").count(), 1);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  },

  "an organisation without units": async () => {
    const page = await open(report("none", dataPackage("none", { units: units([]) }), ...asOf, withRule));
    assert.match(await page.locator("#tree").innerText(), /该日没有任何单位/);
    assert.match(await page.locator("#overview").innerText(), /没有已生效的规则|没有可评价/);
    assert.deepEqual(await accessibility(page), []);
  },

  "units in no hierarchy": async () => {
    const page = await open(report("loose", dataPackage("loose", { units: units(["甲"]) }), ...asOf, withRule));
    assert.match(await page.locator("#tree").innerText(), /该日没有任何体系/);
  },

  "one unit, and one without a name": async () => {
    const data = dataPackage("one", { units: units([""]), links: links(1) });
    const page = await open(report("one", data, ...asOf, withRule));
    assert.deepEqual(await page.locator("#tree .name").allTextContents(), ["H00"]);
    assert.equal(await page.locator("#tree tr[data-rank]").count(), 1);
    assert.deepEqual(await accessibility(page), []);
  },

  "a pack of which no rule is in force": async () => {
    const data = dataPackage("later", { units: units(["甲"]), links: links(1) });
    const page = await open(report("later", data, ...asOf, later));
    assert.match(await page.locator("#overview").innerText(), /没有已生效的规则/);
    assert.deepEqual(await accessibility(page), []);
  },

  "many siblings come as they are asked for": async () => {
    const count = 20000;
    const rows = Array.from({ length: count }, (_, at) => `N${String(at).padStart(5, "0")}`);
    const data = dataPackage("many", {
      units: [["unit", "kind", "name", "valid_from"], ["A", "party_committee", "上级", "2012-01-01"],
        ...rows.map((id) => [id, "party_branch", `支部${id.slice(1)}`, "2012-01-01"])],
      links: [["hierarchy", "unit", "parent", "valid_from"], ["party", "A", "", "2012-01-01"],
        ...rows.map((id) => ["party", id, "A", "2012-01-01"])],
    });
    const page = await open(report("many", data, ...asOf, withRule, "--explanations", "10"));
    assert.equal(await page.locator("#tree tr[data-rank]").count(), 201);
    await page.locator("#tree .more-row .more").click();
    assert.equal(await page.locator("#tree tr[data-rank]").count(), 401);
    await page.locator("#tree input").fill("支部19876");
    await page.locator(".results .link").first().click();
    await page.waitForFunction(() => document.activeElement.textContent.includes("支部19876"));
    await page.locator("#tree tr[data-rank='0'] .figure").first().click();
    assert.match(await page.locator("dialog .note").first().innerText(), /列出 500 个，共 20,000 个/);
    await page.locator("dialog summary").nth(400).click();
    assert.match(await page.locator("dialog details[open] pre").innerText(), /^headrope explain /);
  },
});
