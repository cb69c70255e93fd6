"""The test run is stricter than production."""

import socket
import warnings
from pathlib import Path

import pytest
from django.template import Context, Engine
from django.template.base import Origin, Template
from pytest_socket import SocketConnectBlockedError

from tests.strict import OURS, Undefined, UndefinedVariableError


def template(text: str, place: Path) -> Template:
    engine = Engine(string_if_invalid=Undefined("%s"))
    return Template(text, origin=Origin(str(place), str(place)), engine=engine)


def test_an_undefined_variable_in_our_template_fails():
    page = template("{% if a %}<p>{{ nobody }}</p>{% endif %}", OURS / "web/templates/a.html")
    with pytest.raises(UndefinedVariableError, match="nobody"):
        page.render(Context({"a": 1}))


def test_a_question_whether_it_is_there_does_not_fail():
    assert template("{% if nobody %}x{% endif %}", OURS / "a.html").render(Context()) == ""


def test_a_template_of_somebody_else_may_be_lenient():
    assert template("<{{ nobody }}>", Path("/elsewhere/allauth/a.html")).render(Context()) == "<>"


def test_the_pages_use_the_strict_reading(settings):
    assert isinstance(settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"], Undefined)


def test_a_warning_is_an_error():
    with pytest.raises(UserWarning):
        warnings.warn("an old habit", UserWarning, stacklevel=1)


def test_the_network_ends_at_this_machine():
    with socket.socket() as probe, pytest.raises((SocketConnectBlockedError, UserWarning)):
        probe.connect(("192.0.2.1", 80))  # an address that the standard keeps for examples
