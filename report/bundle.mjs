// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Makes one HTML file of the page: style and program stand in it, and the only
// program that may run is this one, named by its hash. Writes report.html and
// report_page.cpp, which holds the same bytes for the program `headrope`.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

async function bundled(file) {
  const result = await build({
    entryPoints: [file],
    bundle: true,
    minify: true,
    write: false,
    target: ["es2018", "chrome86"],
    format: "iife",
    legalComments: "inline",
    charset: "utf8",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
  });
  return result.outputFiles[0].text;
}

// Neither may end the element that it stands in.
const style = (await bundled("src/style.css")).trim();
const program = (await bundled("src/main.ts")).replaceAll("</script", "<\\/script");
const hash = createHash("sha256").update(program).digest("base64");
const parts = { style, program, hash: `sha256-${hash}` };
const page = readFileSync("src/index.html", "utf8").replaceAll(
  /\{\{(\w+)\}\}/g,
  (_, name) => parts[name],
);
writeFileSync("report.html", page);

const bytes = Buffer.from(page);
const lines = [];
for (let at = 0; at < bytes.length; at += 32) {
  lines.push([...bytes.subarray(at, at + 32)].join(","));
}
writeFileSync(
  "report_page.cpp",
  `// Made by report/bundle.mjs.

#include "headrope/report_page.hpp"

namespace headrope::tool {
namespace {

constexpr unsigned char bytes[] = {
${lines.join(",\n")}};

}  // namespace

std::string_view report_page() {
  return {reinterpret_cast<const char*>(bytes), sizeof bytes};
}

}  // namespace headrope::tool
`,
);
