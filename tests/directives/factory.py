"""A small world of texts: the Government's Resolution 71/NQ-CP with what it obliges to."""

from datetime import UTC, date, datetime, time

from thuocdo.agencies.models import Agency
from thuocdo.directives import actions
from thuocdo.directives.actions import Awaited, Duty, Shown, Text
from thuocdo.directives.enums import LimitKind
from thuocdo.directives.models import Directive, Obligation, Provision, Source

NINE = datetime(2025, 4, 2, 2, 0, tzinfo=UTC)  # nine in the morning in Hà Nội, the day after 71/NQ-CP
FIRST_OF_APRIL = date(2025, 4, 1)
ALL = Shown(progress=True, responsibility=True, results=True)
WORDS = {LimitKind.STANDING: "thường xuyên", LimitKind.ANNUAL: "hằng năm", LimitKind.NONE: ""}


def directive(
    symbol="71/NQ-CP",
    *,
    issued_on: date | None = FIRST_OF_APRIL,
    title="Chương trình hành động của Chính phủ",
    issuer: Agency | None = None,
    public=False,
    at=NINE,
) -> Directive:
    """A text that stands in the register, from `at` or else its day of issue; `issued_on=None`: awaited."""
    if issued_on is None:
        awaited = Awaited(title=title, awaited_from=FIRST_OF_APRIL, issuer=issuer)
        return actions.expect(text=awaited, by=None, at=at)
    at = max(at, datetime.combine(issued_on, time(5), UTC))
    text = Text(symbol=symbol, title=title, issued_on=issued_on, issuer=issuer)
    row = actions.register(text=text, by=None, at=at).directive
    if public:
        actions.publish(directive=row, shown=ALL, decided_on=issued_on, by=None, at=at)
    return row


def provision(of: Directive, label="Phụ lục I, số 1", *, at=NINE) -> Provision:
    """A line of an appendix, the same one when it is asked for again."""
    found = Provision.objects.filter(directive=of, label=label).first()
    ordinal = Provision.objects.filter(directive=of).count() + 1
    return found or actions.add_provision(directive=of, label=label, ordinal=ordinal, by=None, at=at)


def obligation(
    of: Directive | None = None,
    work="Ban hành kế hoạch chuyển đổi số",
    *,
    due: date | None = date(2025, 12, 31),
    kind: LimitKind | None = None,
    key="",
    at=NINE,
) -> Obligation:
    """A duty of the text (71/NQ-CP), due on the day; `due=None`: standing, annual, or without a limit."""
    of = of or Directive.objects.filter(symbol="71/NQ-CP").first() or directive()
    at = max(at, of.recorded_at)
    number = Obligation.objects.filter(directive=of).count() + 1
    line = provision(of, f"Phụ lục I, số {number}", at=at)
    limit = due if due and kind in (None, LimitKind.DATE) else WORDS[kind or LimitKind.NONE]
    duty = Duty(key=key or str(number), work=work, limit=limit)
    return actions.add_obligation(provision=line, duty=duty, by=None, at=at).obligation


def source(key="printed", title="Báo cáo công tác tháng 9", *, at=NINE) -> Source:
    """A printed report."""
    return actions.register_source(key=key, title=title, by=None, at=at)
