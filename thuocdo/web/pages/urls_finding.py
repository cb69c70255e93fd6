"""Addresses of what finds duties and takes them away."""

from django.urls import URLPattern, path

from thuocdo.web.pages import exporting, searching

urlpatterns: list[URLPattern] = [
    path("search/", searching.search, name="search"),
    path("assignments/export.csv", exporting.assignments_csv, name="assignments_csv"),
    path("assignments/export.xlsx", exporting.assignments_xlsx, name="assignments_xlsx"),
]
