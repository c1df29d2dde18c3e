"""What PostgreSQL must know before the first table: ranges beside ids in one index, and German sorting."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

SORTABLE = """
CREATE FUNCTION german_sort_key(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, t)) $$
"""


class Migration(migrations.Migration):
    initial = True

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(SORTABLE, "DROP FUNCTION german_sort_key(text)"),
    ]
