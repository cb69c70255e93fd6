"""Registers the app with Django."""

from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "thuocdo.directives"
    default_auto_field = "django.db.models.BigAutoField"
