"""The public entry page."""

from django.http import HttpResponse
from django.shortcuts import render

from thuocdo.accounts.enums import Permission
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.asof import asked


@requires(Permission.READ_PUBLIC)
def home(request: PageRequest) -> HttpResponse:
    """What the product is, until the overview stands here."""
    return render(request, "web/home.html", {"as_of": asked(request).as_of})
