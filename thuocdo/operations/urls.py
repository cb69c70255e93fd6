"""Addresses for machines; they stand outside the languages."""

from django.urls import path

from thuocdo.operations import health

app_name = "operations"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics, name="metrics"),
]
