"""My work: what waits for whom, in a fixed number of statements."""

from datetime import date

import pytest
from django.test import Client

from tests.assignments.factory import CLEAR, JUNE, claimed, given, parties, person, world
from tests.marks import covers
from tests.web.factory import signed_in, text_of
from thuocdo.accounts.enums import Role
from thuocdo.agencies.enums import RelationKind
from thuocdo.assignments import actions
from thuocdo.assignments.enums import ChangeKind
from thuocdo.assignments.terms import NOBODY, Ask, Obstacle, Part

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 19)
PAGE = "/en/my-work/?as_of=2025-06-20"


@pytest.fixture
def here():
    return world()


def page(user):
    return signed_in(user).get(PAGE).content.decode()


def piles(user):
    """The names of the piles on the person's page."""
    content = page(user)
    names = ("returned", "to_claim", "due", "to_confirm", "to_decide", "drafts", "difficulties")
    return [name for name in names if f'id="{name}"' in content]


@covers("1.29")
def test_the_public_has_no_work(here):
    assert Client().get("/my-work/").status_code == 302


@covers("1.28")
def test_nothing_waits_in_an_empty_world(here):
    assert "Nothing waits for you" in text_of(signed_in(here.an).get(PAGE))


@covers("1.28")
def test_what_is_due_waits_for_its_lead_alone(here):
    given(here)
    giang = person("giang", here.hung_yen, Role.FOCAL)
    assert [piles(who) for who in (here.an, giang, here.binh, here.chi)] == [["due"], [], [], []]


@covers("1.28")
def test_a_claim_waits_for_the_confirming_agency(here):
    claimed(here, given(here))
    assert [piles(who) for who in (here.an, here.binh)] == [[], ["to_confirm"]]


@covers("1.28")
def test_a_returned_claim_waits_for_its_lead_with_the_reason(here):
    claim = claimed(here, given(here))
    actions.return_claim(claim=claim, reason="Chưa có dấu", happened_on=DAY, by=here.binh, at=JUNE)
    assert piles(here.an) == ["returned", "due"]
    assert "Chưa có dấu" in page(here.an)


def test_a_claim_made_again_is_returned_no_more(here):
    row = given(here)
    claim = claimed(here, row)
    actions.return_claim(claim=claim, reason="Chưa có dấu", happened_on=DAY, by=here.binh, at=JUNE)
    claimed(here, row, DAY)
    assert piles(here.an) == []


@covers("1.28")
def test_a_request_waits_for_the_side_that_assigned(here):
    ask = Ask(ChangeKind.LIMIT, "Chờ hướng dẫn của Bộ", limit_on=date(2025, 9, 30))
    actions.ask_change(assignment=given(here), ask=ask, happened_on=DAY, by=here.an, at=JUNE)
    assert piles(here.chi) == ["to_decide"]


@covers("1.28", "1.10")
def test_a_draft_waits_and_names_what_is_missing(here):
    actions.draft(
        obligation=here.obligation, terms=CLEAR, parties=parties(here, head=NOBODY), by=here.chi, at=JUNE
    )
    assert piles(here.chi) == ["drafts"]
    assert "person" in text_of(signed_in(here.chi).get(PAGE))


@covers("1.28")
def test_a_difficulty_waits_for_who_has_to_remove_it(here):
    obstacle = Obstacle(here.lai_chau, "money", "Chưa bố trí vốn", here.ministry, given(here))
    actions.open_difficulty(obstacle=obstacle, opened_on=DAY, by=here.an, at=JUNE)
    owner = person("khanh", here.ministry, Role.FOCAL)
    assert piles(owner) == ["difficulties"]


@covers("1.12")
def test_the_lead_is_asked_for_a_claim_when_all_parts_are_confirmed(here):
    row = given(here)
    part = Part(here.doan_ket, CLEAR)
    kind = RelationKind.ADMINISTRATIVE
    (child,) = actions.split(
        assignment=row, parts=[part], kind=kind, given_on=DAY, received=True, by=here.chi, at=JUNE
    )
    assert piles(here.an) == ["due"]
    claim = claimed(here, child, DAY, by=person("muoi", here.doan_ket, Role.FOCAL))
    head = person("vang", here.lai_chau, Role.REVIEWER)
    actions.accept(claim=claim, happened_on=DAY, by=head, at=JUNE)
    assert piles(here.an) == ["to_claim", "due"]


@covers("1.33")
@pytest.mark.parametrize("many", [1, 20])
def test_at_most_twelve_statements(here, many, django_assert_max_num_queries):
    for _ in range(many):
        claimed(here, given(here))
        given(here)
        actions.draft(obligation=here.obligation, terms=CLEAR, parties=parties(here), by=here.chi, at=JUNE)
    every = person("moi", here.office, Role.REVIEWER)
    from thuocdo.accounts import actions as account_actions
    from thuocdo.accounts.actions import Place

    for role in (Role.FOCAL, Role.REGISTRAR):
        account_actions.open_membership(
            user=every, place=Place(here.office, role), opened_on=date(2025, 1, 1), by=None, at=JUNE
        )
    client = signed_in(every)
    with django_assert_max_num_queries(12):
        client.get(PAGE)
