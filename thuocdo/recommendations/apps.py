"""Registers the app with Django."""

from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "thuocdo.recommendations"
    default_auto_field = "django.db.models.BigAutoField"
