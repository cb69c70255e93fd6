"""The triggers by which the database itself refuses to change the log or to delete from it."""

FIRST = ("audit_entry", "audit_batch", "audit_seal")
TABLES = (*FIRST, "audit_keychange")
DEEDS = ("UPDATE", "DELETE")

_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$
"""


def name(table: str, deed: str) -> str:
    """The trigger's name."""
    return f"{table}_no_{deed.lower()}"


def on(vendor: str, deeds: tuple[str, ...] = DEEDS, tables: tuple[str, ...] = TABLES) -> list[str]:
    """The statements that set the guards, for "sqlite" or "postgresql"."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {name(table, deed)} BEFORE {deed} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
            for table in tables
            for deed in deeds
        ]
    triggers = [
        f"CREATE OR REPLACE TRIGGER {name(table, deed)} BEFORE {deed} ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        for table in tables
        for deed in deeds
    ]
    return [_FUNCTION, *triggers]


def off(vendor: str, deeds: tuple[str, ...] = DEEDS, tables: tuple[str, ...] = TABLES) -> list[str]:
    """The statements that take the guards away: for migrations and for tests that tamper."""
    place = "" if vendor == "sqlite" else " ON {}"
    return [
        f"DROP TRIGGER IF EXISTS {name(table, deed)}{place.format(table)}"
        for table in tables
        for deed in deeds
    ]
