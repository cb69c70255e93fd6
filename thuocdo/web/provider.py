"""Signing in with an identity kept elsewhere, by OpenID Connect: what is asked for, what is believed (2.12).

allauth finds this module by its name. What differs from allauth's own provider: PKCE and a nonce always,
the signature of the answer checked always, no more asked than who it is, and an identity is an issuer with a
subject.
"""

import json
import secrets
from hashlib import sha256
from hmac import compare_digest
from typing import Any

import jwt
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

SIGNED_BY = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"})
ID = "outside"  # of the one provider that an installation may name
Claims = dict[str, Any]


class Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Speaks to the provider."""

    nonce = ""  # of the attempt whose answer is read
    redirect_uri_protocol = "https" if settings.SESSION_COOKIE_SECURE else None

    @property
    def openid_config(self) -> Claims:
        """What the issuer publishes of itself; it must name itself as the operator named it."""
        found: Claims = super().openid_config
        named = self.get_provider().app.settings["server_url"]
        if found.get("issuer") != named:
            raise OAuth2Error(f"The provider at {named} says that it is {found.get('issuer')}.")
        return found

    def get_callback_url(self, request: HttpRequest, app: object) -> str:
        """One address for all languages, so that the provider needs to know one."""
        with translation.override(settings.LANGUAGE_CODE):
            address = reverse("account_outside_callback")
        return f"{self.redirect_uri_protocol or request.scheme}://{request.get_host()}{address}"

    def complete_login(self, request: HttpRequest, app: Any, token: object, **kwargs: Any) -> Any:  # noqa: ANN401
        """Who it is, by the signed answer alone."""
        id_token = kwargs["response"].get("id_token")
        if not id_token:
            raise OAuth2Error("The provider gave no ID token.")
        return self.get_provider().sociallogin_from_response(request, self._believed(app, id_token))

    def _believed(self, app: Any, id_token: str) -> Claims:  # noqa: ANN401
        """The claims of a token: signed, of this issuer, for us, current, and the answer to our question."""
        try:
            if jwt.get_unverified_header(id_token).get("alg") not in SIGNED_BY:
                raise OAuth2Error("The ID token is not signed by a key pair.")
            claims: Claims = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as fault:
            raise OAuth2Error("The ID token cannot be read.") from fault
        if not self.nonce or not compare_digest(str(claims.get("nonce", "")), self.nonce):
            raise OAuth2Error("The ID token answers another question.")
        if not claims.get("sub") or "exp" not in claims or claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("The ID token says not whom it is about, until when, or for whom.")
        return claims


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    """What is asked of the provider and kept of its answer."""

    pkce_enabled_default = True
    oauth2_adapter_class = Adapter

    def redirect(self, request: HttpRequest, process: str, **more: Any) -> HttpResponse:  # noqa: ANN401
        """Send the browser away with a question that only its answer can bring back."""
        nonce = secrets.token_urlsafe(32)
        answer: HttpResponse = super().redirect(
            request, process, auth_params={"nonce": nonce}, asked=nonce, **more
        )
        return answer

    def get_scope(self) -> list[str]:
        """Only who it is: neither name nor e-mail address."""
        return ["openid"]

    def extract_uid(self, data: Claims) -> str:
        """The identity: the issuer with the subject, of whatever length, as one key."""
        return sha256(json.dumps([data["iss"], str(data["sub"])]).encode()).hexdigest()

    def extract_extra_data(self, data: Claims) -> Claims:
        """What is kept in the clear of an identity."""
        return {"iss": data["iss"], "sub": str(data["sub"])}

    def extract_common_fields(self, data: Claims) -> Claims:
        """Nothing of the answer fills an account."""
        return {}

    def extract_email_addresses(self, data: Claims) -> list[object]:
        """No e-mail address is taken from outside, nor asked for."""
        return []


class Callback(OAuth2CallbackView):  # type: ignore[misc]
    """Reads the answer with what was noted when the question was asked; each state serves once."""

    def _get_state(self, request: HttpRequest, provider: Provider) -> Any:  # noqa: ANN401
        state, refusal = super()._get_state(request, provider)
        if state is not None:
            self.adapter.nonce = state.get("asked", "")
            named = request.GET.get("iss")
            if named is not None and named != provider.app.settings["server_url"]:
                raise OAuth2Error("The answer comes from another issuer.")
        return state, refusal


provider_classes = [Provider]
