"""Addresses of what is measured: indicators, and values with their passports."""

from django.urls import URLPattern, path

from thuocdo.web.pages import declaring, indicators, observing, outlooks, tabling

urlpatterns: list[URLPattern] = [
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/scores/", indicators.scores, name="scores"),
    path("directives/<int:pk>/targets/", indicators.directive_figures, name="directive_figures"),
    path("indicators/declare/", declaring.declare, name="declare_indicator"),
    path("indicators/<str:code>/declare/", declaring.redeclare, name="redeclare_indicator"),
    path("indicators/<str:code>/outlook/", outlooks.outlook, name="outlook"),
    path("indicators/table/", tabling.value_table, name="value_table"),
    path("indicators/table.xlsx", tabling.value_table_xlsx, name="value_table_xlsx"),
    path("indicators/table.csv", tabling.value_table_csv, name="value_table_csv"),
    path("indicators/<str:code>/", indicators.indicator, name="indicator"),
    path("observations/<int:pk>/", indicators.observation, name="observation"),
    path("indicators/<str:code>/enter/", observing.enter, name="enter_value"),
    path("observations/<int:pk>/correct/", observing.correct, name="correct_value"),
    path("observations/<int:pk>/judge/", observing.judge, name="judge_value"),
]
