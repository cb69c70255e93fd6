"""Root addresses: the language stands in the path, Vietnamese without a prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("thuocdo.api.urls")),
    path("", include("thuocdo.operations.urls")),
]
urlpatterns += i18n_patterns(
    path("", include("thuocdo.web.urls")),
    path("account/", include("thuocdo.web.account_urls")),
    prefix_default_language=False,
)

handler400 = "thuocdo.web.errors.bad_request"
handler403 = "thuocdo.web.errors.forbidden"
handler404 = "thuocdo.web.errors.not_found"
handler500 = "thuocdo.web.errors.failed"
