// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The report of examples/xincheng as people use it: every figure is compared
// with what the program says, or with what the example is known to be.

import assert from "node:assert/strict";
import { accessibility, cutTexts, headrope, open, report, run, saved } from "./browser.mjs";

const asked = ["--as-of", "2013-12-31", "--pack", "examples/pack/pack.yaml"];
const path = report("xincheng", "examples/xincheng", ...asked, "--against", "examples/pack/supplement.yaml", "--lang", "zh", "--by", "rank");

const rowOf = (page, name) => page.locator(`#tree tr[data-rank]:has(.name:text-is("${name}"))`);
const numbers = async (row) => (await row.locator("td.number").allInnerTexts()).map((text) => text.trim());
const chooseForest = (page, label) => page.locator("#tree select").first().selectOption({ label });
const chooseRule = (page, label) => page.locator("#tree select").nth(1).selectOption({ label });

await run({
  "the overview has the counts of every rule": async () => {
    const page = await open(path);
    const table = JSON.parse(headrope("assess", "examples/xincheng", ...asked, "--format", "json"));
    const rows = await page.locator("#overview tbody tr").all();
    assert.equal(rows.length, table.length);
    for (const [at, row] of rows.entries()) {
      const of = table[at];
      assert.deepEqual((await numbers(row)).slice(1),
        [of.eligible, of.met, of.unmet, of.pending, of.not_evaluable].map(String), of.rule);
    }
  },

  "the tree is drilled into in both hierarchies": async () => {
    const page = await open(path);
    for (const [hierarchy, label] of [["party", "党组织隶属关系"], ["administrative", "行政隶属"]]) {
      await chooseForest(page, label);
      await chooseRule(page, "S02 支部学习天数");
      for (;;) {
        const closed = page.locator("#tree tr[aria-expanded='false']");
        if (await closed.count() === 0) break;
        await closed.first().locator(".toggle").click();
      }
      const table = JSON.parse(headrope("coverage", "examples/xincheng", ...asked, "--rule", "S02", "--hierarchy", hierarchy, "--format", "json"));
      assert.equal(await page.locator("#tree tr[data-rank]").count(), table.length);
      for (const of of table) {
        assert.deepEqual((await numbers(rowOf(page, of.name))).slice(1, 4),
          [of.eligible, of.met, of.unmet].map(String), `${hierarchy} ${of.unit}`);
      }
    }
  },

  "a click on a figure tells whom it counts, and why": async () => {
    const page = await open(path);
    await chooseForest(page, "党组织隶属关系");
    await chooseRule(page, "S02 支部学习天数");
    await rowOf(page, "新城街道党工委").locator("td.number .figure").nth(2).click();
    const panel = page.locator("dialog");
    assert.match(await panel.innerText(), /未达标 — 4/);
    assert.deepEqual((await panel.locator("summary .code").allInnerTexts()).sort(), ["U03", "U05", "U07", "U10"]);
    await panel.locator("summary:has-text('U10')").click();
    const why = panel.locator("details[open]");
    const told = JSON.parse(headrope("explain", "examples/xincheng", ...asked, "--rule", "S02", "--subject", "U10", "--format", "json"));
    assert.ok((await why.innerText()).includes(told.sentence.zh));
    const items = told.windows[0].steps.flatMap((step) => step.items);
    assert.equal(await why.locator(".items tbody tr").count(), items.length);
    assert.deepEqual(await accessibility(page), []);
    await page.keyboard.press("Escape");
    assert.equal(await panel.count(), 0);
  },

  "persons stand at the unit of their membership": async () => {
    const page = await open(path);
    await chooseForest(page, "党组织隶属关系");
    await chooseRule(page, "S04 领导调研天数");
    await rowOf(page, "街道机关党支部").locator("td.number .figure").nth(0).click();
    assert.deepEqual((await page.locator("dialog summary .code").allInnerTexts()).sort(),
      ["P001", "P002", "P003", "P004", "P005", "P006"]);
  },

  "a rule with a window for each month shows the month that was missed": async () => {
    const page = await open(path);
    await page.locator("#months select").selectOption({ label: "S01 中心组每月学习" });
    const cells = await page.locator("#months tbody tr").first().locator("td").allInnerTexts();
    assert.equal(cells.length, 12);
    assert.deepEqual(cells.map((text) => text.split("\n").pop()),
      Array.from({ length: 12 }, (_, at) => (at === 7 ? "0/1" : "1/1")));
  },

  "the heat map is the coverage as of the last day of each month": async () => {
    const page = await open(path);
    await chooseForest(page, "党组织隶属关系");
    await page.locator("#months select").selectOption({ label: "S02 支部学习天数" });
    const cells = await page.locator("#months tbody tr").first().locator("td").allInnerTexts();
    for (const [month, day] of [[2, "2013-03-31"], [10, "2013-11-30"], [11, "2013-12-31"]]) {
      const [top] = JSON.parse(headrope("coverage", "examples/xincheng", "--as-of", day, "--year", "2013", "--pack",
        "examples/pack/pack.yaml", "--rule", "S02", "--hierarchy", "party", "--format", "json"));
      assert.equal(cells[month].split("\n").pop(), `${top.met}/${top.eligible}`, day);
    }
  },

  "search finds a unit by name and by code, and opens the tree there": async () => {
    const page = await open(path);
    await chooseForest(page, "行政隶属");
    for (const [text, name] of [["乙企业党", "乙企业党支部"], ["u10", "乙企业党支部"]]) {
      await page.locator("#tree input").fill(text);
      await page.locator(".results .link").first().click();
      await page.waitForFunction((wanted) => {
        const row = document.activeElement;
        return row && row.matches("tr[data-rank]") && row.textContent.includes(wanted);
      }, name);
    }
    await page.locator("#tree input").fill("没有这个");
    await page.waitForSelector(".results .nothing");
  },

  "the keyboard opens, closes and walks the tree": async () => {
    const page = await open(path);
    await chooseForest(page, "党组织隶属关系");
    const focused = () => page.evaluate(() => document.activeElement.querySelector(".name").textContent);
    await page.locator("#tree tr[tabindex='0']").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(), "甲社区党总支");
    const before = await page.locator("#tree tr[data-rank]").count();
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.locator("#tree tr[data-rank]").count(), before + 2);
    await page.keyboard.press("ArrowRight");
    assert.equal(await focused(), "甲社区第一党支部");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await page.locator("#tree tr[data-rank]").count(), before);
  },

  "the language is switched, and what is open stays open": async () => {
    const page = await open(path);
    const rows = await page.locator("#tree tr[data-rank]").count();
    await page.locator(".actions button").first().click();
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
    assert.equal(await page.locator("#tree h2").innerText(), "Coverage by unit");
    assert.match(await page.locator("#gaps").innerText(), /no lead/i);
    assert.equal(await page.locator("#tree tr[data-rank]").count(), rows);
    assert.deepEqual(await accessibility(page), []);
    await page.locator(".actions button").first().click();
    assert.equal(await page.locator("#tree h2").innerText(), "逐级达标情况");
  },

  "who falls out under the other pack": async () => {
    const page = await open(path);
    const fallen = await page.locator("#falls_out tbody tr", { hasText: "不再达标" }).filter({ hasText: "S02" }).allInnerTexts();
    assert.deepEqual(fallen.map((text) => text.split("\t")[1]), ["U02", "U04", "U06", "U09", "U11"]);
  },

  "gaps and clauses are those that the program tells": async () => {
    const page = await open(path);
    const gaps = JSON.parse(headrope("gaps", "examples/xincheng", "--as-of", "2013-12-31", "--format", "json"));
    assert.equal(await page.locator("#gaps tbody tr").count(), gaps.length);
    assert.match(await page.locator("#clauses").innerText(), /“全年集中学习不少于8天”/);
  },

  "the disparity between groups": async () => {
    const page = await open(path);
    await page.locator("#groups select").first().selectOption({ label: "S03 党员轮训面" });
    await page.locator("#groups select").nth(1).selectOption({ label: "层级（党组织隶属关系）" });
    const groups = JSON.parse(headrope("coverage", "examples/xincheng", ...asked, "--rule", "S03", "--hierarchy", "party", "--by", "level", "--format", "json"))
      .filter((one) => one.eligible > 0);
    const rows = await page.locator("#groups tbody tr").all();
    assert.equal(rows.length, groups.length);
    for (const [at, row] of rows.entries()) {
      assert.deepEqual((await numbers(row)).slice(1), [groups[at].eligible, groups[at].met].map(String));
    }
    await page.waitForSelector("#groups .chart svg");
  },

  "tables are saved as CSV": async () => {
    const page = await open(path);
    await chooseForest(page, "党组织隶属关系");
    await chooseRule(page, "S02 支部学习天数");
    const text = await saved(page, () => page.locator("#tree .tools .tool").click());
    const lines = text.replace(/^\ufeff/, "").trim().split("\r\n");
    assert.equal(text[0], "\ufeff");
    assert.equal(lines.length, 15);
    assert.equal(lines[1], "U01,新城街道党工委,党工委,,0,9,5,4,0,0,55.6%");
    const count = await page.locator("main .tool:has-text('导出 CSV')").count();
    assert.ok(count >= 8);
    for (let at = 0; at < count; ++at) {
      // A browser refuses many files from one page.
      const fresh = await open(path);
      const csv = await saved(fresh, () => fresh.locator("main .tool:has-text('导出 CSV')").nth(at).click());
      assert.ok(csv.split("\r\n").length > 2);
      await fresh.close();
    }
  },

  "nothing is inaccessible, cut or empty, wide or narrow": async () => {
    for (const width of [1280, 700, 360]) {
      const page = await open(path, { viewport: { width, height: 900 } });
      assert.deepEqual(await accessibility(page), [], `${width}`);
      assert.deepEqual(await cutTexts(page), [], `${width}`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${width}: the page is too wide`);
      const empty = await page.evaluate(() => Array.from(document.querySelectorAll("section, .chart"))
        .filter((one) => one.textContent.trim() === "").length);
      assert.equal(empty, 0);
    }
  },

  "it prints on A4": async () => {
    const page = await open(path);
    await page.waitForSelector("#months .chart svg");
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    const text = pdf.toString("latin1");
    const pages = text.match(/\/Type\s*\/Page\b/g).length;
    assert.ok(pages >= 2 && pages <= 8, `${pages} pages`);
    assert.match(text, /\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
    // Before paper a chart is drawn again, as wide as a page between margins.
    const right = await page.evaluate(() => {
      window.dispatchEvent(new Event("beforeprint"));
      const box = document.querySelector("#months .chart").getBoundingClientRect();
      return Math.max(...Array.from(document.querySelectorAll("#months .chart path"))
        .map((one) => one.getBoundingClientRect().right - box.left));
    });
    assert.ok(right > 300 && right <= 690, `${right}`);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("nav").isVisible(), false);
  },
});
