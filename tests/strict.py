"""What an undefined template variable becomes in tests: a failure, if the template is ours."""

import sys
from pathlib import Path

from django.template import Node

import thuocdo

OURS = Path(thuocdo.__file__).parent


class UndefinedVariableError(AssertionError):
    """A template of ours names something that its view does not give."""


class Undefined(str):
    """Django's `string_if_invalid`: asked whether it contains "%s", then formatted with the variable."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: object) -> str:
        template = _template()
        if template is None or OURS not in template.parents:
            return ""  # a template of Django or allauth, written for the lenient reading
        raise UndefinedVariableError(f"{template.relative_to(OURS)} names the undefined “{variable}”")


def _template() -> Path | None:
    """The file of the template node that is being rendered."""
    frame = sys._getframe(2)
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None) is not None:
            return Path(str(node.origin))
        frame = frame.f_back
    return None
