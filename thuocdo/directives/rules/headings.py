"""The headings under which tables keep a field, and where they stand in a sheet."""

import re
from dataclasses import dataclass
from enum import StrEnum

from thuocdo.directives.rules.grid import Filled, text
from thuocdo.lib.fold import fold

TITLE_ROWS = 60  # headings are looked for in so many rows from the top
DEEPEST = 3  # rows that headings may take


class Field(StrEnum):
    """What a column of a table of obligations holds."""

    ORDINAL = "ordinal"
    GROUP = "group"
    WORK = "work"
    LEAD = "lead"
    COORDINATORS = "coordinators"
    PRODUCT = "product"
    LIMIT = "limit"
    ASSIGNED_BY = "assigned_by"
    KEY = "key"
    PERSON = "person"
    AUTHORITY = "authority"


# As offices write them (vi, en, fr, de); case, marks, brackets and underscores do not count.
HEADINGS: dict[Field, tuple[str, ...]] = {
    Field.ORDINAL: (
        "TT", "STT", "Số TT", "Số thứ tự", "Thứ tự", "No", "No.", "#", "Number", "Ordinal",
        "Nr.", "Lfd. Nr.", "N°",
    ),
    Field.GROUP: ("Nhóm", "Nhóm nhiệm vụ", "Lĩnh vực", "Group", "Gruppe", "Groupe"),
    Field.WORK: (
        "Nhiệm vụ", "Tên nhiệm vụ", "Nội dung", "Nội dung nhiệm vụ",
        "Nội dung công việc", "Nội dung thực hiện",
        "Công việc", "Nhiệm vụ cụ thể", "Nhiệm vụ, giải pháp",
        "Nhiệm vụ giải pháp", "Nhiệm vụ được giao",
        "Tên nhiệm vụ, giải pháp", "Nhiệm vụ/giải pháp", "Tên công việc", "Nhiệm vụ giao",
        "Work", "Task", "Tasks", "Title", "Short title", "Obligation", "Content",
        "Aufgabe", "Aufgaben", "Tâche",
    ),
    Field.LEAD: (
        "Chủ trì", "Cơ quan chủ trì", "Đơn vị chủ trì",
        "Cơ quan, đơn vị chủ trì", "Cơ quan chủ trì thực hiện",
        "Đơn vị chủ trì thực hiện", "Bộ, ngành, địa phương chủ trì", "Bộ, cơ quan chủ trì",
        "Cơ quan thực hiện",
        "Đơn vị thực hiện", "Cơ quan chịu trách nhiệm", "Trách nhiệm chủ trì",
        "Lead", "Lead agency", "Lead unit", "Responsible agency",
        "Federführung", "Federführende Behörde", "Organisme responsable",
    ),
    Field.COORDINATORS: (
        "Phối hợp", "Cơ quan phối hợp", "Đơn vị phối hợp",
        "Cơ quan, đơn vị phối hợp", "Cơ quan phối hợp thực hiện",
        "Đơn vị phối hợp thực hiện", "Bộ, cơ quan phối hợp",
        "Coordinating", "Coordinators", "Coordinating agency", "Coordinating agencies", "Support",
        "Mitwirkung", "Mitwirkende Behörden", "Organismes associés",
    ),
    Field.PRODUCT: (
        "Sản phẩm", "Kết quả", "Kết quả, sản phẩm", "Sản phẩm, kết quả",
        "Kết quả/sản phẩm", "Sản phẩm/kết quả",
        "Sản phẩm đầu ra", "Kết quả đầu ra", "Kết quả yêu cầu", "Sản phẩm dự kiến", "Dự kiến sản phẩm",
        "Yêu cầu kết quả", "Sản phẩm hoàn thành", "Kết quả cần đạt",
        "Product", "Output", "Result", "Deliverable",
        "Ergebnis", "Produit",
    ),
    Field.LIMIT: (
        "Thời hạn", "Hạn", "Thời hạn hoàn thành", "Thời gian hoàn thành",
        "Hạn hoàn thành", "Thời gian thực hiện",
        "Thời hạn thực hiện", "Thời gian", "Tiến độ hoàn thành", "Thời điểm hoàn thành", "Hạn xử lý",
        "Limit", "Time limit", "Deadline", "Deadline raw", "Due", "Due date", "Completion time",
        "Frist", "Délai",
    ),
    Field.ASSIGNED_BY: (
        "Văn bản giao", "Văn bản giao việc", "Văn bản giao nhiệm vụ", "Văn bản chỉ đạo",
        "Căn cứ", "Căn cứ giao",
        "Số văn bản", "Số, ký hiệu", "Số ký hiệu", "Số, ký hiệu văn bản",
        "Assigned by", "Assigning document", "Directive", "Document", "Symbol",
        "Weisung", "Aktenzeichen", "Texte prescripteur",
    ),
    Field.KEY: (
        "Trọng tâm", "Nhiệm vụ trọng tâm", "Trọng điểm", "Key", "Key duty", "Key task",
        "Schwerpunktaufgabe", "Tâche clé",
    ),
    Field.PERSON: (
        "Người đứng đầu", "Người chịu trách nhiệm", "Người đứng đầu chịu trách nhiệm",
        "Lãnh đạo phụ trách",
        "Lãnh đạo chịu trách nhiệm", "Rõ người", "Person", "Answerable head", "Head",
        "Verantwortliche Leitung", "Dirigeant responsable",
    ),
    Field.AUTHORITY: (
        "Thẩm quyền", "Cấp có thẩm quyền", "Cấp trình", "Thẩm quyền ban hành",
        "Rõ thẩm quyền", "Authority", "Befugnis", "Compétence",
    ),
}  # fmt: skip


