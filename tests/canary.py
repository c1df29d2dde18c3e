"""Looking for words everywhere: in every column of every table, in files, in logs."""

import logging
from pathlib import Path

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BinaryField, CharField, JSONField, TextField

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


def free_text_columns(*floors: str) -> set[str]:
    """ "table.column" of everything in our tables that could hold a word, a choice among ours excepted."""
    return {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        if model._meta.app_label in floors
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | JSONField | BinaryField | ArrayField) and not field.choices
    }


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
