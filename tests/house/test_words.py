"""The words of the house, bin/...: what they decide, what they say when a piece is missing."""

import importlib.machinery
import importlib.util
import socket
import sys
from pathlib import Path

import pytest

from tests.marks import covers
from thuocdo.config.command import main

BIN = Path(__file__).resolve().parents[2] / "bin"


@pytest.fixture
def load(monkeypatch):
    """Load a word of the house as a module."""
    monkeypatch.syspath_prepend(str(BIN))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def load(name):
        loader = importlib.machinery.SourceFileLoader(f"bin_{name}", str(BIN / name))
        module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
        loader.exec_module(module)
        return module

    return load


@covers("1.02")
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_the_demo_signs_in_on_loopback(load, host):
    assert load("serve").follows_from(host) == {"THUOCDO_EXAMPLES": "1"}


@covers("1.02")
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "thuocdo.example"])
def test_the_demo_is_dead_elsewhere(load, host):
    assert "THUOCDO_EXAMPLES" not in load("serve").follows_from(host)


def test_a_server_with_a_name_answers_to_it(load):
    assert load("serve").follows_from("thuocdo.example") == {"THUOCDO_HOSTS": "thuocdo.example"}


@covers("1.02")
def test_a_port_in_use_is_named_with_the_way_out(load, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(SystemExit):
        load("serve").check_port("127.0.0.1", taken.getsockname()[1])
    assert "bin/serve --port" in capsys.readouterr().err


@covers("1.02")
def test_postgresql_changes_nothing_but_the_threads(load, monkeypatch):
    serve = load("serve")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    here = serve.server_options("127.0.0.1", 8000)
    monkeypatch.setenv("DATABASE_URL", "postgres://someone@127.0.0.1/thuocdo")
    there = serve.server_options("127.0.0.1", 8000)
    assert [pair for pair in zip(here, there, strict=True) if len(set(pair)) > 1] == [("1", "4")]


@covers("1.02")
def test_an_old_python_is_named_with_the_command(load, monkeypatch, capsys):
    house = load("house.py")
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(SystemExit):
        house.environment("runtime")
    assert "sudo apt-get install python3" in capsys.readouterr().err


@covers("1.02")
def test_a_missing_venv_is_named_with_the_command(load, monkeypatch, tmp_path, capsys):
    house = load("house.py")
    monkeypatch.setattr(house, "PYTHON", str(tmp_path / "none"))
    monkeypatch.setattr(house, "VENV", tmp_path / "venv")
    monkeypatch.setattr(house.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit):
        house.environment("runtime")
    assert "sudo apt-get install python3-venv" in capsys.readouterr().err


@covers("1.02")
def test_what_stands_is_not_installed_again(load, monkeypatch, tmp_path):
    house = load("house.py")
    monkeypatch.setattr(house, "PYTHON", sys.executable)
    monkeypatch.setattr(house, "VENV", tmp_path)
    (tmp_path / "runtime.stamp").write_text(house._mark("runtime"))
    monkeypatch.setattr(house, "_install", lambda path: pytest.fail("installs again"))
    house.environment("runtime")


@covers("1.03")
def test_on_ci_a_missing_piece_is_a_failure(load, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(SystemExit):
        load("house.py").left_out("the browser tests", "sudo apt-get install chromium")


@covers("1.03")
def test_elsewhere_it_is_one_line(load, monkeypatch, capsys):
    monkeypatch.delenv("CI", raising=False)
    load("house.py").left_out("the browser tests", "sudo apt-get install chromium")
    assert capsys.readouterr().out.count("\n") == 1


@covers("1.04")
def test_the_command_lists_what_an_operator_can_do(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["thuocdo", "help"])
    main()
    assert {"prepare", "docs", "migrate"} <= set(capsys.readouterr().out.split())
