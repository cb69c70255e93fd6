"""Addresses of background work and of what people are told."""

from django.urls import URLPattern, URLResolver, path

from thuocdo.web.pages import feed, jobs, notices

urlpatterns: list[URLPattern | URLResolver] = [
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read, name="read"),
    path("me/notices/", notices.channels, name="channels"),
    path("me/notices/calendar/", notices.open_feed, name="open_feed"),
    path("me/notices/calendar/revoke/", notices.revoke_feed, name="revoke_feed"),
    path("calendar/<str:secret>.ics", feed.feed, name="feed"),
    path("messages/", notices.drafts, name="messages"),
    path("messages/<int:pk>/release/", notices.release, name="release"),
    path("messages/<int:pk>/drop/", notices.drop, name="drop"),
    path("agencies/<str:code>/reminders/", notices.steps, name="steps"),
    path("agencies/<str:code>/reminders/<str:key>/", notices.step, name="step"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<uuid:pk>/again/", jobs.again, name="try_again"),
]
