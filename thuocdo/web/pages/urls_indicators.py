"""Addresses of what is measured: indicators, and values with their passports."""

from django.urls import URLPattern, path

from thuocdo.web.pages import indicators, observing

urlpatterns: list[URLPattern] = [
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/<str:code>/", indicators.indicator, name="indicator"),
    path("observations/<int:pk>/", indicators.observation, name="observation"),
    path("indicators/<str:code>/enter/", observing.enter, name="enter_value"),
    path("observations/<int:pk>/correct/", observing.correct, name="correct_value"),
    path("observations/<int:pk>/judge/", observing.judge, name="judge_value"),
]
