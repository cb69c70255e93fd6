"""Every write of measuring; callers import this package: `from thuocdo.indicators import actions`."""

from thuocdo.indicators.actions.cataloguing import Entered, enter_catalogue
from thuocdo.indicators.actions.declaring import declare, publish, retarget, set_target
from thuocdo.indicators.actions.observing import accept, correct, give_back, observe, observe_many

__all__ = [
    "Entered", "accept", "correct", "declare", "enter_catalogue", "give_back", "observe", "observe_many",
    "publish", "retarget", "set_target",
]  # fmt: skip
