"""What a merger, a split or a renaming of agencies would do, worked out before anything is written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from thuocdo.agencies.rules.opening import Life, NewAgency, alive_problem, code_problem, end_problem
from thuocdo.lib.moments import DAY_MAX
from thuocdo.lib.say import Say, say


@dataclass(frozen=True, slots=True)
class Party:
    """An agency that takes part, named by its code."""

    code: str
    name: str
    opened_on: date
    closed_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """A relation that holds on or after the day, between codes."""

    relation_id: int
    kind: str
    child: str
    parent: str
    opened_on: date
    closed_on: date


@dataclass(frozen=True, slots=True)
class Placing:
    """A relation to be opened: `child` below `parent` from `opened_on` on, between codes."""

    kind: str
    child: str
    parent: str
    opened_on: date


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: who ends, who takes over, on which day, by which act.

    `opens` are successors to be opened, `joins` codes of successors that already exist. `heirs` says, by
    codes, which successor takes which child; the first successor takes the others.
    """

    kind: str
    on: date
    basis: str
    ends: tuple[str, ...]
    opens: tuple[NewAgency, ...] = ()
    joins: tuple[str, ...] = ()
    heirs: tuple[tuple[str, str], ...] = ()

    @property
    def successors(self) -> tuple[str, ...]:
        return (*(new.code for new in self.opens), *self.joins)

    def heir(self, child: str) -> str:
        return dict(self.heirs).get(child, self.successors[0])


@dataclass(frozen=True, slots=True)
class SuccessionPlan:
    """The preview: what closes, what opens, which relations move; with problems it cannot be carried out."""

    wish: Wish
    closes: tuple[Party, ...]
    joins: tuple[Party, ...]
    ended: tuple[Standing, ...]
    placed: tuple[Placing, ...]
    problems: tuple[Say, ...]


def plan(wish: Wish, parties: Mapping[str, Party], standing: Iterable[Standing]) -> SuccessionPlan:
    """`parties` are the agencies by every code named in the wish that exists; `standing` their relations."""
    relations = sorted(standing, key=lambda row: (row.kind, row.child, row.opened_on))
    problems = tuple(_problems(wish, parties, relations))
    ended = tuple(row for row in relations if row.child in wish.ends or row.parent in wish.ends)
    return SuccessionPlan(
        wish,
        tuple(parties[code] for code in wish.ends if code in parties),
        tuple(parties[code] for code in wish.joins if code in parties),
        ended,
        () if problems else tuple(dict.fromkeys((*_inherited(wish, ended), *_moved(wish, ended)))),
        problems,
    )


def _moved(wish: Wish, ended: Iterable[Standing]) -> Iterator[Placing]:
    """Children of those that end, below their heirs."""
    for row in ended:
        heir = wish.heir(row.child)
        if row.parent in wish.ends and row.child not in (*wish.ends, heir):
            yield Placing(row.kind, row.child, heir, max(wish.on, row.opened_on))


def _inherited(wish: Wish, ended: tuple[Standing, ...]) -> Iterator[Placing]:
    """New successors, where the first of those that end stood in each kind."""
    above: dict[str, str] = {}
    for code in wish.ends:
        for row in ended:
            if row.child == code and row.parent not in wish.ends and row.opened_on <= wish.on:
                above.setdefault(row.kind, row.parent)
    for new in wish.opens:
        yield from (
            Placing(kind, new.code, parent, wish.on) for kind, parent in above.items() if parent != new.code
        )


def _problems(wish: Wish, parties: Mapping[str, Party], relations: list[Standing]) -> Iterator[Say]:
    if problem := _shape_problem(wish.kind, len(wish.ends), len(wish.successors), len(wish.opens)):
        yield problem
    if not wish.basis.strip():
        yield say("The act that orders it is missing.")
    for code in (*wish.ends, *wish.joins):
        if code not in parties:
            yield say("No agency has the code %(code)s.", code=code)
    yield from _problems_of_parties(wish, parties)
    yield from _problems_of_new(wish, parties)
    for row in relations:
        if wish.on < row.closed_on < DAY_MAX:
            yield say(
                "%(child)s below %(parent)s already ends on %(day)s, after the day of the change.",
                child=row.child, parent=row.parent, day=row.closed_on,
            )  # fmt: skip


def _shape_problem(kind: str, ends: int, successors: int, new: int) -> Say | None:
    right = {
        "merger": successors == 1 and ends + successors - new >= 2,
        "split": ends == 1 and successors >= 2,
        "renaming": ends == 1 and successors == 1 and new == 1,
    }
    if right.get(kind):
        return None
    return {
        "merger": say("In a merger several agencies become one."),
        "split": say("In a split one agency becomes several."),
        "renaming": say("In a renaming one agency becomes one new agency."),
    }.get(kind, say("“%(kind)s” is no kind of succession.", kind=kind))


def _problems_of_parties(wish: Wish, parties: Mapping[str, Party]) -> Iterator[Say]:
    for code in set(wish.ends) & set(wish.successors):
        yield say("%(code)s cannot succeed itself.", code=code)
    for code in wish.ends:
        if code in parties and (
            problem := end_problem(parties[code].opened_on, parties[code].closed_on, wish.on)
        ):
            yield problem
    for code in wish.joins:
        if code in parties:
            one = parties[code]
            if problem := alive_problem(Life(one.name, one.opened_on, one.closed_on), wish.on):
                yield problem


def _problems_of_new(wish: Wish, parties: Mapping[str, Party]) -> Iterator[Say]:
    for new in wish.opens:
        if problem := code_problem(new.code):
            yield problem
        if new.code in parties:
            yield say("The code %(code)s is already taken.", code=new.code)
        if new.opened_on != wish.on:
            yield say("%(agency)s must open on the day of the change, %(day)s.", agency=new.name, day=wish.on)
    for _, heir in wish.heirs:
        if heir not in wish.successors:
            yield say("%(code)s is not among the successors.", code=heir)
