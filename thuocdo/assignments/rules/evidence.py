"""Which evidence can show which product: a decree is not shown by its draft (issue line 1.14)."""

from collections.abc import Collection, Mapping
from datetime import date

from thuocdo.assignments.enums import EvidenceKind, ProductKind, Reference
from thuocdo.lib.say import Say, say

E, P = EvidenceKind, ProductKind

SHOWN_BY: Mapping[str, frozenset[EvidenceKind]] = {
    P.NORMATIVE: frozenset({E.ISSUED_TEXT}),
    P.DECISION: frozenset({E.ISSUED_TEXT}),
    P.PLAN: frozenset({E.ISSUED_TEXT, E.SIGNED_FILE}),
    P.GUIDANCE: frozenset({E.ISSUED_TEXT, E.SIGNED_FILE}),
    P.REPORT: frozenset({E.ISSUED_TEXT, E.SIGNED_FILE}),
    P.SYSTEM: frozenset({E.ACCEPTANCE, E.ADDRESS}),
    P.WORKS: frozenset({E.ACCEPTANCE, E.DATA}),
    P.OTHER: frozenset(E) - {E.DRAFT},
}


CARRIES: Mapping[str, frozenset[Reference]] = {
    E.ISSUED_TEXT: frozenset({Reference.DIRECTIVE, Reference.SYMBOL}),
    E.SIGNED_FILE: frozenset({Reference.FILE}),
    E.DRAFT: frozenset({Reference.FILE, Reference.ADDRESS}),
    E.ACCEPTANCE: frozenset({Reference.FILE, Reference.SYMBOL}),
    E.DATA: frozenset({Reference.FILE, Reference.ADDRESS}),
    E.PHOTO: frozenset({Reference.FILE}),
    E.ADDRESS: frozenset({Reference.ADDRESS}),
}
"""Of each kind of evidence, what it has to name, one of these at least."""


def product_problem(product_kind: str, kinds: Collection[str]) -> Say | None:
    """Why this evidence does not show the product. A product whose kind is not known counts as other."""
    if not kinds:
        return say("A claim of completion needs evidence.")
    wanted = SHOWN_BY[product_kind or P.OTHER]
    if wanted.intersection(kinds):
        return None
    return say(
        "This evidence does not show a product of the kind “%(product)s”; it is shown by: %(wanted)s.",
        product=P(product_kind or P.OTHER),
        wanted=tuple(kind for kind in E if kind in wanted),
    )


def issued_problem(issued_on: date | None, reported_on: date) -> Say | None:
    """Why a registered text shows nothing yet: it is awaited, or was issued after the day of the report."""
    if issued_on is None:
        return say("This text is awaited; it has not been issued.")
    if issued_on > reported_on:
        return say("This text was issued on %(day)s, after the report.", day=issued_on)
    return None


def form_problem(kind: str, carried: Collection[Reference]) -> Say | None:
    """Why a piece of evidence of this kind is incomplete: an issued text without its number, say."""
    wanted = CARRIES[kind]
    if wanted.intersection(carried):
        return None
    return say(
        "Evidence of the kind “%(kind)s” has to name: %(wanted)s.",
        kind=E(kind),
        wanted=tuple(reference for reference in Reference if reference in wanted),
    )
