# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""PostgreSQL, a server of its own in a temporary folder, without durability:
nested sets (sql.py)."""

import atexit
import getpass
import glob
import os
import shutil
import subprocess
import tempfile

import psycopg
from data import Data
from sql import SqlPeer

SETTINGS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off",
            "listen_addresses": "''", "shared_buffers": "2GB", "work_mem": "1GB",
            "temp_buffers": "512MB", "max_wal_size": "8GB",
            "maintenance_work_mem": "1GB"}


def start() -> psycopg.Connection:
    """Starts a server that ends with this process. It refuses to be run by root,
    so root runs it as the user postgres."""
    programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
    folder = tempfile.mkdtemp()
    become = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        become = ["runuser", "-u", "postgres", "--"]

    def run(program, *arguments):
        subprocess.run([*become, f"{programs}/{program}", *arguments], check=True,
                       cwd=folder, stdout=subprocess.DEVNULL)

    user = "postgres" if become else getpass.getuser()
    run("initdb", "-D", f"{folder}/data", "-U", user, "-A", "trust", "-N",
        "--locale=C", "-E", "UTF8")
    options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    run("pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o",
        f"{options} -k {folder}", "start")

    def stop():
        run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(folder)

    atexit.register(stop)
    return psycopg.connect(host=folder, user=user, dbname="postgres",
                           autocommit=True)


class Peer(SqlPeer):
    def __init__(self, data: Data) -> None:
        self.connection = start()
        super().__init__(data)
        self.run("vacuum analyze")

    def run(self, statement: str):
        cursor = self.connection.execute(statement)
        return cursor.fetchall() if cursor.description else []

    def fill(self, table: str, rows) -> None:
        with self.connection.cursor() as cursor, \
                cursor.copy(f"copy {table} from stdin") as copy:
            for row in rows:
                copy.write_row(row)

    def one(self, identity: str) -> int:
        return self.connection.execute(
            "select total from totals where identity = %s", [identity]
        ).fetchone()[0]

    @staticmethod
    def load(folder) -> None:
        connection = start()
        for name in ("units", "links", "memberships", "records"):
            with open(folder / f"{name}.csv", "rb") as file:
                header = file.readline().decode().strip()
                columns = ", ".join(f"{column} text" for column in header.split(","))
                connection.execute(f"create unlogged table {name} ({columns})")
                with connection.cursor() as cursor, cursor.copy(
                        f"copy {name} from stdin (format csv)") as copy:
                    while block := file.read(1 << 20):
                        copy.write(block)
