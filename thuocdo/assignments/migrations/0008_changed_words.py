"""Wordings that are asked for are folded, so that search finds those that were granted."""

from django.db import migrations, models

from thuocdo.lib.fold import fold

MAKE = """
    CREATE INDEX change_words ON assignments_changerequest USING gin (
        to_tsvector('simple'::regconfig, regexp_replace(folded, '[^[:alnum:]]+', ' ', 'g'))
    ) WHERE folded <> ''
"""


def fill(apps, _editor):
    """Of what was asked before: its own words."""
    rows = apps.get_model("assignments", "ChangeRequest").objects.filter(kind__in=["content", "product"])
    for row in rows.iterator():
        row.folded = fold(row.text)
        row.save(update_fields=["folded"])


def make(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(MAKE)


def drop(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX change_words")


class Migration(migrations.Migration):
    dependencies = [("assignments", "0007_order")]
    operations = [
        migrations.AddField("changerequest", "folded", models.TextField(blank=True, db_default="")),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(make, drop),
    ]
