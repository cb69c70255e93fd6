"""Sets the triggers that keep the log append-only. Written by hand: it stays when 0001 is made anew."""

from django.db import migrations

from thuocdo.audit import guards


def set_guards(_apps, editor):
    for statement in guards.on(editor.connection.vendor, tables=guards.FIRST):
        editor.execute(statement)


def take_guards(_apps, editor):
    for statement in guards.off(editor.connection.vendor, tables=guards.FIRST):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(set_guards, take_guards)]
