"""Standing choices of offices enter the log with the fields that 0014 added. Written by hand."""

from datetime import UTC, datetime

from django.db import migrations

from thuocdo.audit import standing

AUDITED = ("office_id", "step", "mode", "days", "told", "way")


def enter(apps, _editor):
    model = apps.get_model("assignments", "StepChoice")
    standing.enter(model, AUDITED, added=("days", "told", "way"), at=datetime.now(UTC))


class Migration(migrations.Migration):
    dependencies = [("assignments", "0014_steps_of_offices"), ("audit", "0004_acted_for")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
