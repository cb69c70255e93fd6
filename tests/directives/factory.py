"""A small world of texts: the Government's Resolution 71/NQ-CP with what it obliges to."""

import re
from datetime import UTC, date, datetime

from thuocdo.agencies.enums import Side
from thuocdo.agencies.models import Agency
from thuocdo.directives.enums import DirectiveState, LimitKind
from thuocdo.directives.models import Directive, Obligation, Provision, Source
from thuocdo.lib.fold import fold

NINE = datetime(2025, 4, 2, 2, 0, tzinfo=UTC)  # nine in the morning in Hà Nội, the day after 71/NQ-CP
FIRST_OF_APRIL = date(2025, 4, 1)


def directive(
    symbol="71/NQ-CP",
    *,
    issued_on=FIRST_OF_APRIL,
    title="Chương trình hành động của Chính phủ",
    issuer: Agency | None = None,
    at=NINE,
) -> Directive:
    """A directive that stands in the register; `issued_on=None`: awaited."""
    found = re.match(r"(?P<n>\d+)[/-](?P<rest>.+)", symbol)
    return Directive.objects.create(
        symbol=symbol,
        symbol_raw=symbol,
        number=int(found["n"]) if issued_on and found else None,
        type_code="",
        issuer_code=found["rest"] if found else symbol,
        year=issued_on.year if issued_on else None,
        side=Side.STATE,
        issuer=issuer,
        state=DirectiveState.ISSUED if issued_on else DirectiveState.AWAITED,
        issued_on=issued_on,
        title=title,
        folded=fold(f"{symbol} {title}"),
        recorded_at=at,
    )


def provision(of: Directive, label="Phụ lục I, số 1", *, at=NINE) -> Provision:
    """A line of an appendix."""
    found = Provision.objects.filter(directive=of, label=label).first()
    ordinal = Provision.objects.filter(directive=of).count() + 1
    return found or Provision.objects.create(directive=of, label=label, ordinal=ordinal, recorded_at=at)


def obligation(
    of: Directive | None = None,
    work="Ban hành kế hoạch chuyển đổi số",
    *,
    due: date | None = date(2025, 12, 31),
    kind: LimitKind | None = None,
    key="",
    at=NINE,
) -> Obligation:
    """A duty of the directive, due on the day; `due=None` without a kind: no limit stated."""
    of = of or directive()
    number = Obligation.objects.filter(directive=of).count() + 1
    return Obligation.objects.create(
        provision=provision(of, f"Phụ lục I, số {number}", at=at),
        directive=of,
        key=key or str(number),
        work=work,
        limit_raw=f"{due:%d/%m/%Y}" if due else "",
        limit_kind=kind or (LimitKind.DATE if due else LimitKind.NONE),
        limit_on=due,
        folded=fold(work),
        recorded_at=at,
    )


def source(key="printed", title="Báo cáo công tác tháng 9", *, at=NINE) -> Source:
    """A printed report."""
    return Source.objects.create(key=key, title=title, recorded_at=at)
