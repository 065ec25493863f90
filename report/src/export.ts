// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Tables as CSV files that Excel and WPS open: UTF-8 with a mark, CRLF.

import { Table } from "./data";
import { download } from "./dom";
import { Page, said } from "./page";
import { currentLanguage } from "./words";

/**
 * A field. A text that a spreadsheet would run as a formula gets an apostrophe,
 * which spreadsheets take as “this is text”.
 */
export function field(text: string): string {
  const isFormula = /^[=+@\t\r]/.test(text) || (/^-/.test(text) && !/^-\d+(\.\d+)?%?$/.test(text));
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** Saves rows as a CSV file. */
export function saveCsv(name: string, rows: Iterable<string[]>): void {
  const parts: string[] = ["\ufeff"];
  let part = "";
  for (const row of rows) {
    part += `${row.map(field).join(",")}\r\n`;
    if (part.length > 1 << 20) {
      parts.push(part);
      part = "";
    }
  }
  parts.push(part);
  download(`${name}.csv`, parts, "text/csv;charset=utf-8");
}

/** Saves a table of the data: all its columns. */
export function exportTable(page: Page, table: Table, name: string): void {
  function* rows(): Iterable<string[]> {
    yield table.columns.map((one) => said(page, one.id));
    for (let row = 0; row < table.rows; ++row) {
      yield table.columns.map((one) => {
        const text = currentLanguage() === "en" && one.en ? one.en[row] : one.zh[row];
        return one.is_number === 1 ? text.replace(/ %$/, "%") : text;
      });
    }
  }
  saveCsv(`${name}-${page.head.as_of}`, rows());
}
