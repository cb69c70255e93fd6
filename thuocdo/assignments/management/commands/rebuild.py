"""`thuocdo rebuild`: makes the read models anew from the facts, and shows that they say the same (1.20)."""

from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandError

from thuocdo.agencies import spans as agency_spans
from thuocdo.assignments import spans


class Command(BaseCommand):
    help = "Makes the spans of assignments and the closure of agencies anew; fails if they say other things."

    def handle(self, *_: object, **__: object) -> None:
        """Rebuild both read models and print their digests before and after."""
        same = [
            self._anew("closure of agencies", agency_spans.digest, agency_spans.rebuild),
            self._anew("spans of assignments", spans.digest, spans.rebuild),
        ]
        if not all(same):
            raise CommandError("A read model did not say what its facts say. It does now; find out why.")

    def _anew(self, name: str, digest: Callable[[], str], rebuild: Callable[[], int]) -> bool:
        before = digest()
        count = rebuild()
        after = digest()
        self.stdout.write(f"{name}: {count} made anew")
        self.stdout.write(f"  before {before}\n  after  {after}{'' if before == after else '  DIFFERENT'}")
        return before == after
