"""The named kinds of agencies, territories, of the relations between them, and of working days."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RelationKind(TextChoices):
    """In which sense one agency stands below another; every roll-up and every right names one."""

    ADMINISTRATIVE = "administrative", _("administrative")
    PARTY = "party", _("Party")
    VERTICAL = "vertical", _("vertical")


class Side(TextChoices):
    STATE = "state", pgettext_lazy("side of an agency", "State")
    PARTY = "party", _("Party")
    FRONT = "front", _("Fatherland Front")
    ENTERPRISE = "enterprise", _("enterprise")
    OTHER = "other", _("other")


class Level(TextChoices):
    CENTRAL = "central", _("central")
    PROVINCE = "province", _("province")
    COMMUNE = "commune", _("commune")


class AgencyKind(TextChoices):
    """What sort of body it is; the collectives of a directive ("the localities") go by it."""

    # Politburo, Government, Prime Minister, standing committees
    LEADERSHIP = "leadership", _("leadership body")
    MINISTRY = "ministry", _("ministry or ministerial-level agency")
    GOVERNMENT_AGENCY = "government_agency", _("agency under the Government")
    PARTY_BODY = "party_body", _("central Party body")
    PEOPLES_COMMITTEE = "peoples_committee", _("People's Committee")
    PARTY_COMMITTEE = "party_committee", _("Party committee")
    PARTY_ORGANISATION = (
        "party_organisation",
        _("Party committee of an agency"),
    )  # đảng ủy of a ministry, of a UBND
    OFFICE = "office", _("office")
    DEPARTMENT = "department", _("department")
    COMMITTEE = "committee", _("steering committee")
    SERVICE_CENTRE = "service_centre", _("public administration service centre")
    OTHER = "other", _("other")


class Collective(TextChoices):
    """What a text means by a collective name; which agencies these are follows from the map of the day."""

    MINISTRIES = "ministries", _("All ministries and agencies under the Government")
    LOCALITIES = "localities", _("All localities: provincial People's Committees")
    PARTY_BODIES = "party_bodies", _("All central Party bodies")
    PARTY_LOCALITIES = "party_localities", _("All provincial Party committees")


class SuccessionKind(TextChoices):
    MERGER = "merger", _("merger")
    SPLIT = "split", _("split")
    RENAMING = "renaming", _("renaming")


class TerritoryLevel(TextChoices):
    COUNTRY = "country", _("country")
    PROVINCE = "province", _("province")
    COMMUNE = "commune", _("commune")


class DayKind(TextChoices):
    """What a decision makes of a day."""

    OFF = "off", pgettext_lazy("kind of a day", "off")
    WORKED = "worked", pgettext_lazy("kind of a day", "worked")
    HALF = "half", pgettext_lazy("kind of a day", "half worked")


class Occasion(TextChoices):
    """Why a day is not as its weekday says."""

    NEW_YEAR = "new_year", _("New Year")
    TET = "tet", _("Lunar New Year")
    HUNG_KINGS = "hung_kings", _("Hùng Kings’ Commemoration Day")
    REUNIFICATION = "reunification", _("Victory Day")
    LABOUR = "labour", _("International Labour Day")
    NATIONAL_DAY = "national_day", _("National Day")
    CULTURE = "culture", _("Vietnam Culture Day")
    SUBSTITUTE = "substitute", _("day off in place of one that fell on a weekend")
    SWAPPED_OFF = "swapped_off", _("day off swapped for a worked one")
    MAKEUP = "makeup", _("worked in place of a day off")
    STORM = "storm", _("storm or flood")
    MOURNING = "mourning", _("national mourning")
    OTHER = "other", pgettext_lazy("occasion of a day", "other reason")


class TermUnit(TextChoices):
    """In what a time limit is counted."""

    HOUR = "hour", _("working hours")
    FRACTION = "fraction", _("working days with fractions")
    WORKING_DAY = "working_day", _("working days")
    CALENDAR_DAY = "calendar_day", _("calendar days")
    MONTH = "month", _("months")
