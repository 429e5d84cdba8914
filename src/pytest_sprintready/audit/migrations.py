"""The tables of a store, as the changes that made them. A change is never edited once released: another follows it.

Times are seconds since the epoch. Columns called `facts`, `guide`, `entry`, `evidence` and `data` hold JSON.
docs/audit.md describes the tables and shows queries.
"""

from __future__ import annotations

APPLICATION = 0x53505254
"""What tells a store from other SQLite files: "SPRT" (PRAGMA application_id)."""

MIGRATIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "sweeps",
        (
            """
            CREATE TABLE sprints (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                dates TEXT NOT NULL,
                place TEXT NOT NULL,
                sprinters INTEGER
            )
            """,
            """
            CREATE TABLE audits (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                sprint_id INTEGER NOT NULL REFERENCES sprints,
                started INTEGER NOT NULL,
                finished INTEGER,
                tool TEXT NOT NULL,
                manifest TEXT NOT NULL,
                total INTEGER NOT NULL
            )
            """,
            """
            CREATE TABLE projects (
                id INTEGER PRIMARY KEY,
                sprint_id INTEGER NOT NULL REFERENCES sprints,
                name TEXT NOT NULL,
                UNIQUE (sprint_id, name)
            )
            """,
            """
            CREATE TABLE checks (
                id INTEGER PRIMARY KEY,
                code TEXT NOT NULL,
                name TEXT NOT NULL,
                severity TEXT NOT NULL,
                title TEXT NOT NULL,
                why TEXT NOT NULL,
                fix TEXT NOT NULL,
                source TEXT NOT NULL,
                UNIQUE (code, name, severity, title, why, fix, source)
            )
            """,
            """
            CREATE TABLE commits (
                id INTEGER PRIMARY KEY,
                judged TEXT UNIQUE,
                revision TEXT NOT NULL,
                committed INTEGER,
                web TEXT NOT NULL,
                facts TEXT NOT NULL,
                guide TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE verdicts (
                commit_id INTEGER NOT NULL REFERENCES commits,
                check_id INTEGER NOT NULL REFERENCES checks,
                status TEXT NOT NULL,
                reason TEXT,
                evidence TEXT,
                PRIMARY KEY (commit_id, check_id)
            ) WITHOUT ROWID
            """,
            """
            CREATE TABLE findings (
                commit_id INTEGER NOT NULL REFERENCES commits,
                check_id INTEGER NOT NULL REFERENCES checks,
                number INTEGER NOT NULL,
                message TEXT NOT NULL,
                path TEXT,
                line INTEGER,
                fix TEXT NOT NULL,
                PRIMARY KEY (commit_id, check_id, number)
            ) WITHOUT ROWID
            """,
            """
            CREATE TABLE results (
                id INTEGER PRIMARY KEY,
                audit_id INTEGER NOT NULL REFERENCES audits,
                position INTEGER NOT NULL,
                project_id INTEGER NOT NULL REFERENCES projects,
                entry TEXT NOT NULL,
                commit_id INTEGER REFERENCES commits,
                standing TEXT NOT NULL,
                reason TEXT NOT NULL,
                required INTEGER NOT NULL,
                recommended INTEGER NOT NULL,
                optional INTEGER NOT NULL,
                problem TEXT NOT NULL,
                hint TEXT NOT NULL,
                seconds REAL NOT NULL,
                UNIQUE (audit_id, position)
            )
            """,
            "CREATE INDEX results_of_projects ON results (project_id)",
        ),
    ),
    (
        "issues and runs",
        (
            "ALTER TABLE results ADD COLUMN issues_problem TEXT",
            """
            CREATE TABLE issues (
                result_id INTEGER NOT NULL REFERENCES results,
                position INTEGER NOT NULL,
                number INTEGER NOT NULL,
                title TEXT NOT NULL,
                url TEXT NOT NULL,
                readiness TEXT NOT NULL,
                level TEXT NOT NULL,
                data TEXT NOT NULL,
                PRIMARY KEY (result_id, position)
            ) WITHOUT ROWID
            """,
            """
            CREATE TABLE runs (
                result_id INTEGER PRIMARY KEY REFERENCES results,
                verdict TEXT NOT NULL,
                cause TEXT NOT NULL,
                seconds REAL NOT NULL,
                first_green REAL,
                data TEXT NOT NULL
            )
            """,
        ),
    ),
)
