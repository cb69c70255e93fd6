"""docs/privacy.md: what is held of people, why, how long, who sees it; what an erasure does."""

from pathlib import Path

from django.utils import translation

from thuocdo.config.documents.markdown import table
from thuocdo.web.personal import HOLDINGS, PERIODS_OF_ALL, Holding, columns_of_acts

BEGIN = """# Personal data

Everything this system holds of people, why, how long, who may see it (issue line 2.22). A test compares
the table with the tables of the database. What stands here is the software's part; which law is its
basis, who answers for it and whom one may complain to is for the installation's operator to add.
Vietnam's is Law 91/2025/QH15 on the protection of personal data.

Texts that officials write (reports, reasons, files) may name people. They are part of official acts: they
are not searched for names and not changed by an erasure.

"""
ACTS = """
## Who did what

Each act carries the number of the account that did it, and of whom it stood in for: in the log
(`audit.Entry.by_id`, `for_id`) and in these columns. They are kept as long as the act; an erased person's
acts stand under "a person who left".

"""
RETENTION = """
## Periods

Once a day background work deletes what is older; `thuocdo forget` does the same at once. Sessions and
counted attempts also end by themselves.

"""
END = """
## What a person may ask for

* **Their data**: on the page of their account, to read and as JSON; their steward can hand it to them
  too, which is logged. Passwords, secrets of codes and keys of sessions are given to nobody.
* **Erasure**, once they have left: the steward shuts the account and enters on whose decision. Name,
  address, language, password, codes, identities kept elsewhere, browsers, forms sent, answers to
  programs, notices, letters and telephone number are deleted, roles end, tokens are revoked. The
  account's number and its acts stay, shown as "a person who left (erased on ...)". The log holds names as
  salted digests only (ADR 10), so it stays as it is and `thuocdo verify-audit` passes. The erasure is an
  act in the log.

What an erasure leaves: the digests, from which somebody with the log who already suspects a name can
confirm it; names of heads in duties (`head_name`), which are public office; copies in backups, until
these are overwritten; what was exported or sent by mail before.
"""


def page(checkout: Path) -> str:
    """The tables between the words."""
    with translation.override("en"):
        return "".join([BEGIN, _holdings(), ACTS, _acts(), RETENTION, _periods(), END])


def _holdings() -> str:
    head = ("table", "columns", "what", "why", "how long", "who may see it")
    return table(head, [_line(holding) for holding in HOLDINGS])


def _line(holding: Holding) -> tuple[str, ...]:
    columns = [*holding.columns, *(f"{name} (never shown)" for name in holding.secret)]
    said = (holding.what, holding.why, holding.how_long, holding.who)
    return (f"`{holding.table}`", ", ".join(columns), *(str(words) for words in said))


def _acts() -> str:
    return ", ".join(f"`{name}`" for name in columns_of_acts()) + ".\n"


def _periods() -> str:
    rows = [(f"`{name}`", str(period.days), period.why) for name, period in PERIODS_OF_ALL.items()]
    return table(("what", "days after its end or last use", "why not shorter"), rows)
