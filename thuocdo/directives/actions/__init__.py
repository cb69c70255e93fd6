"""Every write on texts, their duties and counts.

`from thuocdo.directives import actions as directive_actions` … `directive_actions.register(...)`.
"""

from thuocdo.directives.actions.counts import record_tally
from thuocdo.directives.actions.duties import (
    add_obligation,
    add_provision,
    link_same_duty,
    mark_key,
    unlink_same_duty,
)
from thuocdo.directives.actions.given import Added, Awaited, Count, Duty, Line, Recorded, Registered, Text
from thuocdo.directives.actions.registering import expect, receive_awaited, register, register_source
from thuocdo.directives.actions.tables import add_duties
from thuocdo.directives.actions.texts import amend_title, publish, relate, translate_title
from thuocdo.directives.rules.publicity import Shown

__all__ = [
    "Added", "Awaited", "Count", "Duty", "Line", "Recorded", "Registered", "Shown", "Text",
    "add_duties", "add_obligation", "add_provision", "amend_title", "expect", "link_same_duty", "mark_key",
    "publish", "receive_awaited", "record_tally", "register", "register_source", "relate", "translate_title",
    "unlink_same_duty",
]  # fmt: skip
