#!/usr/bin/env python3
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Checks the workbooks that the program writes and reads.

The report of examples/xincheng is read cell by cell with the standard library
and compared with the tables that the program prints. A workbook written here,
with shared texts, inline texts, days, phonetic hints and empty cells, is
imported and its CSV files compared. Hostile workbooks must be refused.

Usage: check_workbook.py PROGRAM
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
NS = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ASKED = ["--as-of", "2013-12-31", "--pack", "examples/pack/pack.yaml"]
faults = []


def check(condition, what):
    if not condition:
        faults.append(what)
        print(f"not ok: {what}")


def headrope(*options):
    """The exit status and what was printed, both streams."""
    done = subprocess.run([PROGRAM, *options], cwd=ROOT, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          check=False)
    return done.returncode, done.stdout


def sheets_of(path):
    """The cells of each sheet, row by row: name -> {(row, column): value}."""
    with zipfile.ZipFile(path) as book:
        texts = [] if "xl/sharedStrings.xml" not in book.namelist() else [
            "".join(t.text or "" for t in one.iter(f"{{{NS['s']}}}t"))
            for one in ElementTree.fromstring(
                book.read("xl/sharedStrings.xml")).findall("s:si", NS)]
        paths = {one.get("Id"): one.get("Target") for one in
                 ElementTree.fromstring(
                     book.read("xl/_rels/workbook.xml.rels"))}
        sheets = {}
        for one in ElementTree.fromstring(
                book.read("xl/workbook.xml")).find("s:sheets", NS):
            cells = {}
            xml = ElementTree.fromstring(
                book.read("xl/" + paths[one.get(R)]))
            for cell in xml.iter(f"{{{NS['s']}}}c"):
                letters, row = re.match(r"([A-Z]+)(\d+)",
                                        cell.get("r")).groups()
                column = 0
                for letter in letters:
                    column = column * 26 + ord(letter) - 64
                value = cell.find("s:v", NS)
                if cell.get("t") == "inlineStr":
                    text = "".join(t.text or ""
                                   for t in cell.iter(f"{{{NS['s']}}}t"))
                elif value is None:
                    continue
                elif cell.get("t") == "s":
                    text = texts[int(value.text)]
                else:
                    text = value.text if cell.get("t") else float(value.text)
                cells[int(row), column] = text
            sheets[one.get("name")] = (cells, xml)
        return sheets


def check_report(folder):
    path = folder / "report.xlsx"
    status, said = headrope("report", "examples/xincheng", *ASKED, "--against",
                            "examples/pack/supplement.yaml", "--out",
                            str(path))
    check(status == 0, f"the report is written: {said}")
    sheets = sheets_of(path)
    check({"规则", "达标率", "对象明细", "责任缺口", "新旧比较", "状态改变",
           "汇总表 party", "层级 1 party"} <= set(sheets), f"{list(sheets)}")
    for rule, column in (("S02", 7), ("S04", 13)):
        table = json.loads(subprocess.run(
            [PROGRAM, "coverage", "examples/xincheng", *ASKED, "--rule", rule,
             "--hierarchy", "party", "--format", "json"], cwd=ROOT, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            check=True).stdout)
        cells, xml = sheets["汇总表 party"]
        for row, of in enumerate(table, start=5):
            check(cells[row, 1] == of["unit"], f"row {row} is {of['unit']}")
            check(cells[row, column] == of["eligible"], f"{rule} {of['unit']}")
            check(cells[row, column + 1] == of["met"], f"{rule} {of['unit']}")
            rate = cells[row, column + 2]
            check(rate == "–" if of["eligible"] == 0 else
                  abs(rate - of["met"] / of["eligible"]) < 1e-12,
                  f"rate {rule} {of['unit']}")
        pane = xml.find(".//s:pane", NS)
        check(pane is not None and pane.get("state") == "frozen" and
              pane.get("ySplit") == "4", "the headings are frozen")
    status, said = headrope("report", "examples/xincheng", *ASKED, "--against",
                            "examples/pack/supplement.yaml", "--out",
                            str(folder / "again.xlsx"))
    check(path.read_bytes() == (folder / "again.xlsx").read_bytes(),
          "the same tables give the same bytes")


BOOK = """<?xml version="1.0"?>{type}
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<workbookPr/><sheets><sheet name="units" sheetId="1" r:id="r1"/>
<sheet name="备注" sheetId="2" r:id="r2"/>
<sheet name="records" sheetId="3" r:id="r3"/></sheets></workbook>"""
RELATIONS = """<Relationships
 xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Target="worksheets/a.xml"/>
<Relationship Id="r2" Target="worksheets/b.xml"/>
<Relationship Id="r3" Target="/xl/worksheets/c.xml"/></Relationships>"""
STYLES = """<styleSheet
 xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>
<numFmt numFmtId="165" formatCode="0.0&quot;day&quot;"/></numFmts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/>
<xf numFmtId="165"/></cellXfs></styleSheet>"""
TEXTS = """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<si><t>unit</t></si><si><t>kind</t></si><si><t>name</t></si>
<si><t>valid_from</t></si><si><t>party_branch</t></si>
<si><r><t>甲</t></r><r><t>支部, "一"</t></r><rPh sb="0" eb="1"><t>jia</t></rPh></si>
</sst>"""
SHEET = """<worksheet
 xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
{rows}</sheetData></worksheet>"""
UNITS = """<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>
<c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>
<row r="2"><c r="A2"><v>1.0010000000000001E3</v></c><c r="B2" t="s"><v>4</v></c>
<c r="C2" t="s"><v>5</v></c><c r="D2" s="1"><v>40909</v></c></row>
<row r="4"><c r="A4" t="inlineStr"><is><t>U2</t></is></c>
<c r="B4" t="s"><v>4</v></c><c r="D4" s="2"><v>41000.75</v></c></row>"""
RECORDS = """<row><c t="inlineStr"><is><t>record</t></is></c>
<c t="inlineStr"><is><t>measure</t></is></c>
<c t="inlineStr"><is><t>unit</t></is></c>
<c t="inlineStr"><is><t>valid_from</t></is></c>
<c t="inlineStr"><is><t>value</t></is></c></row>
<row><c t="inlineStr"><is><t>R1</t></is></c>
<c t="inlineStr"><is><t>study_session</t></is></c><c t="str"><v>U2</v></c>
<c t="d"><v>2012-05-06T00:00:00</v></c><c s="3"><v>2</v></c></row>"""


