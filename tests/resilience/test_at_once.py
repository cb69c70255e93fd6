"""Many send at the same moment to a running server: one act, one decision, the others are told (2.17)."""

import html
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import requests

from tests.marks import covers
from tests.resilience.clients import CLAIM, DAY, TOKEN
from tests.resilience.installation import LONG

EIGHT = 8
CLAIMED = {**CLAIM, "text": "xong", "e1-kind": "issued_text", "e1-symbol": "145/KH-UBND"}

SEEN = {"shown_on": "2025-06-17", "reason": "Đã xem", "happened_on": DAY}


@pytest.fixture
def here(installation):
    """A running server with duties and people."""
    made = installation.inside("world")
    installation.start()
    return installation, made


def at_once(address, sent):
    """Send all these forms at the same moment, each (session, path, fields) from a browser of its own."""
    together = Barrier(len(sent))

    def send(form):
        session, path, fields = form
        cookies = {"sessionid": session, "csrftoken": TOKEN}
        together.wait(LONG)
        return requests.post(
            address + path, {"csrfmiddlewaretoken": TOKEN, **fields}, cookies=cookies, timeout=LONG,
            allow_redirects=False,
        )  # fmt: skip

    with ThreadPoolExecutor(len(sent)) as pool:
        return list(pool.map(send, sent))


def text(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


@covers("2.17")
def test_eight_browsers_send_the_same_form_and_it_is_done_once(here):
    installation, made = here
    path = f"/en/assignments/{made['duties'][0]}/report/"
    form = {**CLAIMED, "once": "the same form"}
    answers = at_once(installation.address, [(made["leads"][0], path, form)] * EIGHT)
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert installation.inside("claims")["claims"] == {str(made["duties"][0]): 1}


@covers("2.17")
def test_eight_clients_claim_the_same_duty_and_one_claim_stands(here):
    installation, made = here
    path = f"/en/assignments/{made['duties'][1]}/report/"
    sent = [
        (made["leads"][number % len(made["leads"])], path, {**CLAIMED, "once": f"form {number}"})
        for number in range(EIGHT)
    ]
    answers = at_once(installation.address, sent)
    assert sorted(answer.status_code for answer in answers) == [200] * (EIGHT - 1) + [302]
    told = [text(answer) for answer in answers if answer.status_code == 200]
    assert all("The claim of 18 June 2025 waits for review" in page for page in told)
    assert installation.inside("claims")["claims"] == {str(made["duties"][1]): 1}


@covers("2.17")
def test_two_reviewers_decide_at_once_one_wins_and_the_other_is_told(here):
    installation, made = here
    path = f"/en/assignments/{made['duties'][2]}/report/"
    at_once(installation.address, [(made["leads"][0], path, {**CLAIMED, "once": "a claim"})])
    claim = installation.inside("claims")["last"]
    sent = [
        (made["reviewer"], f"/en/claims/{claim}/review/", {"verdict": "accept", "once": "one"}),
        (made["second"], f"/en/claims/{claim}/review/", {"verdict": "return", "once": "other"}),
    ]
    sent = [(who, path, {**fields, **SEEN}) for who, path, fields in sent]
    answers = at_once(installation.address, sent)
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    loser = next(text(answer) for answer in answers if answer.status_code == 200)
    assert "has already decided on this claim on 18 June 2025" in loser
    found = installation.inside("claims")
    assert (found["reviews"], found["problems"]) == (1, [])
