"""Makes the index of words that search looks into, on PostgreSQL. By hand: it stays when 0001 is made anew."""

from django.db import migrations

MAKE = """
    CREATE INDEX {name}_words ON {table} USING gin (
        to_tsvector('simple'::regconfig, regexp_replace(folded, '[^[:alnum:]]+', ' ', 'g')))
"""


def make(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(MAKE.format(name="directive", table="directives_directive"))
        editor.execute(MAKE.format(name="obligation", table="directives_obligation"))


def drop(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX directive_words")
        editor.execute("DROP INDEX obligation_words")


class Migration(migrations.Migration):
    dependencies = [("directives", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
