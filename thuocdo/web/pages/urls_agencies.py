"""Addresses of the agencies: the index, one of them, what stewards do with them."""

from django.urls import URLPattern, path

from thuocdo.web.pages import agencies, keeping, overview, periodic, succession

urlpatterns: list[URLPattern] = [
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/open/", keeping.open_agency, name="open_agency"),
    path("agencies/succession/", succession.succession, name="succession"),
    path("agencies/<str:code>/", overview.agency, name="agency"),
    path("agencies/<str:code>/reports/", periodic.reports, name="agency_reports"),
    path("agencies/<str:code>/names/", keeping.amend_agency, name="amend_agency"),
    path("agencies/<str:code>/place/", keeping.place_agency, name="place_agency"),
]
