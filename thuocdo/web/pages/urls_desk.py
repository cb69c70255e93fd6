"""Addresses of the pages where officers work."""

from django.urls import URLPattern, URLResolver, path

from thuocdo.web.pages import (
    burdens,
    changing,
    giving,
    importing,
    many,
    people,
    registering,
    reporting,
    reviewing,
    work,
)

DUTY = "assignments/<int:pk>/"
TEXT = "directives/<int:pk>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("work/", work.work, name="work"),
    path(f"{DUTY}report/", reporting.report, name="report"),
    path("reports/<int:pk>/correct/", reporting.correct_report, name="correct_report"),
    path(f"{DUTY}ask/", changing.ask_change, name="ask_change"),
    path(f"{DUTY}waits/", burdens.open_hold, name="open_hold"),
    path("holds/<int:pk>/close/", burdens.close_hold, name="close_hold"),
    path(f"{DUTY}difficulty/", burdens.open_difficulty, name="open_difficulty"),
    path("difficulties/<int:pk>/remove/", burdens.remove_difficulty, name="remove_difficulty"),
    path(f"{DUTY}resources/", burdens.add_resource, name="add_resource"),
    path(f"{DUTY}number/", burdens.enter_number, name="enter_number"),
    path("claims/<int:pk>/review/", reviewing.review, name="review"),
    path("reviews/<int:pk>/correct/", reviewing.correct_review, name="correct_review"),
    path("files/<int:pk>/", reviewing.file, name="file"),
    path("requests/<int:pk>/", changing.decide_change, name="decide_change"),
    path(f"{DUTY}pause/", changing.interrupt, {"move": "pause"}, name="pause"),
    path(f"{DUTY}resume/", changing.interrupt, {"move": "resume"}, name="resume"),
    path(f"{DUTY}withdraw/", changing.interrupt, {"move": "withdraw"}, name="withdraw"),
    path(f"{DUTY}anew/", changing.give_anew, name="give_anew"),
    path(f"{DUTY}head/", changing.change_head, name="change_head"),
    path("obligations/<int:pk>/give/", giving.give, name="give"),
    path(f"{DUTY}draft/", giving.draft, name="draft"),
    path(f"{DUTY}issue/", giving.issue, name="issue"),
    path(f"{DUTY}split/", giving.split, name="split"),
    path(f"{DUTY}agencies/", many.fan_out, name="fan_out"),
    path("directives/register/", registering.register, name="register"),
    path(f"{TEXT}duty/", registering.add_duty, name="add_duty"),
    path(f"{TEXT}import/", importing.import_table, name="import"),
    path(f"{TEXT}relate/", registering.relate, name="relate"),
    path(f"{TEXT}title/", registering.translate, name="translate"),
    path(f"{TEXT}public/", registering.publish, name="publish"),
    path("people/", people.people, name="people"),
    path("people/new/", people.open_account, name="open_account"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/account/", people.activity, name="activity"),
    path("people/<int:pk>/link/", people.sign_in_link, name="sign_in_link"),
    path("roles/<int:pk>/end/", people.end_role, name="end_role"),
]
