"""Confirms claims of a synthetic load one after the other, so many a second, until it is ended.

python -m benchmarks._confirming 2
"""

import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thuocdo.config.settings")

import django

django.setup()

from django.utils import timezone  # noqa: E402

from thuocdo.assignments import actions  # noqa: E402
from thuocdo.assignments.models import Claim  # noqa: E402
from thuocdo.lib.moments import day_of  # noqa: E402
from thuocdo.lib.say import Refused  # noqa: E402


def main(a_second: float) -> None:
    """Confirm what awaits review."""
    waiting = Claim.objects.filter(reviews=None, assignment__spans__awaits_review=True).distinct()
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)):
        at = timezone.now()
        try:
            actions.accept(claim=Claim.objects.get(pk=pk), happened_on=day_of(at), by=None, at=at)
        except Refused as refused:
            print(f"not confirmed: {refused}")
            continue
        time.sleep(1 / a_second)


if __name__ == "__main__":
    main(float(sys.argv[1]))
