"""Which agencies and groups a cell names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.directives.names2025 import KEYS, name_index
from tests.marks import covers
from thuocdo.directives.rules.collectives import Collective, phrases
from thuocdo.directives.rules.names import Leads, Name, NameIndex, read_leads

INDEX = name_index()
M, L, C = Collective.ALL_MINISTRIES, Collective.ALL_LOCALITIES, Collective.CENTRALLY_RUN_CITIES
NAMES = {key: name for name, key in KEYS.items()}


def read(cell: str) -> Leads:
    return read_leads(cell, INDEX)


def named(cell: str) -> list[str]:
    return [NAMES[key] for key in read(cell).agency_keys]


@covers("1.24")
@pytest.mark.parametrize("cell", [*KEYS, *(name.upper() for name in KEYS), *(name + "." for name in KEYS)])
def test_a_name_alone_is_one_agency(cell):
    assert read(cell) == Leads(
        agency_keys=(KEYS[next(n for n in KEYS if n.casefold() == cell.casefold().strip("."))],)
    )


@covers("1.24")
@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Bộ Văn hóa, Thể thao và Du lịch", ["Bộ Văn hóa, Thể thao và Du lịch"]),
        ("Bộ Văn hoá, Thể thao và Du lịch", ["Bộ Văn hóa, Thể thao và Du lịch"]),
        ("bo van hoa the thao va du lich", ["Bộ Văn hóa, Thể thao và Du lịch"]),
        ("BKHCN", ["Bộ Khoa học và Công nghệ"]),
        ("Bộ KH&CN", ["Bộ Khoa học và Công nghệ"]),
        ("Bộ KH & CN; BCA", ["Bộ Khoa học và Công nghệ", "Bộ Công an"]),
        ("Bộ Khoa học\nvà Công nghệ", ["Bộ Khoa học và Công nghệ"]),
        ("Bộ Khoa học và Công nghệ (BKHCN)", ["Bộ Khoa học và Công nghệ"]),
        ("Văn phòng Chính phủ; Bộ Công an", ["Văn phòng Chính phủ", "Bộ Công an"]),
        ("- Bộ Công an\n- Bộ Quốc phòng", ["Bộ Công an", "Bộ Quốc phòng"]),
        ("1. Bộ Công an\n2. Bộ Quốc phòng", ["Bộ Công an", "Bộ Quốc phòng"]),
        ("Bộ Công an/Bộ Quốc phòng", ["Bộ Công an", "Bộ Quốc phòng"]),
        ("Bộ Công an - Bộ Quốc phòng", ["Bộ Công an", "Bộ Quốc phòng"]),
        ("Bộ Công an (chủ trì), Bộ Y tế", ["Bộ Công an", "Bộ Y tế"]),
        ("Bộ Công an chủ trì", ["Bộ Công an"]),
        ("Chủ trì: Bộ Công an", ["Bộ Công an"]),
        ("Bộ Công an, Bộ Công an", ["Bộ Công an"]),
        ("Bộ Lao động – Thương binh và Xã hội, Bộ Y tế", ["Bộ Lao động - Thương binh và Xã hội", "Bộ Y tế"]),
        ("Bộ Khoa học và Công nghệ và Bộ Y tế", ["Bộ Khoa học và Công nghệ", "Bộ Y tế"]),
        (
            "Viện Hàn lâm Khoa học và Công nghệ Việt Nam, Viện Hàn lâm Khoa học Xã hội Việt Nam",
            ["Viện Hàn lâm Khoa học và Công nghệ Việt Nam", "Viện Hàn lâm Khoa học Xã hội Việt Nam"],
        ),
    ],
)
def test_known_names_are_found_the_longest_first(cell, names):
    assert (named(cell), read(cell).unknown) == (names, ())


@covers("1.24")
@pytest.mark.parametrize(
    ("cell", "groups"),
    [
        ("Các bộ, ngành", (M,)),
        ("bộ, ngành", (M,)),
        ("Các địa phương", (L,)),
        ("Địa phương", (L,)),
        ("UBND các tỉnh, thành phố", (L,)),
        ("Các tỉnh, thành phố trực thuộc TW", (L,)),
        ("Các thành phố trực thuộc Trung ương", (C,)),
        ("Các bộ, ngành, địa phương", (M, L)),
        ("Bộ, ngành, địa phương", (M, L)),
        ("Các bộ, ngành và địa phương", (M, L)),
        ("Các bộ, ngành; các địa phương", (M, L)),
        ("CÁC BỘ, NGÀNH, ĐỊA PHƯƠNG", (M, L)),
        ("Các Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ và UBND các tỉnh, thành phố", (M, L)),
        ("ministries and localities", (M, L)),
    ],
)
def test_groups_are_groups(cell, groups):
    assert read(cell) == Leads(collectives=groups)


@covers("1.24")
@pytest.mark.parametrize(
    ("cell", "unknown"),
    [
        ("một số tỉnh đủ điều kiện", ("một số tỉnh đủ điều kiện",)),
        ("Địa phương được lựa chọn", ("Địa phương được lựa chọn",)),
        ("cơ quan liên quan", ("cơ quan liên quan",)),
        ("Các bộ, ngành liên quan", ("Các bộ, ngành liên quan",)),
        ("Các bộ, ngành, địa phương có liên quan", ("Các bộ, ngành, địa phương có liên quan",)),
        ("Các bộ, ngành là chủ quản CSDL", ("Các bộ, ngành là chủ quản CSDL",)),
        ("Văn phòng Bộ Công an", ("Văn phòng Bộ Công an",)),
        ("Bộ Công an tỉnh", ("Bộ Công an tỉnh",)),
        ("Các Bộ: Công an, Quốc phòng", ("Các Bộ: Công an", "Quốc phòng")),
        ("Tập đoàn, doanh nghiệp công nghệ số", ("Tập đoàn", "doanh nghiệp công nghệ số")),
        ("phối hợp: Bộ Công an, Bộ Y tế", ("phối hợp: Bộ Công an, Bộ Y tế",)),
    ],
)
def test_what_is_not_known_is_asked_for(cell, unknown):
    assert read(cell) == Leads(unknown=unknown)


@covers("1.24")
@pytest.mark.parametrize(
    ("cell", "names", "groups", "unknown"),
    [
        ("Bộ Khoa học và Công nghệ và các địa phương", ["Bộ Khoa học và Công nghệ"], (L,), ()),
        (
            "Các thành phố trực thuộc Trung ương và một số tỉnh đủ điều kiện",
            [], (C,), ("một số tỉnh đủ điều kiện",),
        ),
        ("Một số tỉnh và Bộ Công an", ["Bộ Công an"], (), ("Một số tỉnh",)),
        ("Bộ Tư pháp, các bộ, ngành", ["Bộ Tư pháp"], (M,), ()),
        ("Cục Chuyển đổi số, Bộ Y tế", ["Bộ Y tế"], (), ("Cục Chuyển đổi số",)),
    ],
)  # fmt: skip
def test_a_mixed_cell_gives_every_part(cell, names, groups, unknown):
    leads = read(cell)
    assert (named(cell), leads.collectives, leads.unknown) == (names, groups, unknown)


def test_a_name_read_without_its_marks_is_said():
    assert [str(note) for note in read("bo cong an").notes] == ["“bo cong an” was read as “Bộ Công an”."]


def test_one_spelling_of_two_agencies_is_a_question():
    index = NameIndex([Name(1, "Sở Lộc"), Name(2, "Sở Lốc")])
    assert read_leads("so loc", index).agency_keys == ()
    assert read_leads("Sở Lốc", index).agency_keys == (2,)


@pytest.mark.parametrize(
    ("cell", "several"), [("BCA, BYT", True), ("BCA, các địa phương", False), ("BCA", False)]
)
def test_several_means_several_by_name(cell, several):
    assert read(cell).several is several


PIECES = st.sampled_from([*KEYS, *list(phrases())[-30:], "và", ",", ";", "(", "liên quan", "1.", "\n", "x"])


@given(st.lists(PIECES, max_size=8).map(" ".join) | st.text(max_size=60))
def test_no_word_is_dropped_in_silence(cell):
    leads = read(cell)
    assert any((leads.agency_keys, leads.collectives, leads.unknown)) or len(cell.split()) < 9


@given(
    st.lists(st.sampled_from(sorted(KEYS)), min_size=1, max_size=6, unique=True),
    st.sampled_from([", ", "; ", "\n", " và "]),
)
def test_any_list_of_names_is_read_back(names, mark):
    assert named(mark.join(names)) == names
