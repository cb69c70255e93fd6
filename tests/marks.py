"""The mark that ties a test to the numbered lines of the issues it shows."""

from collections.abc import Callable
from typing import TypeVar

Test = TypeVar("Test", bound=Callable[..., object])


def covers(*lines: str) -> Callable[[Test], Test]:
    """Mark a test (or a class of tests) as showing these lines, e.g. `@covers("1.14")`."""

    def mark(test: Test) -> Test:
        test.covers = (*getattr(test, "covers", ()), *lines)  # type: ignore[attr-defined]
        return test

    return mark
