"""Registers the app with Django."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "thuocdo.meetings"
    default_auto_field = "django.db.models.BigAutoField"
