"""Addresses of the index of services (Decision 766) and its rankings."""

from django.urls import URLPattern, path

from thuocdo.web.pages import ranking, rankings, service

urlpatterns: list[URLPattern] = [
    path("index766/", ranking.index766, name="index766"),
    path("rankings/publish/", rankings.publish, name="publish_ranking"),
    path("rankings/<int:pk>/", rankings.ranking, name="ranking"),
    path("rankings/<int:pk>/withdraw/", rankings.withdraw, name="withdraw_ranking"),
    path("rankings/<int:pk>/package.zip", rankings.package, name="ranking_package"),
    path("rankings/<int:pk>/map.svg", rankings.drawing, name="ranking_map"),
    path("rankings/<int:pk>/<str:code>/", rankings.unit, name="ranking_unit"),
    path("index766/<str:code>/", service.of_agency, name="index766_agency"),
]
