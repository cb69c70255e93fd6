"""What the bodies of a territory are called, in Vietnamese as the law writes it, translated beside it."""

from dataclasses import dataclass
from datetime import date

CENTRAL_CITY = "thành phố trung ương"
CITY_WITH_ITS_RANK = "Hồ Chí Minh"  # the rank is part of this name: Thành phố Hồ Chí Minh
RANKS = {  # kind: Vietnamese, English, French, German
    "tỉnh": ("tỉnh {}", "{} Province", "de la province de {}", "der Provinz {}"),
    CENTRAL_CITY: ("thành phố {}", "{} City", "de la ville de {}", "der Stadt {}"),
    "xã": ("xã {}", "{} Commune", "de la commune de {}", "der Gemeinde {}"),
    "phường": ("phường {}", "{} Ward", "du quartier de {}", "des Stadtviertels {}"),
    "đặc khu": ("đặc khu {}", "{} Special Zone", "de la zone spéciale de {}", "der Sonderzone {}"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a body, with the other spellings offices use."""

    vi: str
    en: str
    fr: str
    de: str
    aliases: tuple[str, ...] = ()


def full_name(kind: str, name: str) -> str:
    """The unit with its rank, as in "tỉnh Lai Châu", "Thành phố Hồ Chí Minh"."""
    if name == CITY_WITH_ITS_RANK:
        return f"Thành phố {name}"
    return RANKS[kind][0].format(name) if kind in RANKS else name


def _places(kind: str, name: str) -> tuple[str, str, str]:
    _, en, fr, de = RANKS[kind]
    return en.format(name), fr.format(name), de.format(name)


def _short_places(kind: str, name: str) -> tuple[str, ...]:
    """How offices name a province when they mean its bodies."""
    rank = "TP" if kind == CENTRAL_CITY else "tỉnh"
    return (full_name(kind, name), f"{rank} {name}", f"{rank}. {name}", name)


def peoples_committee(kind: str, name: str) -> Names:
    """Ủy ban nhân dân of a province or a commune; a province's name alone is an alias, a commune's is not."""
    en, fr, de = _places(kind, name)
    place = full_name(kind, name)
    aliases = [f"UBND {place}"]
    if kind in ("tỉnh", CENTRAL_CITY):
        aliases += [f"UBND {short}" for short in _short_places(kind, name)[1:]] + list(
            _short_places(kind, name)
        )
    return Names(
        f"Ủy ban nhân dân {place}", f"People's Committee of {en}", f"Comité populaire {fr}",
        f"Volkskomitee {de}", tuple(dict.fromkeys(aliases)),
    )  # fmt: skip


def provincial_party_committee(kind: str, name: str) -> Names:
    """Tỉnh ủy of a province, Thành ủy of a centrally run city."""
    en, fr, de = _places(kind, name)
    city = kind == CENTRAL_CITY
    place = full_name(kind, name) if name == CITY_WITH_ITS_RANK else name
    title = "Thành ủy" if city else "Tỉnh ủy"
    aliases = (f"{title} {name}",) if place != name else ()
    return Names(
        f"{title} {place}",
        f"Party Committee of {en}",
        f"Comité du Parti {fr}",
        f"Parteikomitee {de}",
        aliases,
    )


def party_committee_of_peoples_committee(kind: str, name: str) -> Names:
    """Đảng ủy of a People's Committee: below the provincial Party committee, beside its own body."""
    en, fr, de = _places(kind, name)
    place = full_name(kind, name)
    return Names(
        f"Đảng ủy Ủy ban nhân dân {place}", f"Party Committee of the People's Committee of {en}",
        f"Comité du Parti du Comité populaire {fr}", f"Parteikomitee des Volkskomitees {de}",
        (f"Đảng ủy UBND {place}",),
    )  # fmt: skip


def code(issuer: str, territory: str, opened_on: date, first_day: date) -> str:
    """Code of a territory's body: issuer, territory, the year it opened if that is after the first day.

    `UBND-68` is the People's Committee of the Lâm Đồng before 1 July 2025, `UBND-68-2025` of the one since.
    """
    return f"{issuer}-{territory}" if opened_on <= first_day else f"{issuer}-{territory}-{opened_on.year}"
