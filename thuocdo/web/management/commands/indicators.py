"""`thuocdo indicators check|load FILE …`: declared indicators, each mistake by file and line (3.01)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from thuocdo.faces.wording import tell
from thuocdo.indicators import actions, catalogue
from thuocdo.indicators.catalogue import Mistake, Page


class Command(BaseCommand):
    help = "Checks declared indicators (YAML), or enters them: all or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=("check", "load"))
        parser.add_argument("files", nargs="+", type=Path, help="YAML files, or folders of them")
        parser.add_argument("--language", choices=dict(settings.LANGUAGES), default=settings.LANGUAGE_CODE)

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - as Django hands them in
        with override(options["language"]):
            pages, mistakes = _read(options["files"])
            if not mistakes:
                looking = options["what"] == "check"
                entered = actions.enter_catalogue(pages=pages, dry_run=looking, by=None, at=timezone.now())
                mistakes = entered.mistakes
            if mistakes:
                raise CommandError("\n".join(f"{one.file}:{one.line}: {tell(one.text)}" for one in mistakes))
        self.stdout.write(f"{entered.defined} definitions, {entered.targets} targets: {options['what']} ok")


def _read(paths: list[Path]) -> tuple[list[Page], list[Mistake]]:
    pages: list[Page] = []
    mistakes: list[Mistake] = []
    for path in paths:
        for file in sorted(path.glob("*.y*ml")) if path.is_dir() else [path]:
            if not file.is_file():
                raise CommandError(f"There is no file {file}.")
            page, found = catalogue.read(file)
            pages += [page] if page else []
            mistakes += found
    return pages, mistakes
