"""The operator's guide is true: what it names is there; units and scripts work (2.23)."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.core.management import get_commands, load_command_class

from tests.marks import covers
from tests.resilience.installation import Installation, until

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
GUIDE = (ROOT / "docs" / "operating.md").read_text()
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
ALL = "\n".join([GUIDE, *(path.read_text() for path in sorted(DEPLOY.iterdir()))])
HARDENED = (
    "User=thuocdo", "NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes", "UMask=0077",
    "CapabilityBoundingSet=", "SystemCallFilter=@system-service",
)  # fmt: skip
COMMAND = re.compile(r"(?:^|`|: |&& |\.venv/bin/)thuocdo ([a-z][a-z-]+)((?: --[a-z-]+)*)", re.MULTILINE)


def named():
    """(command, options) of every `thuocdo …` in the guide and in the units."""
    return sorted({(word, tuple(options.split())) for word, options in COMMAND.findall(ALL)})


@covers("2.23")
def test_every_command_of_the_guide_exists_with_its_options():
    wrong, known = [], get_commands()
    for word, options in named():
        name = word.replace("-", "_")
        if name not in known:
            wrong.append(word)
            continue
        app = known[name]
        command = load_command_class(app, name) if isinstance(app, str) else app
        there = command.create_parser("thuocdo", name)._option_string_actions
        wrong += [(word, option) for option in options if option not in there]
    assert (len(named()) > 12, wrong) == (True, [])


@covers("2.23")
def test_every_file_of_the_guide_exists_and_every_file_of_deploy_is_in_the_guide():
    linked = set(re.findall(r"\(\.\./deploy/([a-z.-]+)\)", GUIDE))
    assert [name for name in linked if not (DEPLOY / name).exists()] == []
    assert [path.name for path in DEPLOY.iterdir() if path.name not in ALL] == []
    assert {path.name for path in UNITS} - linked <= set(re.findall(r"[a-z-]+\.(?:service|timer)", GUIDE))


@covers("2.23")
def test_every_setting_that_is_named_is_read():
    read = (ROOT / "thuocdo" / "config" / "settings.py").read_text()
    wanted = set(re.findall(r"THUOCDO_[A-Z_]+", ALL))
    assert {name for name in wanted if f'"{name}"' not in read} == set()


@covers("2.23")
@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_units_share_paths_with_the_guide_and_are_hardened(unit):
    text = unit.read_text()
    assert "EnvironmentFile=/etc/thuocdo/thuocdo.env" in text
    assert "WorkingDirectory=/opt/thuocdo" in text
    for path in re.findall(r"^ExecStart(?:Pre)?=/opt/thuocdo/(\S+)", text, re.MULTILINE):
        assert path.startswith(".venv/bin/") or (ROOT / path).stat().st_mode & 0o111
    assert [line for line in HARDENED if f"\n{line}\n" not in text] == []


@covers("2.23")
def test_the_proxy_takes_what_the_server_takes_and_tells_it_what_it_asks_for():
    text = (DEPLOY / "nginx.conf").read_text()
    assert f"client_max_body_size {settings.LARGEST_REQUEST // 2**20}m;" in text
    told = ("X-Forwarded-Proto $scheme", "X-Forwarded-For $remote_addr", "Host $host")
    assert [word for word in (*told, "location = /metrics") if word not in text] == []
    port = re.search(r"--port (\d+)", (DEPLOY / "thuocdo-web.service").read_text())[1]
    assert set(re.findall(r"proxy_pass http://127\.0\.0\.1:(\d+)", text)) == {port}


@covers("2.23")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path):
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("no systemd-analyze: apt-get install systemd")
    for unit in UNITS:
        text = re.sub(r"/opt/thuocdo/(\.venv/bin|deploy)/[a-z-]+", "/bin/true", unit.read_text())
        (tmp_path / unit.name).write_text(text)
    told = subprocess.run(
        [program, "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)],
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"}, capture_output=True, text=True,
    )  # fmt: skip
    ours = [line for line in told.stderr.splitlines() if "thuocdo" in line]
    assert (told.returncode, ours) == (0, [])


@covers("2.23")
def test_nginx_takes_the_configuration(tmp_path):
    program = shutil.which("nginx") or os.environ.get("THUOCDO_NGINX")
    if program is None:
        pytest.skip("no nginx: apt-get install nginx-light")
    configuration = configured(tmp_path)
    told = subprocess.run([program, "-t", "-q", "-p", str(tmp_path), "-c", str(configuration)],
                          capture_output=True, text=True)  # fmt: skip
    assert told.returncode == 0, told.stderr


def configured(folder: Path, ports: dict[str, int] | None = None) -> Path:
    """The configuration of deploy/ in a folder of its own, on these ports instead of 80, 443 and 8000."""
    certificate(folder)
    text = (DEPLOY / "nginx.conf").read_text()
    text = text.replace("/etc/ssl/certs/", f"{folder}/").replace("/etc/ssl/private/", f"{folder}/")
    if ports:
        text = re.sub(r"listen \[::\]:.*;", "", text)
        text = text.replace("listen 80;", f"listen 127.0.0.1:{ports['http']};")
        text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{ports['https']} ssl")
        text = text.replace("127.0.0.1:8000", f"127.0.0.1:{ports['server']}")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    own = "".join(f"{kind}_temp_path {folder}/{kind}; " for kind in kinds)
    whole = f"pid {folder}/pid; error_log {folder}/log; events {{}} http {{ access_log off; {own}{text} }}"
    (folder / "nginx.conf").write_text(whole)
    return folder / "nginx.conf"


@pytest.fixture
def in_front(tmp_path):
    """A real nginx with our configuration before a running server; gives the two ports."""
    program = os.environ.get("THUOCDO_NGINX")
    if program is None:
        pytest.skip("THUOCDO_NGINX names no nginx to be started")
    host = "thuocdo.example.gov.vn"
    here = Installation(tmp_path)
    here.environment |= {"THUOCDO_HTTPS": "1", "THUOCDO_HOSTS": host, "THUOCDO_ADDRESS": f"https://{host}"}
    here.manage("prepare", "--empty")
    ports = {"server": here.port, "http": free_port(), "https": free_port()}
    configuration = configured(tmp_path, ports)
    command = [program, "-p", str(tmp_path), "-c", str(configuration), "-g", "daemon off;"]
    here.start(ready=here.listens)
    proxy = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: answered(ports["https"], "/healthz").startswith("HTTP/"), "nginx answers")
        yield ports
    finally:
        proxy.terminate()
        proxy.wait()
        here.stop()


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def answered(port: int, path: str, *, tls: bool = True) -> str:
    """What is answered to a plain GET under the name of the installation."""
    trusting = ssl._create_unverified_context()  # the certificate of nobody, made above
    try:
        plain = socket.create_connection(("127.0.0.1", port), timeout=30)
    except OSError:
        return ""
    with plain, trusting.wrap_socket(plain) if tls else plain as line:
        head = f"GET {path} HTTP/1.1\r\nHost: thuocdo.example.gov.vn\r\nConnection: close\r\n\r\n"
        line.sendall(head.encode())
        return b"".join(iter(lambda: line.recv(65536), b"")).decode("utf-8", "replace")


@covers("2.23")
def test_a_real_nginx_carries_the_pages_over_tls_and_keeps_the_metrics_inside(in_front):
    page = answered(in_front["https"], "/en/account/login/")
    head = page.partition("\r\n\r\n")[0]
    assert page.startswith("HTTP/1.1 200")
    assert "Strict-Transport-Security: max-age=31536000" in head
    assert re.search(r"(?i)set-cookie: csrftoken=.*; secure", head), "the server knows that TLS is before it"
    assert "content-security-policy" in head.lower()
    assert answered(in_front["https"], "/metrics").startswith("HTTP/1.1 403")
    plain = answered(in_front["http"], "/en/", tls=False)
    assert plain.startswith("HTTP/1.1 301")
    assert "https://thuocdo.example.gov.vn/en/" in plain


@covers("2.23", "2.11")
def test_a_real_nginx_slows_who_tries_to_sign_in_too_often(in_front):
    told = [answered(in_front["https"], "/en/account/login/").split(" ")[1] for _ in range(40)]
    assert set(told) == {"200", "503"}


def certificate(folder: Path) -> None:
    """A certificate of nobody, for a day."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    signed = made.sign(key, hashes.SHA256())
    (folder / "thuocdo.pem").write_bytes(signed.public_bytes(Encoding.PEM))
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "thuocdo.key").write_bytes(pem)


@covers("2.23", "2.18")
@pytest.mark.parametrize("works", [True, False])
def test_the_nightly_script_makes_a_backup_and_lets_old_ones_go_only_after_it(tmp_path, works):
    stub = tmp_path / "thuocdo"
    stub.write_text("#!/bin/sh\n" + ('[ "$1" = backup ] && echo new > "$2"\n' if works else "exit 1\n"))
    stub.chmod(0o755)
    old, other = tmp_path / "thuocdo-20200101T000000Z.tar", tmp_path / "other.tar"
    for path in (old, other):
        path.write_text("old")
        os.utime(path, (time.time() - 90 * 86400,) * 2)
    told = subprocess.run([str(DEPLOY / "thuocdo-backup"), str(tmp_path), "35", str(stub)])
    new = [path for path in tmp_path.glob("thuocdo-*.tar") if path != old]
    found = (told.returncode == 0, len(new), old.exists(), other.exists())
    assert found == (works, int(works), not works, True)
