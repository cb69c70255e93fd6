"""Officers at work on a running server. What it acknowledged they write down outside, in their own file."""

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread

import requests

from tests.resilience.installation import LONG, Installation, lines

TOKEN = "a" * 32  # of the form and of its cookie: they only have to be the same
DAY = "2025-06-18"
REVIEWS = re.compile(r"/claims/\d+/review/")
Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a form came to: done (on to its result), refused (shown again), or nothing was heard."""

    kind: str
    mark: str
    status: int | None

    @property
    def acknowledged(self) -> bool:
        """Whether the server said that it is done."""
        return self.status == requests.codes.found


class Officer:
    """One person in one browser."""

    def __init__(self, installation: Installation, session: str, duties: list[int]) -> None:
        self.address, self.duties = installation.address, duties
        self.browser = requests.Session()
        self.browser.cookies.update({"sessionid": session, "csrftoken": TOKEN})

    def send(self, kind: str, mark: str, path: str, fields: Fields, file: bytes | None = None) -> Answer:
        """Send a form once; its key is the mark by which its row is known."""
        data = {"csrfmiddlewaretoken": TOKEN, "once": mark, **fields}
        files = {"e1-file": ("quyet-dinh.pdf", file)} if file else None
        try:
            told = self.browser.post(
                self.address + path, data, files=files, timeout=LONG, allow_redirects=False
            )
        except requests.RequestException:
            return Answer(kind, mark, None)
        return Answer(kind, mark, told.status_code)

    def act(self, dice: random.Random, mark: str) -> Answer:
        """One act of a lead, chosen by the dice."""
        kind = dice.choice(["report"] * 3 + ["claim"] * 3 + ["filed", "difficulty", "resource", "hold"])
        path, fields = FORMS[kind]
        filled = {name: value.replace("MARK", mark) for name, value in fields.items()}
        file = b"%PDF-1.4 " + mark.encode() if kind == "filed" else None
        return self.send(kind, mark, f"/en/assignments/{dice.choice(self.duties)}/{path}", filled, file)

    def review(self, dice: random.Random, mark: str) -> Answer:
        """One decision on a claim that waits, chosen by the dice."""
        try:
            waiting = REVIEWS.findall(self.browser.get(f"{self.address}/en/my-work/", timeout=LONG).text)
        except requests.RequestException:
            return Answer("review", mark, None)
        if not waiting:
            return Answer("review", mark, None)
        verdict = dice.choice(["accept", "return", "return"])
        fields = {"verdict": verdict, "shown_on": "2025-06-17", "reason": mark, "happened_on": DAY}
        return self.send("review", mark, f"/en{dice.choice(waiting)}", fields)


SAID = {"text": "MARK", "happened_on": DAY}
CLAIM = {**SAID, "completes": "on", "shown_on": "2025-06-17"}
FORMS: dict[str, tuple[str, Fields]] = {
    "report": ("report/", SAID),
    "claim": ("report/", {**CLAIM, "e1-kind": "issued_text", "e1-symbol": "145/KH-UBND"}),
    "filed": ("report/", {**CLAIM, "e1-kind": "signed_file"}),
    "difficulty": ("difficulty/", {"kind": "money", "text": "MARK", "opened_on": DAY}),
    "resource": (
        "resources/",
        {"kind": "asked", "amount": "12", "unit": "VND", "source_text": "MARK", "happened_on": DAY},
    ),
    "hold": ("waits/", {"agency": "BKHCN", "reason": "MARK", "opened_on": DAY}),
}


class Crowd:
    """Officers who act at once until they are stopped; `answers` is all that they heard."""

    def __init__(self, officers: Iterable[Officer], reviewer: Officer, seed: int, name: str) -> None:
        self.answers: list[Answer] = []
        self._ended, self._lock = Event(), Lock()
        people = [(officer, officer.act) for officer in officers] + [(reviewer, reviewer.review)]
        self._threads = [
            Thread(target=self._work, args=(act, random.Random(f"{seed}-{number}"), f"{name}-{number}"))
            for number, (_, act) in enumerate(people)
        ]

    def _work(self, act, dice: random.Random, name: str) -> None:
        number = 0
        while not self._ended.is_set():
            number += 1
            answer = act(dice, f"{name}-{number}-")
            with self._lock:
                self.answers.append(answer)
            if answer.status is None:
                self._ended.wait(0.02)  # the server is gone, or there was nothing to decide

    @property
    def acknowledged(self) -> int:
        """How many writes the server has acknowledged so far."""
        return sum(answer.acknowledged for answer in list(self.answers))

    def __enter__(self) -> "Crowd":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(LONG)
            assert not thread.is_alive()

    def write_down(self, path: Path) -> None:
        """What was acknowledged and what was refused, for the check afterwards."""
        lines(path, (f"{one.kind} {one.mark} {one.status}" for one in self.answers if one.status))
