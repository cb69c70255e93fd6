"""Registers the app with Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "thuocdo.files"
    default_auto_field = "django.db.models.BigAutoField"
