"""Registers the app with Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "thuocdo.web"
    default_auto_field = "django.db.models.BigAutoField"
