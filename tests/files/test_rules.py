"""Kinds of files by their bytes; names made harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.files import factory
from tests.files.factory import zipped
from thuocdo.files.rules import kinds, names
from thuocdo.files.rules.kinds import Look


def kind_of(content: bytes, piece: int = 7) -> kinds.Kind | None:
    look = Look()
    for start in range(0, len(content), piece):
        look.feed(content[start : start + piece])
    return look.kind


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (factory.PDF, kinds.PDF),
        (factory.PNG, kinds.PNG),
        (factory.JPEG, kinds.JPEG),
        (factory.WEBP, kinds.WEBP),
        (factory.DOCX, kinds.DOCX),
        (factory.XLSX, kinds.XLSX),
        (factory.ODT, kinds.ODT),
        (factory.ODS, kinds.ODS),
        ("Số,Nhiệm vụ\n1,Ban hành kế hoạch\n".encode(), kinds.TEXT),
        ("Số;Nhiệm vụ\r\n".encode("cp1258", "replace"), kinds.TEXT),
        ("\ufeffSố\tNhiệm vụ\n".encode("utf-16"), kinds.TEXT),
        (b"x" * 10_000, kinds.TEXT),
    ],
)
def test_the_kind_is_seen_in_the_bytes(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + bytes(60),
        b"\x7fELF" + bytes(60),
        b"<!doctype html><script>alert(1)</script>",
        b"\xef\xbb\xbf  <svg xmlns='http://www.w3.org/2000/svg'/>",
        "<html>".encode("utf-16"),
        b"#!/bin/sh\nrm -rf /\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60),
        zipped("a.txt"),
        zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        zipped("content.xml", mimetype=factory.OPEN_DOCUMENT + "text-template"),
        b"PK\x03\x04" + bytes(60),
        b"Plain at first" + b"x" * 5000 + b"\x00\x01",
        b"",
    ],
)
def test_what_is_not_accepted(content):
    problem = kinds.problem(len(content), kind_of(content), largest=2**20)
    assert problem is not None


@given(
    st.binary(max_size=300)
    | st.binary(max_size=300).map(lambda tail: b"PK\x03\x04" + tail + b"PK\x05\x06" + tail)
)
def test_the_kind_does_not_depend_on_the_pieces(content):
    assert kind_of(content, 7) == kind_of(content, 1000)


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("Báo cáo tháng 9.pdf", "Báo cáo tháng 9.pdf"),
        ("Ba\u0301o ca\u0301o.PDF", "Báo cáo.PDF"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Lan\\kế hoạch.pdf", "kế hoạch.pdf"),
        ("hoa don\u202efdp.exe", "hoa donfdp.exe.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "a Set-Cookie b.pdf"),
        ("report.exe", "report.exe.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_made_harmless(name, cleaned):
    assert names.clean(name, ("pdf",)) == cleaned


@given(st.text(max_size=400))
def test_any_name_is_short_and_ends_as_its_kind(name):
    cleaned = names.clean(name, ("jpg", "jpeg"))
    assert len(cleaned) <= 200
    assert cleaned.lower().endswith((".jpg", ".jpeg"))
    assert not set(cleaned) & set('/\\"\r\n')
