"""Kinds and directions of indicators, how their values combine, what a missing value means."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What one value of the indicator is."""

    NUMBER = "number", _("number")
    RATIO = "ratio", _("ratio")
    YES_NO = "yes_no", _("yes or no")
    STAGES = "stages", _("stages with weights")
    ORDINAL = "ordinal", _("ordered grades")


class Direction(TextChoices):
    """Which way is better."""

    RISE = "rise", _("should rise")
    FALL = "fall", _("should fall")
    HOLD = "hold", _("should hold a level")
    BAND = "band", _("should stay within a band")


class Side(TextChoices):
    """Of a level that is to be held: the side on which the value must be."""

    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")


class Combine(TextChoices):
    """How values make one: over periods, or over children. Each axis is declared apart (formulas, c3)."""

    SUM = "sum", _("sum")
    AVERAGE = "average", _("average")
    LAST = "last", _("last value")
    MIN = "min", _("smallest value")
    MAX = "max", _("largest value")
    COUNT = "count", _("number of values")
    RATIO = "ratio", _("sum of numerators over sum of denominators")
    MANUAL = "manual", _("entered at each level")
    NONE = "none", _("not combined")


class Since(TextChoices):
    """Where a running total or a window of time begins."""

    NONE = "none", _("not limited")
    YEAR_START = "year_start", _("1 January of the year")
    DATE = "date", _("a given day")
    MONTHS_3 = "months_3", _("the last 3 months")
    MONTHS_6 = "months_6", _("the last 6 months")
    MONTHS_12 = "months_12", _("the last 12 months")
    MONTHS_48 = "months_48", _("the last 48 months")


class Standing(TextChoices):
    """Who stands behind a value; ordered from the weakest. A computed figure has the weakest of its parts."""

    DECLARED = "declared", pgettext_lazy("standing of a figure", "declared")
    CONFIRMED = "confirmed", pgettext_lazy("standing of a figure", "confirmed")
    MEASURED = "measured", pgettext_lazy("standing of a figure", "measured from records")


class Missing(TextChoices):
    """Why there is no figure. Missing is never 0."""

    NO_BASELINE = "no_baseline", _("no starting value")
    NO_TARGET = "no_target", _("no target")
    NO_VALUE = "no_value", _("no value reported")
    NOT_APPLICABLE = "not_applicable", _("not applicable here")
    NOT_DUE = "not_due", _("not due yet")
    NO_EVIDENCE = "no_evidence", _("no accepted evidence")
    INCOMPLETE = "incomplete", _("parts are missing")
    ZERO_DENOMINATOR = "zero_denominator", _("nothing to divide by")


class Units(TextChoices):
    """Which agencies are ranked with each other, below one agency."""

    PROVINCES = "provinces", _("provinces and centrally run cities")
    MINISTRIES = "ministries", _("ministries and agencies under the Government")
    DEPARTMENTS = "departments", _("departments of the province")
    COMMUNES = "communes", _("communes, wards and special zones")


class Health(TextChoices):
    """How an indicator stands against its trajectory: computed, in the order in which it is tested (c6)."""

    NOT_APPLICABLE = "not_applicable", _("not applicable")
    NO_VALUE = "no_value", _("no value")
    DONE_CONFIRMED = "done_confirmed", _("reached, confirmed")
    DONE_DECLARED = "done_declared", _("reached, as declared")
    STALE = "stale", _("figures out of date")
    LATE = "late", _("target day passed, not reached")
    NOT_DUE = "not_due", _("not due yet")
    OFF_TRACK = "off_track", _("far behind")
    BEHIND = "behind", _("behind")
    ON_TRACK = "on_track", _("on track")


class Outlook(TextChoices):
    """What people say of where an indicator is heading: an even number, without a middle (formulas, c6)."""

    COMPROMISED = "compromised", _("the target is compromised")
    SUPPORT = "support", _("the target needs support")
    ATTAINABLE = "attainable", _("the target is attainable")
    SECURED = "secured", _("the target is secured")


class Periodicity(TextChoices):
    """How often a value is given, by calendar periods."""

    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")
    HALF = "half", _("every half-year")
    YEAR = "year", _("every year")


class Origin(TextChoices):
    """Where a value comes from. What is read outside stays declared; what is counted here is measured."""

    ENTERED = "entered", _("entered by the agency")
    OUTSIDE = "outside", _("read in an outside source")
    RECORDS = "records", _("counted from records")
