"""Addresses of signing in and of passwords: allauth's views, only those that are used; sign-up is closed."""

from allauth.account import views
from allauth.mfa.base import views as codes
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from thuocdo.web import codes_pages, identity_pages

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",  # the key itself has a hyphen
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("outside/", identity_pages.sign_in, name="account_outside"),
    path("outside/link/", identity_pages.link, name="account_outside_link"),
    path("outside/unlink/", identity_pages.unlink, name="account_outside_unlink"),
    path("outside/back/", identity_pages.callback, name="account_outside_callback"),
    path("invited/<str:uidb36>/<str:key>/", identity_pages.invited, name="account_invited"),
    path("codes/", codes_pages.index, name="mfa_index"),
    path("codes/first/", codes_pages.owed, name="account_codes_owed"),
    path("codes/enter/", codes.authenticate, name="mfa_authenticate"),
    path("codes/confirm/", codes.reauthenticate, name="mfa_reauthenticate"),
    path("codes/set-up/", totp.activate_totp, name="mfa_activate_totp"),
    path("codes/set-up/picture.svg", codes_pages.picture, name="account_codes_picture"),
    path("codes/give-up/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/spare/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/spare/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes/spare/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
