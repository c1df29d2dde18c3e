"""Looking for words everywhere: in every column of every table, in files, in logs."""

import logging
from pathlib import Path

from django.db import connection

COLUMNS = """
    SELECT table_name, column_name, data_type FROM information_schema.columns JOIN information_schema.tables
    USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
"""


def traces_in_database(*words: str) -> list[str]:
    """ "table.column" of every place where one of ``words`` (ASCII) occurs, whatever the column's type and case."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        found = []
        for table, column, kind in cursor.fetchall():
            text = f"encode(\"{column}\", 'escape')" if kind == "bytea" else f'"{column}"::text'
            query = f'SELECT EXISTS (SELECT FROM "{table}" WHERE {text} ILIKE ANY (%s))'  # noqa: S608  the catalogue's
            cursor.execute(query, [_anywhere(words)])
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return sorted(found)


def traces_in_files(folder: Path, *words: str) -> list[Path]:
    return [
        file
        for file in folder.rglob("*")
        if file.is_file() and any(word.lower() in file.read_text(errors="replace").lower() for word in words)
    ]


def traces_in_logs(records: list[logging.LogRecord], *words: str) -> list[str]:
    lines = [logging.Formatter().format(record) for record in records]
    return [line for line in lines if any(word.lower() in line.lower() for word in words)]


def _anywhere(words: tuple[str, ...]) -> list[str]:
    return [f"%{word}%" for word in words]
