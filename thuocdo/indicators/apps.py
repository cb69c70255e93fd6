"""Registers the app with Django."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "thuocdo.indicators"
    default_auto_field = "django.db.models.BigAutoField"
