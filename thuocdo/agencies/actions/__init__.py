"""Every write of this app, one function a verb."""

from thuocdo.agencies.actions.installation import describe_installation
from thuocdo.agencies.actions.outlines import enter_outlines
from thuocdo.agencies.actions.reference import Loaded, load_reference
from thuocdo.agencies.actions.succession import succeed
from thuocdo.agencies.actions.tree import (
    amend_agency,
    close_agency,
    close_relation,
    move,
    open_agency,
    relate,
)
from thuocdo.agencies.actions.working_days import decide_days, set_hours

__all__ = [
    "Loaded", "amend_agency", "close_agency", "close_relation", "decide_days", "describe_installation",
    "enter_outlines", "load_reference", "move", "open_agency", "relate", "set_hours", "succeed",
]  # fmt: skip
