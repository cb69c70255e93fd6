"""Registers the app with Django, for its commands and checks."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "thuocdo.config"

    def ready(self) -> None:
        """Register the checks of the house."""
        from thuocdo.config import checks  # noqa: F401
