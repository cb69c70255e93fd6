"""Makes the index of words that search looks into, on PostgreSQL. By hand: it stays when 0001 is made anew."""

from django.db import migrations

MAKE = """
    CREATE INDEX {name}_words ON {table} USING gin (
        to_tsvector('simple'::regconfig, regexp_replace(folded, '[^[:alnum:]]+', ' ', 'g'))
    ) WHERE parent_id IS NULL OR depth > 0
"""


def make(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(MAKE.format(name="assignment", table="assignments_assignment"))


def drop(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX assignment_words")


class Migration(migrations.Migration):
    dependencies = [("assignments", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
