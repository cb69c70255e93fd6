"""Registers the app with Django."""

from django.apps import AppConfig


class AssignmentsConfig(AppConfig):
    name = "thuocdo.assignments"
    default_auto_field = "django.db.models.BigAutoField"
