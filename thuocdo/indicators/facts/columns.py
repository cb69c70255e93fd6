"""The columns of the files that one-stop systems hand over, as docs/facts.md lists them (3.12)."""

from dataclasses import dataclass
from enum import StrEnum

from thuocdo.lib.say import Say, say


class Kind(StrEnum):
    """What the rows of a file are."""

    DOSSIERS = "dossiers"
    PROCEDURES = "procedures"
    PETITIONS = "petitions"
    COUNTS = "counts"


class Form(StrEnum):
    """How a cell is written."""

    TEXT = "text"
    DAY = "day"  # 2026-09-30 or 30/09/2026
    NUMBER = "number"  # whole
    POINTS = "points"  # 5.42
    YES_NO = "yes or no"  # 1 or 0; empty: not known
    MONTH = "month"  # 2026-09
    PERIOD = "period"  # 2026-09 or 2026-Q3


SQL_TYPES = {
    Form.TEXT: "VARCHAR",
    Form.DAY: "DATE",
    Form.NUMBER: "BIGINT",
    Form.POINTS: "DECIMAL(9, 4)",
    Form.YES_NO: "TINYINT",
    Form.MONTH: "INTEGER",
    Form.PERIOD: "INTEGER",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `most`: the largest whole number that makes sense."""

    name: str
    form: Form
    means: str
    required: bool = False
    least: int = 0
    most: int = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Check:
    """A check over several columns: when a row is wrong, the column named, the reason."""

    column: str
    wrong: str
    reason: Say


def _day(name: str, means: str, *, required: bool = False) -> Column:
    return Column(name, Form.DAY, means, required)


def _yes(name: str, means: str) -> Column:
    return Column(name, Form.YES_NO, means, most=1)


CODE = Column("code", Form.TEXT, "the code of the row in the system that hands it over", required=True)
VERSION = Column(
    "version", Form.NUMBER, "1, then one more with each change of the row", required=True, least=1
)
UNIT = Column("unit", Form.TEXT, "code of the agency that handles it", required=True)

COLUMNS: dict[Kind, tuple[Column, ...]] = {
    Kind.DOSSIERS: (
        CODE, VERSION, UNIT,
        Column("procedure", Form.TEXT, "code of the procedure", required=True),
        _day("filed_on", "the citizen handed it in", required=True),
        _day("received_on", "taken up; the official clock begins. Empty: not taken up"),
        _day("promised_on", "day of return on the slip (ngày hẹn trả)"),
        _day("first_promised_on", "the first such day, where it was moved"),
        Column("limit_days", Form.NUMBER, "working days that the law gives", least=1, most=1000),
        Column("channel", Form.NUMBER, "1 at the counter, 2 online, 3 by post", least=1, most=3),
        _day("done_on", "Đã xử lý xong"),
        _day("returned_on", "Đã trả kết quả"),
        _day("refused_on", "Từ chối"),
        _day("stopped_on", "Dừng xử lý"),
        _day("withdrawn_on", "Công dân yêu cầu rút hồ sơ"),
        _day("collected_on", "the citizen has the result; empty: on the day it was returned"),
        _day("requested_on", "a supplement was asked for"),
        _day("supplied_on", "the citizen brought it"),
        _day("requested_again_on", "a supplement was asked for once more"),
        Column("items_listed", Form.NUMBER, "how many papers the request names", most=1000),
        Column("refiles", Form.TEXT, "code of the refused dossier of the same matter"),
        _yes("paper_result", "a paper result is due"),
        _yes("electronic_result", "it has a result code and a link to the file"),
        Column("result_bytes", Form.NUMBER, "size of the file of the result"),
        _yes("digitised", "counted as digitised: files at the components and an electronic result"),
        Column("data_parts", Form.NUMBER, "components whose data were read, not only attached", most=1000),
        _yes("reused", "a component is re-used digitised data"),
        _yes("stored", "from, or synchronised into, the personal store on the portal"),
        _yes("citizen_data", "a verified account or population data were used"),
        _yes("synced", "synchronised to the National Portal"),
        _yes("has_fee", "something is to be paid"),
        _yes("paid_online", "paid on the portal or the agency's gateway"),
        _yes("complained", "a petition or dislike was received about it"),
        _yes("rating_asked", "the citizen was asked for a rating"),
    ),
    Kind.PROCEDURES: (
        CODE, VERSION, UNIT,
        Column("procedure", Form.TEXT, "code of the procedure", required=True),
        Column("month", Form.MONTH, "the month the row tells of", required=True),
        _day("announced_on", "day of the decision that announced it, if in this month"),
        _day("basis_effective_on", "newest day of effect of its legal basis; needed with announced_on"),
        _day("public_on", "made public on the National Database of Procedures"),
        _yes("full_content", "public with all its parts; empty: not public"),
        Column("online", Form.NUMBER, "0 not offered online, 1 partly, 2 fully", most=2),
        _yes("had_online_dossiers", "an online dossier came in the month"),
        _yes("has_fee", "it has a fee"),
        _yes("fee_offered", "its fee can be paid on the portal"),
        _yes("fee_paid_online", "a fee was paid online in the month"),
        _yes("for_citizens", "its dossiers come from citizens"),
        _yes("citizen_data", "connected to population data"),
    ),
    Kind.PETITIONS: (
        CODE, VERSION, UNIT,
        _day("received_on", "first received", required=True),
        _day("refused_on", "refused"),
        _day("requested_on", "a supplement was asked for"),
        _day("handled_on", "handled"),
        _day("published_on", "the answer was made public"),
        Column("likes", Form.NUMBER, "likes of the answer"),
        Column("dislikes", Form.NUMBER, "dislikes of the answer"),
        _yes("repeated", "repeated because of dissatisfaction"),
    ),
    Kind.COUNTS: (
        VERSION, UNIT,
        Column("period", Form.PERIOD, "the month or quarter counted", required=True),
        Column("metric", Form.TEXT, "code of the metric, of a reference count, or INDEX", required=True),
        Column("numerator", Form.NUMBER, "cases of the metric"),
        Column("denominator", Form.NUMBER, "all cases"),
        Column("points", Form.POINTS, "an official figure published elsewhere, in points", most=100),
        Column("source", Form.TEXT, "where the figure was read", required=True),
    ),
}  # fmt: skip

CHECKS: dict[Kind, tuple[Check, ...]] = {
    Kind.DOSSIERS: (
        Check("limit_days", "promised_on IS NULL AND limit_days IS NULL",
              say("neither promised_on nor limit_days is given: lateness cannot be told")),
        Check("received_on", "received_on < filed_on", say("earlier than filed_on")),
        Check("supplied_on",
              "supplied_on < requested_on OR (supplied_on IS NOT NULL AND requested_on IS NULL)",
              say("a supplement comes after its request")),
        Check("requested_again_on", "requested_again_on IS NOT NULL AND requested_on IS NULL",
              say("a second request comes after a first")),
        Check("done_on", "least(done_on, returned_on, refused_on, stopped_on, withdrawn_on, collected_on)"
              " < filed_on", say("it ended before it was filed")),
        Check("refiles", "refiles = code", say("a dossier does not refile itself")),
    ),
    Kind.PROCEDURES: (
        Check("basis_effective_on", "announced_on IS NOT NULL AND basis_effective_on IS NULL",
              say("needed with announced_on")),
        Check("announced_on", "announced_on IS NOT NULL AND"
              " year(announced_on) * 100 + month(announced_on) <> month", say("not in the month of the row")),
    ),
    Kind.PETITIONS: (
        Check("handled_on", "least(handled_on, refused_on, requested_on) < received_on",
              say("earlier than received_on")),
        Check("published_on", "published_on IS NOT NULL AND handled_on IS NULL",
              say("published, but not handled")),
    ),
    Kind.COUNTS: (
        Check("numerator", "(numerator IS NULL) <> (denominator IS NULL)",
              say("both parts are given, or none")),
        Check("numerator", "numerator > denominator", say("more cases than all cases")),
        Check("points", "points IS NULL AND numerator IS NULL", say("neither counts nor points are given")),
    ),
}  # fmt: skip
DAY_OF = {
    Kind.DOSSIERS: "coalesce(received_on, filed_on)",
    Kind.PROCEDURES: "make_date(month // 100, month % 100, 1)",
    Kind.PETITIONS: "received_on",
    Kind.COUNTS: "CASE WHEN period > 99999 THEN make_date(period // 100, period % 100, 1)"
                 " ELSE make_date(period // 10, period % 10 * 3 - 2, 1) END",
}  # fmt: skip
KEY_OF = {
    Kind.COUNTS: "unit || '/' || period || '/' || metric || CASE WHEN points IS NULL THEN '' ELSE '/p' END"
}
