"""Small workbooks made on the spot, for tests of reading them."""

import csv
import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

Rows = Sequence[Sequence[object]]
Ranges = Sequence[tuple[int, int, int, int]]

ROWS: list[list[object]] = [
    ["PHỤ LỤC II"],
    ["Danh mục nhiệm vụ (Kèm theo Nghị quyết số 71/NQ-CP)"],
    [],
    ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời gian hoàn thành"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
    ["I", "Nâng cao nhận thức", None, None, None, None],
    [
        1,
        "Xây dựng chương trình truyền thông",
        "Bộ KH&CN",
        "Các bộ, ngành, địa phương",
        "Quyết định",
        "6/2025",
    ],
    [2, "Quy tắc ứng xử", "Bộ Văn hóa, Thể thao và Du lịch", None, "Quyết định", 2025],
    ["II", "Hoàn thiện thể chế", None, None, None, None],
    [3, "Sửa đổi luật", "Bộ Tài chính, Bộ Công an", "Bộ Tư pháp", "Luật", "Quý IV/2025"],
    [4, "Nộp hồ sơ", "Các địa phương", None, "Báo cáo", "Thường xuyên"],
    [5, "Sai ngày", "Bộ Công an", None, "Báo cáo", "31/4/2025"],
]


def xlsx(rows: Rows = ROWS, merged: Ranges = (), sheet: str = "Phụ lục") -> bytes:
    """`merged`: first row, first column, last row, last column, from 0."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet(sheet)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for top, left, bottom, right in merged:
        page.merge_range(top, left, bottom, right, "")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(r, c, cell, day)
            elif cell is not None:
                page.write(r, c, cell)
    book.close()
    return target.getvalue()


def ods(rows: Rows = ROWS, merged: Ranges = (), sheet: str = "Phụ lục") -> bytes:
    heads = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merged}
    covered = {
        (r, c) for t, left, b, right in merged for r in range(t, b + 1) for c in range(left, right + 1)
    } - set(heads)
    book = OpenDocumentSpreadsheet()
    table = Table(name=sheet)
    for r, row in enumerate(rows):
        line = TableRow()
        for c, cell in enumerate(row):
            line.addElement(CoveredTableCell() if (r, c) in covered else _ods_cell(cell, heads.get((r, c))))
        if not row:
            line.addElement(TableCell())
        table.addElement(line)
    book.spreadsheet.addElement(table)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _ods_cell(cell: object, span: tuple[int, int] | None) -> TableCell:
    spans = {"numberrowsspanned": span[0], "numbercolumnsspanned": span[1]} if span else {}
    if cell is None:
        return TableCell(**spans)
    if isinstance(cell, int):
        kept = TableCell(valuetype="float", value=str(cell), **spans)
    elif isinstance(cell, date):
        kept = TableCell(valuetype="date", datevalue=cell.isoformat(), **spans)
    else:
        kept = TableCell(valuetype="string", **spans)
    kept.addElement(P(text=str(cell)))
    return kept


def csv_text(rows: Rows = ROWS, separator: str = ",") -> str:
    target = io.StringIO()
    csv.writer(target, delimiter=separator).writerows([["" if c is None else c for c in row] for row in rows])
    return target.getvalue()
