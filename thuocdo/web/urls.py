"""Addresses of the pages, below the language."""

from django.urls import URLPattern, URLResolver, path

from thuocdo.web import entry, gallery

app_name = "web"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", entry.home, name="home"),
    path("components/", gallery.components, name="components"),
]
