"""Root addresses: the language stands in the path, Vietnamese without a prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(
    path("", include("thuocdo.web.urls")),
    path("account/", include("allauth.urls")),
    prefix_default_language=False,
)
