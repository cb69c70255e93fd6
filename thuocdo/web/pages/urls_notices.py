"""Addresses of background work and of what people are told."""

from django.urls import URLPattern, URLResolver, path

from thuocdo.web.pages import jobs

urlpatterns: list[URLPattern | URLResolver] = [
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<uuid:pk>/again/", jobs.again, name="try_again"),
]
