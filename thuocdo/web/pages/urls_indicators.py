"""Addresses of what is measured: indicators, and values with their passports."""

from django.urls import URLPattern, path

from thuocdo.web.pages import indicators

urlpatterns: list[URLPattern] = [
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/<str:code>/", indicators.indicator, name="indicator"),
    path("observations/<int:pk>/", indicators.observation, name="observation"),
]
