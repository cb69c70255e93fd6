"""Addresses of the index of services (Decision 766) and its rankings."""

from django.urls import URLPattern, path

from thuocdo.web.pages import ranking, service

urlpatterns: list[URLPattern] = [
    path("index766/", ranking.index766, name="index766"),
    path("index766/<str:code>/", service.of_agency, name="index766_agency"),
]
