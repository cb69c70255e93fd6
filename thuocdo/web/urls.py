"""Addresses of the pages, below the language."""

from django.urls import URLPattern, URLResolver, include, path

from thuocdo.web import gallery
from thuocdo.web.pages import assignment, directives, lists, log, overview

app_name = "web"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", overview.home, name="home"),
    path("", include("thuocdo.web.pages.urls_agencies")),
    path("", include("thuocdo.web.pages.urls_calendar")),
    path("assignments/", lists.assignments, name="assignments"),
    path("assignments/<int:pk>/", assignment.assignment, name="assignment"),
    path("", include("thuocdo.web.pages.urls_indicators")),
    path("", include("thuocdo.web.pages.urls_service")),
    path("", include("thuocdo.web.pages.urls_finding")),
    path("directives/", directives.directives, name="directives"),
    path("directives/<int:pk>/", directives.directive, name="directive"),
    path("log/", log.log, name="log"),
    path("log/head.json", log.head, name="log_head"),
    path("", include("thuocdo.web.pages.urls_recommendations")),
    path("", include("thuocdo.web.pages.urls_meetings")),
    path("components/", gallery.components, name="components"),
    path("", include("thuocdo.web.pages.urls_desk")),
    path("", include("thuocdo.web.pages.urls_notices")),
]
