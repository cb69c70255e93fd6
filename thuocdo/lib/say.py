"""A sentence for a person, carried from a rule to a face that translates it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Say:
    """An English message with named places, and the values that go there.

    Rules and actions answer with it; only a face turns it into the reader's language, with the reader's form
    of dates and numbers. A value may be a tuple (a list in the sentence) or a member of an enum with a label.
    The message is collected for translation wherever `say("...")` stands.
    """

    text: str
    values: tuple[tuple[str, object], ...] = ()
    plural: str = ""  # the message for other numbers than one, chosen by `number`
    number: int | None = None

    def __str__(self) -> str:
        places = {name: _plain(value) for name, value in self.values}
        text = self.plural if self.plural and self.number != 1 else self.text
        return text % places if places else text


def _plain(value: object) -> object:
    """A list stands in a sentence with commas."""
    return ", ".join(str(part) for part in value) if isinstance(value, tuple) else value


def say(text: str, /, **values: object) -> Say:
    """The sentence `text`, its places `%(name)s` filled from `values`."""
    return Say(text, tuple(values.items()))


def say_n(one: str, many: str, number: int, /, **values: object) -> Say:
    """The sentence `one` for the number one, else `many`; the number itself stands at `%(n)s`."""
    return Say(one, (("n", number), *values.items()), many, number)


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """A write that the rules do not allow: nothing was changed, and these are the reasons."""

    def __init__(self, *reasons: Say) -> None:
        self.reasons = reasons
        super().__init__("; ".join(str(reason) for reason in reasons))


def require(*problems: Say | None) -> None:
    """Raise `Refused` with every problem that is not None."""
    found = [problem for problem in problems if problem is not None]
    if found:
        raise Refused(*found)
