"""What people judge stands beside the computed status; who differs far says why and is counted (3.06)."""

import re

import pytest
from django.test import Client

from tests.marks import covers
from tests.web.test_indicators import DAY, here, page, public  # noqa: F401 - a fixture
from thuocdo.indicators.enums import Health, Outlook
from thuocdo.indicators.models import Judgement
from thuocdo.indicators.rules import outlooks

pytestmark = pytest.mark.django_db


def judged(here, outlook, reason="", user=None):  # noqa: F811
    """The answer to a judgement of Lai Châu's indicator by Giang, on 15 October 2025."""
    client = Client()
    client.force_login(user or here.giang)
    address = f"/en/indicators/TRAINED/outlook/?agency={here.lai_chau.code}&{DAY}"
    return client.post(address, {"outlook": outlook, "reason": reason, "happened_on": "2025-10-15"})


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@covers("3.06")
@pytest.mark.parametrize(
    ("outlook", "health", "steps"),
    [
        (Outlook.COMPROMISED, Health.ON_TRACK, 2),
        (Outlook.SECURED, Health.OFF_TRACK, 3),
        (Outlook.SUPPORT, Health.LATE, 1),
        (Outlook.SECURED, Health.DONE_CONFIRMED, 0),
        (Outlook.SECURED, Health.STALE, None),
        (Outlook.SECURED, None, None),
    ],
)
def test_the_distance_of_a_judgement(outlook, health, steps):
    assert outlooks.distance(outlook, health) == steps


@covers("3.06")
def test_a_judgement_far_from_the_computed_status_needs_a_reason_and_is_shown_and_counted(here):  # noqa: F811
    public(here)
    assert "The computed status is “far behind”: say why you judge otherwise." in words(
        judged(here, "secured")
    )
    assert judged(here, "secured", "Hai lớp sẽ mở trong tháng 11").status_code == 302
    shown = page(f"/indicators/TRAINED/?agency={here.lai_chau.code}&{DAY}")[1]
    for said in ("far behind", "the target is secured", "differs from the computed status", "Hai lớp sẽ mở"):
        assert said in shown, said
    scores = f"/indicators/scores/?agency={here.lai_chau.code}&{DAY}"
    assert "judged otherwise than computed 100% 1 of 1" in page(scores, here.an)[1]
    judged(here, "support")
    assert "judged otherwise than computed 0% 0 of 1" in page(scores, here.an)[1]
    assert Judgement.objects.count() == 2


@covers("3.06")
def test_nobody_judges_outside_their_scope(here):  # noqa: F811
    assert judged(here, "support", user=here.dung).status_code == 404
    assert not Judgement.objects.exists()
