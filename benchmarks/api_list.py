"""Line 2.24: the list of 100 assignments by the interface, of 1,000,000, by one client with a token.

    python -m benchmarks.api_list

The pages asked for are the first, those that follow it, those of agencies, and by status.
"""

import http.client
import json
import os
import time
from datetime import UTC, datetime, timedelta

from benchmarks import _world as world

ROUNDS, TARGET = 40, 0.060


def token(env: dict[str, str]) -> tuple[str, list[str]]:
    """(a token that reads everything, codes of agencies that lead) of the load."""
    os.environ.update(env)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thuocdo.config.settings")
    import django

    django.setup()
    from thuocdo.accounts import actions
    from thuocdo.accounts.actions import Grant
    from thuocdo.accounts.enums import Permission, Role
    from thuocdo.accounts.models import Membership
    from thuocdo.agencies.models import Agency
    from thuocdo.assignments.models import Span

    at = datetime.now(UTC)
    machine = actions.open_machine(name=f"Đo {at:%H:%M:%S}", by=None, at=at)
    top = Agency.objects.order_by("level", "pk")[0]
    Membership.objects.create(user=machine, agency=top, role=Role.INSPECTOR, opened_on=top.opened_on)
    grant = Grant("đo", (Permission.READ_ALL.value, Permission.READ_OWN.value), at + timedelta(days=1))
    leads = Span.objects.order_by("-pk").values_list("lead_id", flat=True)[:2000]
    codes = Agency.objects.filter(pk__in=set(leads)).order_by("pk").values_list("code", flat=True)
    return actions.make_token(user=machine, grant=grant, by=machine, at=at)[1], list(codes[:ROUNDS])


class Client:
    """One connection that stays open."""

    def __init__(self, port: int, secret: str) -> None:
        self.to = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.headers = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}

    def get(self, query: str) -> tuple[float, dict[str, object]]:
        """(seconds to the last byte, the page)."""
        start = time.perf_counter()
        self.to.request("GET", f"/api/v1/assignments?limit=100{query}", headers=self.headers)
        answer = self.to.getresponse()
        body = answer.read()
        took = time.perf_counter() - start
        if answer.status != 200:
            raise ValueError(body)
        return took, json.loads(body)


def main() -> None:
    """Load, serve, ask, print."""
    with world.server_of_databases() as server:
        env = world.loaded(server, world.XL)
        world.manage(env, "migrate", "-v0")
        secret, codes = token(env)
        with world.serving(env) as (port, _pid):
            client = Client(port, secret)
            client.get("")
            took: dict[str, list[float]] = {"first page": [client.get("")[0] for _ in range(ROUNDS)]}
            took["pages that follow"], cursor = [], ""
            for _ in range(ROUNDS):
                seconds, page = client.get(cursor)
                took["pages that follow"].append(seconds)
                cursor = f"&cursor={page['next']}"
            took["of an agency"] = [client.get(f"&agency={code}")[0] for code in codes]
            took["overdue"] = [client.get("&status=overdue")[0] for _ in range(ROUNDS)]
    for what, found in took.items():
        p95 = world.at(0.95, found)
        world.show(
            f"list of 100 of 1,000,000, {what}, p95", f"{p95 * 1000:.0f} ms", "≤ 60 ms", met=p95 <= TARGET
        )


if __name__ == "__main__":
    main()
