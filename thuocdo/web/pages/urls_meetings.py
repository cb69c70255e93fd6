"""Addresses of committees and sessions."""

from django.urls import URLPattern, path

from thuocdo.web.pages import meetings, sessions

COMMITTEE, SESSION = "committees/<int:pk>/", "sessions/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path("committees/", meetings.committees, name="committees"),
    path("committees/found/", sessions.found, name="found_committee"),
    path(COMMITTEE, meetings.committee, name="committee"),
    path(f"{COMMITTEE}members/", sessions.seat, name="seat_member"),
    path(f"{COMMITTEE}call/", sessions.call, name="call_session"),
    path(SESSION, meetings.session, name="session"),
    path(f"{SESSION}invitation.ics", meetings.invitation, name="invitation"),
    path(f"{SESSION}pack.json", meetings.pack_json, name="pack_json"),
    path(f"{SESSION}pack/", sessions.freeze, name="freeze_pack"),
    path("points/<int:pk>/attendance/", sessions.attend, name="attend"),
    path(f"{SESSION}minutes/", sessions.note, name="note_session"),
    path(f"{SESSION}conclude/", sessions.conclude, name="conclude"),
    path("conclusions/<int:pk>/reword/", sessions.reword, name="reword"),
    path(f"{SESSION}close/", sessions.close, name="close_session"),
    path(f"{SESSION}issue/", sessions.issue, name="issue_notice"),
]
