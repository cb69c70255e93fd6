"""The app of notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "thuocdo.notices"