def _key(heading: str) -> str:
    bare = re.sub(r"\([^)]*\)", " ", fold(heading))
    return " ".join(re.sub(r"[_/,.:;*-]", " ", bare).split()) or fold(heading)


FIELDS = {_key(heading): name for name, headings in HEADINGS.items() for heading in headings}
INDEX_CELL = re.compile(r"\(?\d{1,2}\)?|\(?[a-h]\)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Headings:
    """Which column holds which field, and the rows the headings take: from `top`, before `body`."""

    columns: dict[Field, int]
    top: int
    body: int
    labels: frozenset[tuple[int, str]]  # every heading with its column, as printed
    unread: tuple[tuple[int, str], ...]  # columns with a heading that is no field's, or a field's second one


def field_of(heading: str) -> Field | None:
    """The field a heading stands for."""
    return FIELDS.get(_key(heading)) if len(heading) <= 80 else None


def find(filled: Filled) -> Headings | None:
    """The first rows that name the work together with its lead or its limit."""
    rows = [[text(cell) for cell in row] for row in filled.rows[: TITLE_ROWS + DEEPEST]]
    for top in range(min(TITLE_ROWS, len(rows))):
        if any(field_of(cell) for cell in rows[top]):
            found = _headings(rows, top)
            if Field.WORK in found.columns and {Field.LEAD, Field.LIMIT} & set(found.columns):
                return found
    return None


def _headings(rows: list[list[str]], top: int) -> Headings:
    body = top + 1
    while body < min(top + DEEPEST, len(rows)) and _only_headings(rows[body]):
        body += 1
    columns: dict[Field, int] = {}
    unread: list[tuple[int, str]] = []
    for column in range(max(len(row) for row in rows[top:body])):
        labels = [row[column] for row in rows[top:body] if column < len(row) and row[column]]
        name = _field(labels)
        if name is not None and name not in columns:
            columns[name] = column
        elif labels:
            unread.append((column, labels[-1]))
    printed = frozenset((n, cell) for row in rows[top:body] for n, cell in enumerate(row) if cell)
    return Headings(columns, top, body, printed, tuple(unread))


def _field(labels: list[str]) -> Field | None:
    """The field of a column by its lowest heading, by all together, then by the upper ones."""
    for label in (*labels[-1:], " ".join(labels), *reversed(labels[:-1])):
        if name := field_of(label):
            return name
    return None


def _only_headings(row: list[str]) -> bool:
    cells = [cell for cell in row if cell]
    return bool(cells) and all(field_of(cell) for cell in cells)


def is_index(cells: list[str]) -> bool:
    """A row that numbers the columns: (1) (2) (3) …"""
    return len(cells) > 2 and all(INDEX_CELL.fullmatch(cell) for cell in cells)
