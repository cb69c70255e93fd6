"""What a notice says: what happened, what to do. A face fills in the values in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from thuocdo.lib.say import Say, say, say_n


@dataclass(frozen=True, slots=True)
class Text:
    """The two sentences of a kind; a pressing one also goes out as a text message."""

    happened: Say
    to_do: Say
    pressing: bool = False


TEXTS: Mapping[str, Text] = {  # by the value of enums.Kind
    "limit_near": Text(
        say_n(
            "The time limit of “%(work)s” is in %(n)s day. %(agency)s leads it.",
            "The time limit of “%(work)s” is in %(n)s days. %(agency)s leads it.",
            0,
        ),
        say("Report what is done. If the limit cannot be kept, ask for an extension before it passes."),
    ),
    "limit_today": Text(
        say("The time limit of “%(work)s” is today. %(agency)s leads it."),
        say("Claim completion with its evidence today, or report what is missing."),
        pressing=True,
    ),
    "limit_passed": Text(
        say_n(
            "“%(work)s” is %(n)s day past its time limit. %(agency)s leads it.",
            "“%(work)s” is %(n)s days past its time limit. %(agency)s leads it.",
            0,
        ),
        say("See what holds it back and have it reported; whoever leads it names a day by which it is done."),
        pressing=True,
    ),
    "share_used": Text(
        say("%(n)s per cent of the time for “%(work)s” is used. %(agency)s leads it."),
        say("Compare what is reported with the time that has passed."),
    ),
    "given": Text(
        say("A duty was given to %(agency)s: “%(work)s”."),
        say("Read the duty and report on it in time. If it is not your function, return it with the reason."),
    ),
    "given_many": Text(
        say_n("%(n)s duty was given to %(agency)s.", "%(n)s duties were given to %(agency)s.", 0),
        say("Read the list. What is not your function can be returned with the reason."),
    ),
    "claim_waits": Text(
        say("%(agency)s says “%(work)s” is completed."),
        say("Look at the evidence, then accept the claim or return it with a reason."),
    ),
    "claim_returned": Text(
        say("The claim that “%(work)s” is completed was returned: %(reason)s"),
        say("Do what is missing, then claim completion again."),
        pressing=True,
    ),
    "claim_accepted": Text(
        say("The completion of “%(work)s” was confirmed."), say("There is nothing more to do.")
    ),
    "change_asked": Text(
        say("%(agency)s asks for a change of “%(work)s”: %(reason)s"),
        say("Grant the request or refuse it with a reason."),
    ),
    "change_granted": Text(
        say("The change asked for “%(work)s” was granted."), say("Read how the duty stands now.")
    ),
    "change_refused": Text(
        say("The change asked for “%(work)s” was refused: %(reason)s"), say("The duty stands as it was.")
    ),
    "hold_waits": Text(
        say("%(agency)s says that “%(work)s” waits for %(holder)s: %(reason)s"),
        say("Do what is awaited. Accept that you are waited for, or dispute it with the reason."),
    ),
    "hold_accepted": Text(
        say("It is accepted that “%(work)s” waits for %(holder)s."),
        say("The time of waiting is charged to the agency that is waited for. The time limit does not move."),
    ),
    "hold_disputed": Text(
        say("It is disputed that “%(work)s” waits for %(holder)s: %(reason)s"),
        say("The side that assigned the duty decides. Until then it stands as claimed."),
    ),
    "hold_rejected": Text(
        say("It was decided that “%(work)s” does not wait for %(holder)s: %(reason)s"),
        say("The time is charged to the lead."),
    ),
    "demand_written": Text(
        say("%(agency)s asks %(asked)s for an answer: “%(work)s”"),
        say("Answer in time, in writing. An answer that does not come is counted as late."),
    ),
    "demand_answered": Text(say("%(agency)s answered “%(work)s”: %(reason)s"), say("Read the whole answer.")),
    "demand_late": Text(
        say("%(agency)s did not answer in time: “%(work)s”"),
        say("Ask again or take it to the level above."),
    ),
    "promise_broken": Text(
        say("%(agency)s did not keep its commitment for “%(work)s”: %(reason)s"),
        say("See what holds it back. Urge it or demand an explanation."),
    ),
    "drafts_wait": Text(
        say_n("%(n)s message to a leader waits.", "%(n)s messages to leaders wait.", 0),
        say("Release each of them or drop it with a reason. Nothing reaches the leader before."),
    ),
}


def told(kind: str, values: Mapping[str, object]) -> tuple[Say, Say]:
    """(what happened, what to do) with the values; days are written as ISO days where they are kept."""
    text = TEXTS[kind]
    return _filled(text.happened, values), text.to_do


def _filled(said: Say, values: Mapping[str, object]) -> Say:
    number = values.get("n")
    counted = said.plural != "" and isinstance(number, int)
    return replace(said, values=tuple(values.items()), number=number if counted else None)  # type: ignore[arg-type]


def due_on(values: Mapping[str, object]) -> date | None:
    """By when, if the notice has a day."""
    day = values.get("day")
    return date.fromisoformat(day) if isinstance(day, str) else None
