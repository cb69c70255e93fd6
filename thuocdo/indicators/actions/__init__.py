"""Every write of measuring; callers import this package: `from thuocdo.indicators import actions`."""

from thuocdo.indicators.actions.cataloguing import Entered, enter_catalogue
from thuocdo.indicators.actions.counting import Imported, note_import, put_counted
from thuocdo.indicators.actions.declaring import declare, publish, retarget, set_target
from thuocdo.indicators.actions.observing import accept, correct, give_back, observe, observe_many
from thuocdo.indicators.actions.outlooks import judge
from thuocdo.indicators.actions.ranking import Ranked, publish_ranking, withdraw_ranking
from thuocdo.indicators.actions.tabling import enter_table

__all__ = [
    "Entered", "Imported", "Ranked", "accept", "correct", "declare", "enter_catalogue", "enter_table",
    "give_back", "judge", "note_import", "observe", "observe_many", "publish", "publish_ranking",
    "put_counted", "retarget", "set_target", "withdraw_ranking",
]  # fmt: skip
