"""The console command `thuocdo`: Django's management commands under the product's name."""

import os
import sys


def main() -> None:
    """Run one management command with the arguments of the process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thuocdo.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(named(sys.argv))


def named(arguments: list[str]) -> list[str]:
    """The arguments with the command as Django knows it: `verify-audit` is the module `verify_audit`."""
    return [
        word.replace("-", "_") if place == 1 and word[:1] != "-" else word
        for place, word in enumerate(arguments)
    ]
