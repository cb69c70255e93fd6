"""Addresses of what is asked upward."""

from django.urls import URLPattern, path

from thuocdo.web.pages import recommendations, recommending

ONE = "recommendations/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path("recommendations/", recommendations.recommendations, name="recommendations"),
    path(ONE, recommendations.recommendation, name="recommendation"),
    path("agencies/<str:code>/recommend/", recommending.recommend, name="recommend"),
    path("assignments/<int:pk>/recommend/", recommending.recommend_on_duty, name="recommend_on_duty"),
    path(f"{ONE}receive/", recommending.receive, name="receive_recommendation"),
    path(f"{ONE}forward/", recommending.forward, name="forward_recommendation"),
    path(f"{ONE}answer/", recommending.answer, name="answer_recommendation"),
    path(f"{ONE}effect/", recommending.take_effect, name="effect_of_recommendation"),
    path(f"{ONE}withdraw/", recommending.withdraw, name="withdraw_recommendation"),
    path(f"{ONE}waits/", recommending.wait, name="wait_for_recommendation"),
]
