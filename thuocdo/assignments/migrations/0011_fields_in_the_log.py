"""Standing rows enter the log with the fields that 0005 to 0010 added. Written by hand."""

from datetime import UTC, datetime

from django.db import migrations

from thuocdo.audit import standing

# model, audited fields, the new ones among them, the personal ones
STANDING = [
    (
        "Assignment",
        (
            "obligation_id", "parent_id", "is_fan_out", "assigner_id", "lead_id", "monitoring_id",
            "confirming_id", "work", "product", "product_kind", "limit_class", "limit_on", "reporting_period",
            "reporting_regime", "sends",
            "head_post", "head_name", "head_since", "signer", "is_key", "received", "observed_on", "given_on",
        ),
        ("reporting_regime", "sends"),
        ("head_name",),
    ),
    (
        "Difficulty",
        (
            "assignment_id", "agency_id", "owner_id", "kind", "nature", "text", "opened_on", "closed_on",
            "observed_on",
        ),
        ("nature",),
        (),
    ),
    (
        "Report",
        (
            "assignment_id", "agency_id", "text", "progress", "observed_on", "period", "original_id",
            "corrects_id", "happened_on",
        ),
        ("period", "original_id"),
        (),
    ),
]  # fmt: skip


def enter(apps, _editor):
    for name, audited, added, personal in STANDING:
        model = apps.get_model("assignments", name)
        standing.enter(model, audited, added=added, at=datetime.now(UTC), personal=personal)


class Migration(migrations.Migration):
    dependencies = [("assignments", "0010_discipline"), ("audit", "0004_acted_for")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
