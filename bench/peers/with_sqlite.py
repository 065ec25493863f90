# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""SQLite in memory: nested sets (sql.py)."""

import csv
import sqlite3

from data import Data
from sql import SqlPeer


class Peer(SqlPeer):
    def __init__(self, data: Data) -> None:
        self.connection = sqlite3.connect(":memory:")
        super().__init__(data)
        self.run("analyze")

    def run(self, statement: str):
        return self.connection.execute(statement).fetchall()

    def fill(self, table: str, rows) -> None:
        rows = iter(rows)
        first = next(rows)
        marks = ", ".join("?" * len(first))
        insert = f"insert into {table} values ({marks})"
        with self.connection:
            self.connection.execute(insert, first)
            self.connection.executemany(insert, rows)

    def one(self, identity: str) -> int:
        return self.connection.execute(
            "select total from totals where identity = ?", [identity]).fetchone()[0]

    @staticmethod
    def load(folder) -> None:
        connection = sqlite3.connect(":memory:")
        for name in ("units", "links", "memberships", "records"):
            with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
                rows = csv.reader(file)
                header = next(rows)
                connection.execute(f"create table {name} ({', '.join(header)})")
                connection.executemany(
                    f"insert into {name} values ({', '.join('?' * len(header))})",
                    rows)
        connection.commit()
