"""The standing duties enter the log with the two fields that 0003 added. Written by hand."""

from datetime import UTC, datetime

from django.db import migrations

from thuocdo.audit import standing

ADDED = ("limit_quantity", "limit_unit")
AUDITED = (
    "provision_id", "directive_id", "key", "group", "work", "product", "leads_raw", "coordinators_raw",
    "limit_raw", "limit_kind", "limit_from", "limit_on", "limit_quantity", "limit_unit", "limit_every",
    "is_key", "same_duty",
)


def enter(apps, _editor):
    standing.enter(apps.get_model("directives", "Obligation"), AUDITED, added=ADDED, at=datetime.now(UTC))


class Migration(migrations.Migration):
    dependencies = [("directives", "0003_terms"), ("audit", "0002_guards")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
