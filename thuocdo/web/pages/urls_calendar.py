"""Addresses of the working days: a year, a count, decisions on days, why a limit is as it is."""

from django.urls import URLPattern, path

from thuocdo.web.pages import calendar, deciding

urlpatterns: list[URLPattern] = [
    path("calendar/", calendar.year, name="calendar"),
    path("calendar/count/", calendar.count, name="count_days"),
    path("calendar/rules/", calendar.rules, name="counting_rules"),
    path("calendar/rules/<str:name>/", deciding.parameter, name="set_parameter"),
    path("calendar/hours/", deciding.hours, name="set_hours"),
    path("calendar/waiting/", deciding.waiting, name="waiting_decisions"),
    path("calendar/decide/", deciding.decide, name="decide_days"),
    path("calendar/decisions/<int:pk>/", deciding.decision, name="day_decision"),
    path("calendar/decisions/<int:pk>/limits/", deciding.move, name="move_limits"),
    path("assignments/<int:pk>/limit/", calendar.limit, name="limit"),
]