def write_book(path, document_type="", units=UNITS):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", BOOK.format(type=document_type))
        book.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        book.writestr("xl/styles.xml", STYLES)
        book.writestr("xl/sharedStrings.xml", TEXTS)
        book.writestr("xl/worksheets/a.xml", SHEET.format(rows=units))
        book.writestr("xl/worksheets/b.xml", SHEET.format(rows=""))
        book.writestr("xl/worksheets/c.xml", SHEET.format(rows=RECORDS))


def check_import(folder):
    book = folder / "book.xlsx"
    write_book(book)
    data = folder / "data"
    status, said = headrope("import", str(book), "--to", str(data))
    check(status == 0, f"the workbook is imported: {said}")
    check("sheet '备注' is no table" in said, "a sheet of notes is left out")
    check((data / "units.csv").read_text(encoding="utf-8") ==
          "unit,kind,name,valid_from\n"
          '1001,party_branch,"甲支部, ""一""",2012-01-01\n'
          "U2,party_branch,,2012-04-01\n", "units.csv")
    check((data / "records.csv").read_text(encoding="utf-8") ==
          "record,measure,unit,valid_from,value\n"
          "R1,study_session,U2,2012-05-06,2\n", "records.csv")
    status, said = headrope("check", str(data))
    check(status == 0 and "0 errors" in said, f"it is a package: {said}")
    package = json.loads((data / "datapackage.json").read_text("utf-8"))
    check(package["headrope"]["interval_end"] == "inclusive",
          "the end of an interval is its last day")
    before = (data / "units.csv").read_bytes()
    status, said = headrope("import", str(book), "--to", str(data))
    check(status == 2 and "is there already" in said and
          before == (data / "units.csv").read_bytes(),
          "what is there is not replaced")
    control = folder / "control.xlsx"
    write_book(control, units=UNITS.replace(
        "<t>U2</t>", "<t>U_x000D_2_x005F_x_x00E9_</t>"))
    status, said = headrope("import", str(control), "--to",
                            str(folder / "control"))
    check("\nU2_x_x00E9_," in (folder / "control/units.csv").read_text("utf-8"),
          "characters that Excel writes as _xHHHH_ are read")


def check_hostile(folder):
    book = folder / "hostile.xlsx"
    entities = ('<!DOCTYPE workbook [<!ENTITY a "aaaaaaaaaa">'
                '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>')
    write_book(book, entities)
    texts = (b"no zip at all", b"PK\x03\x04" + bytes(100))
    cases = [("document type", book)]
    for at, text in enumerate(texts):
        path = folder / f"broken{at}.xlsx"
        path.write_bytes(text)
        cases.append(("no .xlsx", path))
    cut = folder / "cut.xlsx"
    write_book(cut, units=UNITS.replace("</row>", "", 1))
    cases.append(("is damaged", cut))
    wide = folder / "wide.xlsx"
    write_book(wide, units=UNITS + '<row r="9"><c r="E9"><v>1</v></c></row>')
    cases.append(("beyond the last column", wide))
    # 5,000 rows of one cell in the last column are 80 million cells.
    rows = "".join(f'<row r="{at}"><c r="XFD{at}"><v>1</v></c></row>'
                   for at in range(10, 5010))
    last = folder / "last.xlsx"
    write_book(last, units=UNITS + rows)
    cases.append(("more than 1 GiB of cells", last))
    error = folder / "error.xlsx"
    write_book(error, units=UNITS +
               '<row r="9"><c r="A9" t="e"><v>#N/A</v></c></row>')
    cases.append(("has the error #N/A in row 9", error))
    twice = folder / "twice.xlsx"
    with zipfile.ZipFile(twice, "w") as book:
        book.writestr("xl/workbook.xml",
                      BOOK.format(type="").replace("备注", "units"))
        book.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        book.writestr("xl/styles.xml", STYLES)
        book.writestr("xl/sharedStrings.xml", TEXTS)
        for part in "abc":
            book.writestr(f"xl/worksheets/{part}.xml",
                          SHEET.format(rows=UNITS))
    cases.append(("two sheets 'units'", twice))
    for words, path in cases:
        status, said = headrope("import", str(path), "--to",
                                str(folder / "refused"))
        check(status == 2 and words in said, f"{path.name} is refused: {said}")


def main():
    status, said = headrope("import", "none.xlsx", "--to", "none")
    if "without minizip" in said:
        return 77
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        check_report(folder)
        check_import(folder)
        check_hostile(folder)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
