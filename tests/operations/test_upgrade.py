"""A database of the first release migrates to this one: nothing is lost, everything verifies (2.23)."""

import json
from pathlib import Path

import pytest

from tests.marks import covers

pytestmark = pytest.mark.database
FIRST = Path(__file__).with_name("first_world.json")  # rows by table, as the first release wrote them

AS_IT_WAS = f"""
import json
import django; django.setup()
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
def read(field, value):
    return value if value is None or field.remote_field else field.to_python(value)
told = json.load(open({str(FIRST)!r}))
targets = list(told["migrations"].items())
executor = MigrationExecutor(connection)
executor.migrate(targets)
apps = executor.loader.project_state(targets).apps
with transaction.atomic():
    for label, table in told["tables"].items():
        model = apps.get_model(label)
        fields = {{field.attname: field for field in model._meta.concrete_fields}}
        rows = [dict(zip(table["columns"], row)) for row in table["rows"]]
        model._base_manager.bulk_create(
            model(**{{name: read(fields[name], value) for name, value in row.items()}})
            for row in rows
        )
models = [apps.get_model(label) for label in told["tables"]]
with connection.cursor() as cursor:
    for statement in connection.ops.sequence_reset_sql(no_style(), models):
        cursor.execute(statement)
"""
NOW = """
import json
import django; django.setup()
from django.apps import apps
from thuocdo.assignments import spans
print(json.dumps({label: apps.get_model(label).objects.count() for label in %r if label in
    {model._meta.label_lower for model in apps.get_models()}}))
"""


@covers("2.23")
def test_a_database_of_the_first_release_comes_along_with_all_it_holds(maker):
    old = maker.empty("old")
    told = json.loads(FIRST.read_text())
    (old.folder / "log-key.pub").write_text(told["key"] + "\n")
    old.python(AS_IT_WAS)
    old.run("migrate", "--verbosity", "0")
    kept = json.loads(old.python(NOW % list(told["tables"])).strip().splitlines()[-1])
    facts = {
        label: len(table["rows"]) for label, table in told["tables"].items() if not label.startswith("audit.")
    }
    assert {label: kept.get(label) for label in facts} == facts
    assert "No problem found" in old.run("verify-audit")
    assert "DIFFERENT" not in old.run("rebuild")
