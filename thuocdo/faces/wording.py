"""Values and sentences in the reader's language: dates, numbers, money, a rule's `Say`."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import parse_pattern
from django.utils.translation import get_language, gettext, ngettext

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.lib.moments import DAY_MAX, DAY_MIN, ZONE
from thuocdo.lib.say import Say

Number = int | Decimal | float
NOTHING = "—"
DAYS = {"vi": "dd/MM/yyyy", "fr": "dd/MM/yyyy", "de": "dd.MM.yyyy", "en": "d MMMM yyyy"}
WEEKDAYS = {"vi": "EEEEE", "fr": "EEE", "de": "EEEEEE", "en": "EEE"}
MONTHS = {"vi": "'tháng' M/yyyy", "fr": "LLLL yyyy", "de": "LLLL yyyy", "en": "LLLL yyyy"}


@lru_cache(maxsize=8)
def locale(language: str) -> Locale:
    """Babel's locale of one of our languages; English in the British form."""
    return Locale.parse({"en": "en_GB"}.get(language, language))


def reader_language() -> str:
    """The language of the page being made: vi, en, fr or de."""
    return (get_language() or "en")[:2]


def day(value: date | datetime | None) -> str:
    """30/09/2025, 30 September 2025, 30.09.2025; a moment gives its day in Vietnam; an open end says so."""
    if isinstance(value, datetime):
        value = value.astimezone(ZONE).date()
    if value is None:
        return NOTHING
    if value >= DAY_MAX:
        return gettext("until further notice")
    if value <= DAY_MIN:
        return gettext("since the beginning")
    return _day(value, reader_language())


@lru_cache(maxsize=4096)
def _day(value: date, language: str) -> str:
    return str(format_date(value, DAYS[language], locale=locale(language)))


def weekday(value: date | None) -> str:
    """The short name of the day of the week."""
    return NOTHING if value is None else _weekday(value.weekday(), reader_language())


@lru_cache(maxsize=32)
def _weekday(number: int, language: str) -> str:
    return str(format_date(date(2024, 1, 1 + number), WEEKDAYS[language], locale=locale(language)))


def month(value: date | None) -> str:
    """September 2025 in the reader's language."""
    if value is None:
        return NOTHING
    language = reader_language()
    return str(format_date(value, MONTHS[language], locale=locale(language)))


def moment(value: datetime | None) -> str:
    """The day and the minute in Vietnam."""
    return NOTHING if value is None else f"{day(value)} {value.astimezone(ZONE):%H:%M}"


def number(value: Number | None, places: int | None = None) -> str:
    """1.234,5 (vi, de), 1 234,5 (fr), 1,234.5 (en); `places` fixes the decimals, None keeps those given."""
    if value is None:
        return NOTHING
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if places is None:
        places = max(0, -_exponent(exact.normalize()))
    return _number(exact, places, reader_language())


@lru_cache(maxsize=4096)
def _number(value: Decimal, places: int, language: str) -> str:
    return str(_pattern(places).apply(value, locale(language)))


def percent(value: Number | None, places: int | None = None) -> str:
    """A share of one as percent: 0.803 is 80.3 %, 80,3 % … with the space each language puts."""
    if value is None:
        return NOTHING
    share = Decimal(str(value)) * 100
    shown = number(round(share, 1) if places is None else share, places)
    return shown + ("%" if reader_language() in ("vi", "en") else "\u202f%")


def money(value: Number | None, currency: str = "VND") -> str:
    """An amount with its currency; đồng without decimals: 1.234.567 ₫ in vi, 1,234,567 VND in en."""
    if value is None:
        return NOTHING
    unit = "₫" if currency == "VND" and reader_language() == "vi" else currency
    return f"{number(value, 0 if currency == 'VND' else 2)}\u00a0{unit}"


def tell(said: object) -> str:
    """A rule's sentence in the reader's language, values in the language's form; anything else as `shown`."""
    if not isinstance(said, Say):
        return shown(said)
    text = gettext(said.text)
    if said.number is not None:
        text = ngettext(said.text, said.plural, said.number)
    return text % {name: shown(value) for name, value in said.values} if said.values else text


def shown(value: object) -> str:
    """Any value as the reader writes it."""
    for kind, form in FORMS:
        if isinstance(value, kind):
            return form(value)
    return NOTHING if value is None else str(getattr(value, "label", value))


def name_of(agency: Agency | None) -> str:
    """The agency's name in the reader's language where it has one, else the authoritative Vietnamese."""
    if agency is None:
        return ""
    return getattr(agency, f"name_{reader_language()}", "") or agency.name


def person(user: User) -> str:
    """A person's name; of one whose data were erased, that they left, and when that was (2.22)."""
    if user.name:
        return user.name
    return gettext("a person who left (erased on %(day)s)") % {"day": day(user.erasure.happened_on)}


def _listed(values: list[object] | tuple[object, ...]) -> str:
    return ", ".join(shown(value) for value in values)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


@lru_cache(maxsize=32)
def _pattern(places: int):  # type: ignore[no-untyped-def]  # noqa: ANN202 - Babel's pattern has no public type
    return parse_pattern("#,##0" + ("." + "0" * places if places else ""))


FORMS: tuple[tuple[type | tuple[type, ...], Callable[..., str]], ...] = (
    (Say, tell),
    (Agency, name_of),
    (bool, str),
    (datetime, moment),
    (date, day),
    (time, lambda hour: f"{hour:%H:%M}"),
    (str, lambda text: str(getattr(text, "label", text))),
    ((int, Decimal, float), number),
    ((list, tuple), _listed),
)
