"""Formulas of indicators: a small language with its own reader, nothing is ever executed (3.04).

    (DOSSIERS_ON_TIME / DOSSIERS) * 100
    share(PAID_ONLINE, WITH_FEE) - share(PAID_CASH, WITH_FEE)
    min(A, B) + max(C, 0)

Numbers, names of indicators, + - * / and brackets, min, max, and share(a, b) = a / b in per cent. A missing
input makes the result missing; so does a division by zero, which says so.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from thuocdo.lib.say import Refused, Say, say

TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z][A-Za-z0-9_.]*)|(?P<sign>[-+*/(),]))")
LONGEST = 500  # characters
DEEPEST = 20  # brackets in brackets
FUNCTIONS = {"min": (2, 9), "max": (2, 9), "share": (2, 2)}  # how many arguments


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Name:
    code: str


@dataclass(frozen=True, slots=True)
class Operation:
    """`sign` is one of + - * / or the name of a function."""

    sign: str
    parts: tuple["Node", ...]


Node = Number | Name | Operation


@dataclass(frozen=True, slots=True)
class Token:
    kind: str  # number, name, sign, end
    text: str
    at: int  # the character it begins at, from 1


def read(text: str) -> Node:
    """The formula as a tree. `Refused` with the place of the mistake."""
    if len(text) > LONGEST:
        raise Refused(say("A formula has at most %(n)s characters.", n=LONGEST))
    return _Reader(list(_tokens(text))).whole()


def names(node: Node) -> frozenset[str]:
    """The indicators that the formula needs."""
    if isinstance(node, Name):
        return frozenset({node.code})
    if isinstance(node, Operation):
        return frozenset().union(*(names(part) for part in node.parts))
    return frozenset()


def written(node: Node, values: Mapping[str, object] | None = None) -> str:
    """The formula in its plain form; with `values`, the figures stand in place of the names."""
    if isinstance(node, Number):
        return str(node.value)
    if isinstance(node, Name):
        return node.code if values is None else str(values.get(node.code, node.code))
    parts = [written(part, values) for part in node.parts]
    if node.sign in FUNCTIONS:
        return f"{node.sign}({', '.join(parts)})"
    return f"({f' {node.sign} '.join(parts)})" if len(parts) > 1 else f"(-{parts[0]})"


def value(node: Node, given: Mapping[str, Decimal | None]) -> tuple[Decimal | None, Say | None]:
    """The result; without one, the reason. A name that is not given at all is a `KeyError`."""
    if isinstance(node, Number):
        return node.value, None
    if isinstance(node, Name):
        found = given[node.code]
        return found, None if found is not None else say("%(name)s has no value.", name=node.code)
    parts: list[Decimal] = []
    for part in node.parts:
        found, why = value(part, given)
        if found is None:
            return None, why
        parts.append(found)
    return _result(node, parts)


def cycle(formulas: Mapping[str, frozenset[str]]) -> tuple[str, ...] | None:
    """A circle among indicators that are computed from one another, first = last; None when there is none."""
    done: set[str] = set()

    def walk(code: str, path: tuple[str, ...]) -> tuple[str, ...] | None:
        if code in path:
            return (*path[path.index(code) :], code)
        if code in done:
            return None
        for needed in sorted(formulas.get(code, ())):
            found = walk(needed, (*path, code))
            if found:
                return found
        done.add(code)
        return None

    return next((found for code in sorted(formulas) if (found := walk(code, ()))), None)


def order(formulas: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """The computed indicators in an order in which each comes after what it needs. No circle may be left."""
    placed: list[str] = []

    def place(code: str) -> None:
        for needed in sorted(formulas[code]):
            if needed in formulas and needed not in placed:
                place(needed)
        if code not in placed:
            placed.append(code)

    for code in sorted(formulas):
        place(code)
    return tuple(placed)


def _result(node: Operation, parts: Sequence[Decimal]) -> tuple[Decimal | None, Say | None]:
    if node.sign in ("/", "share"):
        if not parts[1]:
            return None, say("%(what)s is 0: nothing can be divided by it.", what=written(node.parts[1]))
        return parts[0] / parts[1] * (100 if node.sign == "share" else 1), None
    if node.sign in ("min", "max"):
        return (min(parts) if node.sign == "min" else max(parts)), None
    if node.sign == "-":
        return (-parts[0] if len(parts) == 1 else parts[0] - parts[1]), None
    return (parts[0] + parts[1] if node.sign == "+" else parts[0] * parts[1]), None


def _tokens(text: str) -> Iterator[Token]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = TOKEN.match(text, at)
        if found is None:
            sign = text[at:].lstrip()[0]
            raise Refused(say("%(sign)s at place %(at)s is not part of the language.", sign=sign, at=at + 1))
        kind = found.lastgroup or ""
        yield Token(kind, found[kind], found.start(kind) + 1)
        at = found.end()
    yield Token("end", "", end + 1)


class _Reader:
    """Reads tokens by descent: sums of products of signed factors."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0

    def whole(self) -> Node:
        node = self._sum()
        if self._next.kind != "end":
            raise self._unexpected()
        return node

    @property
    def _next(self) -> Token:
        return self.tokens[self.at]

    def _take(self, *signs: str) -> str:
        """The sign, if it is one of these; else nothing is taken."""
        if self._next.kind == "sign" and self._next.text in signs:
            self.at += 1
            return self.tokens[self.at - 1].text
        return ""

    def _sum(self) -> Node:
        node = self._product()
        while sign := self._take("+", "-"):
            node = Operation(sign, (node, self._product()))
        return node

    def _product(self) -> Node:
        node = self._factor()
        while sign := self._take("*", "/"):
            node = Operation(sign, (node, self._factor()))
        return node

    def _factor(self) -> Node:
        if self._take("-"):
            return Operation("-", (self._factor(),))
        if self._take("("):
            node = self._inside()
            self._close()
            return node
        token = self._next
        if token.kind not in ("number", "name"):
            raise self._unexpected()
        self.at += 1
        if token.kind == "number":
            return Number(Decimal(token.text))
        return self._call(token) if token.text in FUNCTIONS else Name(token.text)

    def _inside(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refused(say("There are more than %(n)s brackets in one another.", n=DEEPEST))
        node = self._sum()
        self.depth -= 1
        return node

    def _close(self) -> None:
        if not self._take(")"):
            raise Refused(say("A closing bracket is missing at place %(at)s.", at=self._next.at))

    def _call(self, name: Token) -> Node:
        if not self._take("("):
            raise Refused(say("%(name)s needs its values in brackets.", name=name.text))
        parts = [self._inside()]
        while self._take(","):
            parts.append(self._inside())
        self._close()
        fewest, most = FUNCTIONS[name.text]
        if not fewest <= len(parts) <= most:
            raise Refused(say("%(name)s takes %(n)s values at least.", name=name.text, n=fewest))
        return Operation(name.text, tuple(parts))

    def _unexpected(self) -> Refused:
        token = self._next
        if token.kind == "end":
            return Refused(say("The formula ends too early."))
        return Refused(say("%(sign)s at place %(at)s is out of place.", sign=token.text, at=token.at))
