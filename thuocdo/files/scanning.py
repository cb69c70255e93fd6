"""Whether bytes are clean, when the operator has named a scanner."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from thuocdo.files import clamd
from thuocdo.files.enums import Verdict

log = logging.getLogger(__name__)
LONGEST = 200  # letters of a threat's name


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer of the scanner; `threat` names what was found."""

    verdict: Verdict
    threat: str = ""


def look(pieces: Iterable[bytes]) -> Finding | None:
    """The scanner's answer about the bytes; None when no scanner is set up. A silent one is an answer too."""
    if not settings.CLAMD:
        return None
    try:
        threat = clamd.threat(pieces, clamd.address(settings.CLAMD))
    except (clamd.UnansweredError, ValueError) as fault:
        log.warning("The virus scanner gave no verdict: %s", fault)
        return Finding(Verdict.UNANSWERED)
    return Finding(Verdict.CLEAN) if threat is None else Finding(Verdict.INFECTED, threat[:LONGEST])
