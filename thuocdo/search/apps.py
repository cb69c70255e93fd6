"""Registers the app with Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "thuocdo.search"
    default_auto_field = "django.db.models.BigAutoField"
