"""Symbols of official documents: real ones, faulty ones, what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.marks import covers
from thuocdo.directives.rules.symbol import Symbol, identity, parse_symbol, year_problem
from thuocdo.directives.rules.symbol_tables import ADMINISTRATIVE, LETTER, STATE_ISSUERS, TYPES
from thuocdo.lib.say import Say


def words(text: str) -> list[str]:
    return text.split()


PARTY = words(
    """
    57-NQ/TW 71-NQ/TW 08-QC/TW 204-QĐ/TW 229-QĐ/TW 230-QĐ/TW 259-QĐ/TW 44-TB/TGV 46-TB/TGV 42-TB/TGV
    39-TB/TGV 35-TB/TGV 27-TB/TGV 02-QC/BCĐTW 01-QC/BCĐTW 01-KH/BCĐTW 02-KH/BCĐTW 01-CV/BCĐTW 05-TB/BCĐTW
    07-TB/CQTTBCĐ 331-KH/TU 151-KH/TU 402-CV/VPĐU
    """
)
STATE = words(
    """
    71/NQ-CP 03/NQ-CP 66/NQ-CP 332/NQ-CP 422/QĐ-TTg 206/QĐ-TTg 766/QĐ-TTg 06/QĐ-TTg 929/QĐ-TTg 598/QĐ-TTg
    1565/QĐ-TTg 2244/QĐ-TTg 2629/QĐ-TTg 24/CT-TTg 220/CĐ-TTg 624/TB-VPCP 634/TB-VPCP 682/QĐ-BKHCN
    315/BC-BKHCN 3621/QĐ-BYT 995/QĐ-BCĐ 126/QĐ-BCĐCP 174/CV-BCĐ 395/NQ-HĐND 9464/KH-UBND 1780/KH-UBND
    144/KH-UBND 2904/QĐ-UBND 2519/QĐ-UBND 012/CT-UBND
    """
)
NORMATIVE = words(
    """
    118/2025/NĐ-CP 179/2025/NĐ-CP 88/2025/NĐ-CP 231/2025/NĐ-CP 63/2024/NĐ-CP 30/2020/NĐ-CP 33/2025/QĐ-TTg
    09/2025/QĐ-TTg 03/2025/TT-VPCP 01/2023/TT-VPCP 11/2025/TT-BKHCN 21/2023/TT-BTTTT 06/2025/TT-TTCP
    161/2025/QĐ-UBND 163/2025/QĐ-CTUBND 144/2025/QĐ-CTUBND
    """
)
LETTERS = words(
    """
    562/BKHCN-VCL 7260/VPCP-KSTT 10862/VPCP-KSTT 6225/BVHTTDL-VP 6001/BKHCN-CĐSQG 4577/BKHCN-CĐSQG
    1709/BKHCN-CĐSQG 1603/BTTTT-CVT 5744/UBND-NC
    """
)
ASSEMBLY = words(
    """
    193/2025/QH15 196/2025/QH15 202/2025/QH15 04/2023/UBTVQH15
    """
)


def read(raw: str) -> Symbol:
    symbol = parse_symbol(raw)
    assert isinstance(symbol, Symbol), str(symbol)
    return symbol


@covers("1.09")
@pytest.mark.parametrize("raw", [*PARTY, *STATE, *NORMATIVE, *LETTERS, *ASSEMBLY])
def test_a_real_symbol_is_read_as_it_stands(raw):
    symbol = read(raw)
    assert (symbol.canonical, symbol.fixes) == (raw, ())


@pytest.mark.parametrize("raw", PARTY)
def test_party_documents_are_the_partys(raw):
    assert read(raw).side == "party"


@pytest.mark.parametrize("raw", [*STATE, *NORMATIVE, *LETTERS])
def test_state_documents_are_the_states(raw):
    assert read(raw).side == "state"


@pytest.mark.parametrize("raw", ASSEMBLY)
def test_acts_of_the_assembly_name_no_type(raw):
    symbol = read(raw)
    assert (symbol.side, symbol.type) == ("assembly", None)


@pytest.mark.parametrize("raw", LETTERS)
def test_a_letter_has_a_unit_in_place_of_a_type(raw):
    symbol = read(raw)
    assert symbol.type == LETTER
    assert symbol.unit == raw.rpartition("-")[2]


@pytest.mark.parametrize("raw", NORMATIVE)
def test_normative_acts_carry_their_year(raw):
    assert read(raw).year == int(raw.split("/")[1])


def test_the_parts_of_a_symbol():
    symbol = read("163/2025/QĐ-CTUBND")
    assert (symbol.number, symbol.type_code, symbol.issuer_code, symbol.year) == (163, "QĐ", "CTUBND", 2025)


@covers("1.09")
@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        ("03-NQ/CP", "03/NQ-CP"),
        ("57/NQ-TW", "57-NQ/TW"),
        ("422/QD-TTg", "422/QĐ-TTg"),
        ("179/2025/ND-CP", "179/2025/NĐ-CP"),
        ("204-QD/TW", "204-QĐ/TW"),
        ("395/NQ-HDND", "395/NQ-HĐND"),
        ("02-KH/BCDTW", "02-KH/BCĐTW"),
        ("57-nq/tw", "57-NQ/TW"),
        ("422/qđ-ttg", "422/QĐ-TTg"),
        ("422/QĐ-TTG", "422/QĐ-TTg"),
        ("315/bc-bkhcn", "315/BC-BKHCN"),
        ("562/bkhcn-vcl", "562/BKHCN-VCL"),
        ("193/2025/qh15", "193/2025/QH15"),
        (" 57 - NQ / TW ", "57-NQ/TW"),
        ("57–NQ/TW", "57-NQ/TW"),
        ("71/NQ—CP", "71/NQ-CP"),
        ("422/QÐ-TTg", "422/QĐ-TTg"),
        ("422/Q\u0110-TTg ngày 05/3/2025", "422/QĐ-TTg"),
        ("Số: 71/NQ-CP", "71/NQ-CP"),
        ("Nghị quyết số 57-NQ/TW ngày 22/12/2024", "57-NQ/TW"),
        ("Quyết định 766/QĐ-TTg", "766/QĐ-TTg"),
        ("4/2025/TT-VPCP", "04/2025/TT-VPCP"),
        ("1/CT-TTg", "01/CT-TTg"),
        ("30-2020-ND-CP", "30/2020/NĐ-CP"),
        ("71-NQ-CP", "71/NQ-CP"),
        ("71/NQ/CP", "71/NQ-CP"),
        ("57/NQ/TW", "57-NQ/TW"),
    ],
)
def test_a_faulty_form_is_set_right_and_said(raw, canonical):
    symbol = read(raw)
    assert symbol.canonical == canonical
    assert symbol.fixes


@pytest.mark.parametrize(
    "raw",
    [
        "", "71", "Nghị quyết 71", "NQ-CP", "02-QC", "06/CP", "0/NQ-CP", "71/NQ-", "71//NQ-CP", "193/QH15",
        "12/1800/NĐ-CP", "57-2025-NQ/TW", "12/2025/XX-YY", "12-XX/TW", "71/NQ-CP và 57-NQ/TW", "31/12/2025",
        "12-QĐ-ABC",
        "9" * 500, "123456/NQ-CP", "²/NQ-CP", "12/" + "A" * 200,
    ],
)  # fmt: skip
def test_what_is_no_symbol_is_refused_in_words(raw):
    assert isinstance(parse_symbol(raw), Say)


def test_hd_is_guidance_although_a_contract_looks_alike():
    assert (read("12/HD-BTC").type_code, read("12/HĐ-BTC").type_code) == ("HD", "HĐ")


def test_an_unknown_issuer_stays_as_written():
    assert read("15/KH-SKHCN").issuer_code == "SKHCN"


@covers("1.09")
def test_three_resolutions_71_are_three():
    of_2025, of_2016 = identity(read("71/NQ-CP"), 2025), identity(read("71/NQ-CP"), 2016)
    assert len({of_2025, of_2016, identity(read("71-NQ/TW"), 2025)}) == 3


@pytest.mark.parametrize(("one", "other"), [("4/2025/TT-VPCP", "04/2025/TT-VPCP"), ("03-NQ/CP", "3/NQ-CP")])
def test_one_document_has_one_identity_however_it_is_written(one, other):
    assert identity(read(one), 2025) == identity(read(other), 2025)


def test_the_year_in_the_symbol_goes_first():
    assert identity(read("118/2025/NĐ-CP"), 2026) == identity(read("118/2025/NĐ-CP"), 2025)


@pytest.mark.parametrize(("year", "wrong"), [(2025, False), (2024, True)])
def test_the_day_of_issue_must_fit_the_year_inside(year, wrong):
    assert (year_problem(read("118/2025/NĐ-CP"), year) is not None) is wrong


def test_there_are_29_kinds_of_administrative_documents():
    assert len({*ADMINISTRATIVE, LETTER}) == 29


@given(st.sampled_from(sorted(TYPES)), st.sampled_from(sorted(STATE_ISSUERS)), st.integers(1, 99_999))
def test_any_known_type_and_issuer_is_read_back(code, issuer, number):
    symbol = read(f"{number}/{code}-{issuer}")
    assert (symbol.type_code, symbol.issuer_code, symbol.number) == (code, issuer, number)


@given(st.text(alphabet="0123456789/-–QĐĐNDTWCPg .ðVB", max_size=40) | st.text(max_size=60))
def test_reading_twice_is_reading_once_and_nothing_crashes(raw):
    symbol = parse_symbol(raw)
    assert isinstance(symbol, Say) or read(symbol.canonical).canonical == symbol.canonical
