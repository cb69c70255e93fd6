"""Tables of measuring: definitions, targets, observations and what was said of them."""

from thuocdo.indicators.models.definitions import Definition, Indicator, Publicity, Target, TargetMark
from thuocdo.indicators.models.facts import FactImport, FactSums, FactWhole
from thuocdo.indicators.models.observations import Observation, Verdict

__all__ = [
    "Definition", "FactImport", "FactSums", "FactWhole", "Indicator", "Observation", "Publicity", "Target",
    "TargetMark", "Verdict",
]  # fmt: skip
