"""Pages of codes besides those of allauth: why they are owed, the picture that an app reads (2.11)."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from thuocdo.faces.reader import reader_of
from thuocdo.web import codes


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """All about one's own codes stands on the page of one's account."""
    return redirect("web:account")


@login_required
def owed(request: HttpRequest) -> HttpResponse:
    """Why nothing else opens yet, and the way on."""
    if not codes.owed(reader_of(request)):
        return redirect("web:home")
    return render(request, "mfa/owed.html")


@never_cache
@login_required
def picture(request: HttpRequest) -> HttpResponse:
    """The secret that is being set up as a picture, at an address of its own: the policy allows no other."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = get_adapter()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(drawn, content_type="image/svg+xml")
