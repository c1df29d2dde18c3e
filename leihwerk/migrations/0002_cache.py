"""A memory that all processes share. Django's ``createcachetable`` would make it, too, but nobody would think of it."""

from django.db import migrations

TABLE = """
CREATE UNLOGGED TABLE leihwerk_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX leihwerk_cache_expires ON leihwerk_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leihwerk", "0001_database"),
    ]

    operations = [
        migrations.RunSQL(TABLE, "DROP TABLE leihwerk_cache"),
    ]
