// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What the tests of the report share: the program, a browser without network,
// and cases that tell what failed.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [, , program, source, executablePath] = process.argv;
if (!executablePath || !existsSync(executablePath)) {
  console.log("no Chromium: skipped");
  process.exit(77);
}

export const folder = mkdtempSync(join(tmpdir(), "headrope-report-"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Runs the program; paths are those of the checkout. Gives what it said. */
export function headrope(...options) {
  return execFileSync(program, options, { cwd: source, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Makes a report and gives its path. */
export function report(name, data, ...options) {
  const path = join(folder, `${name}.html`);
  headrope("report", data, "--out", path, ...options);
  return path;
}

/** Writes a data package of CSV tables and gives its folder. */
export function dataPackage(name, tables) {
  const path = join(folder, name);
  mkdirSync(path);
  const field = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  for (const [table, rows] of Object.entries(tables)) {
    writeFileSync(join(path, `${table}.csv`), rows.map((row) => `${row.map(field).join(",")}\n`).join(""));
  }
  writeFileSync(join(path, "datapackage.json"), JSON.stringify({
    name, headrope: { format: 1 },
    resources: Object.keys(tables).map((table) => ({ name: table, path: `${table}.csv` })),
  }));
  return path;
}

/** Writes a text into the folder and gives its path. */
export function textFile(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

let browser;
const faults = [];

/** Opens a file; what the page complains of, and any request, is a fault. */
export async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  page.on("pageerror", (error) => faults.push(`${path}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`${path}: ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) faults.push(`${path} asks for ${request.url()}`);
  });
  await page.goto(`file://${path}`);
  await page.waitForSelector("section, .opening");
  return page;
}

/** What axe finds wrong, as texts. */
export async function accessibility(page) {
  // The policy of the page allows no other script; the debugger is no script.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).slice(0, 3).join(" | ")}`);
}

/** Texts that are wider or higher than the element that they stand in. */
export function cutTexts(page) {
  return page.evaluate(() => Array.from(document.querySelectorAll("th, td, button, a, h1, h2, p, li, summary"))
    .filter((one) => !one.closest(".spoken, .skip") && one.clientWidth > 0
      && getComputedStyle(one).overflow !== "visible" && one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.textContent.slice(0, 40)));
}

/** Takes a file that a click saves, as text. */
export async function saved(page, click) {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return readFileSync(await download.path(), "utf8");
}

/** Runs the cases one by one; a thrown error, or a complaint of a page, fails. */
export async function run(cases) {
  const profile = join(folder, "profile");
  let failed = 0;
  browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", `--crash-dumps-dir=${profile}`],
  });
  for (const [name, body] of Object.entries(cases)) {
    faults.length = 0;
    let fault = "";
    try {
      await body();
    } catch (error) {
      fault = error.stack || String(error);
    }
    if (faults.length > 0) fault += `\n  ${faults.join("\n  ")}`;
    console.log(`${fault ? "not ok" : "ok"} - ${name}${fault ? `\n${fault}` : ""}`);
    if (fault) ++failed;
  }
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
  console.log(`${Object.keys(cases).length - failed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}
