"""The groups a directive names in place of agencies ("các bộ, ngành, địa phương"), as a table of phrases."""

from enum import StrEnum
from itertools import product


class Collective(StrEnum):
    """A group that is told to act as a whole; who belongs to it is decided on the map of the day."""

    ALL_MINISTRIES = "all_ministries"
    ALL_LOCALITIES = "all_localities"
    CENTRALLY_RUN_CITIES = "centrally_run_cities"


MINISTRIES = (
    "các bộ, ngành",
    "bộ, ngành",
    "các bộ, các ngành",
    "các bộ",
    "các bộ, ngành Trung ương",
    "bộ, ngành Trung ương",
    "các bộ, ban, ngành",
    "các bộ, ban, ngành Trung ương",
    "các bộ, cơ quan ngang bộ",
    "các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ",
    "các bộ, ngành, cơ quan ngang bộ, cơ quan thuộc Chính phủ",
    "ministries",
    "all ministries",
    "the ministries",
    "ministries and sectors",
    "ministries, sectors",
)

LOCALITIES = (
    "các địa phương",
    "địa phương",
    "các tỉnh, thành phố",
    "các tỉnh, thành phố trực thuộc Trung ương",
    "các tỉnh, thành phố trực thuộc TW",
    "các tỉnh, thành",
    "tỉnh, thành phố trực thuộc Trung ương",
    "UBND các tỉnh, thành phố",
    "UBND các tỉnh, thành phố trực thuộc Trung ương",
    "UBND các tỉnh, thành phố trực thuộc TW",
    "UBND tỉnh, thành phố trực thuộc Trung ương",
    "UBND cấp tỉnh",
    "Ủy ban nhân dân các tỉnh, thành phố",
    "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",
    "Ủy ban nhân dân cấp tỉnh",
    "localities",
    "all localities",
    "the localities",
    "provinces",
    "all provinces",
    "provinces and cities",
)

CITIES = (
    "các thành phố trực thuộc Trung ương",
    "các thành phố trực thuộc TW",
    "thành phố trực thuộc Trung ương",
    "centrally run cities",
)

JOINTS = ("", "và ", "and ")


def phrases() -> dict[str, tuple[Collective, ...]]:
    """Every phrase with the groups it stands for; "các bộ, ngành và địa phương" stands for two."""
    single = {
        **dict.fromkeys(MINISTRIES, (Collective.ALL_MINISTRIES,)),
        **dict.fromkeys(LOCALITIES, (Collective.ALL_LOCALITIES,)),
        **dict.fromkeys(CITIES, (Collective.CENTRALLY_RUN_CITIES,)),
    }
    both = (Collective.ALL_MINISTRIES, Collective.ALL_LOCALITIES)
    pairs = {
        f"{first}, {joint}{last}": both for first, joint, last in product(MINISTRIES, JOINTS, LOCALITIES)
    }
    return {**pairs, **single}
