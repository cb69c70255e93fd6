"""Tables of measuring: definitions, targets, observations and what was said of them."""

from thuocdo.indicators.models.definitions import Definition, Indicator, Publicity, Target, TargetMark
from thuocdo.indicators.models.facts import FactImport, FactSums, FactWhole
from thuocdo.indicators.models.observations import Observation, Verdict
from thuocdo.indicators.models.outlooks import Judgement
from thuocdo.indicators.models.rankings import Ranking, RankingLine, RankingPackage, RankingWithdrawal

__all__ = [
    "Definition", "FactImport", "FactSums", "FactWhole", "Indicator", "Judgement", "Observation", "Publicity",
    "Ranking", "RankingLine", "RankingPackage", "RankingWithdrawal", "Target", "TargetMark", "Verdict",
]  # fmt: skip
