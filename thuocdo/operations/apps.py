"""Registers the app with Django."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "thuocdo.operations"
    default_auto_field = "django.db.models.BigAutoField"
