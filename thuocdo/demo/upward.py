"""Loads what a source says Lai Châu asked of higher bodies in October 2025 (4.01)."""

from datetime import datetime

from thuocdo.assignments.terms import Origin
from thuocdo.demo import places, tables
from thuocdo.demo.register import Sources, Texts
from thuocdo.recommendations import actions
from thuocdo.recommendations.enums import RecommendationKind
from thuocdo.recommendations.terms import Asking


def load(sources: Sources, texts: Texts, at: datetime) -> None:
    """The recommendations; what became of them after that day is not known."""
    for row in tables.recommendations():
        agency = places.agency(row.agency, row.happened_on)
        asking = Asking(
            kind=RecommendationKind(row.kind),
            agency=agency,
            addressee=places.agency(row.addressee, row.happened_on),
            text=row.text,
            basis=row.note,
            directive=texts[row.directive],
            awaits=texts[row.awaits] if row.awaits else None,
            origin=Origin(sources[row.source], row.happened_on),
        )
        actions.send(asking=asking, happened_on=row.happened_on, by=None, at=at)
