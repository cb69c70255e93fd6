"""Answers in which a provider, or somebody in its place, is not to be believed sign nobody in (2.12)."""

import base64
import json
import time
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client

from tests.assignments.factory import world
from tests.marks import covers
from tests.web.factory import text_of
from thuocdo.web import identities
from thuocdo.web.provider import Provider

pytestmark = [pytest.mark.django_db, pytest.mark.urls("thuocdo.config.urls")]
ISSUER, CLIENT = "https://id.example", "thuocdo"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ABOUT = {
    "issuer": ISSUER, "authorization_endpoint": f"{ISSUER}/auth", "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys", "token_endpoint_auth_methods_supported": ["client_secret_basic"],
}  # fmt: skip


class Answer:
    """What the requests library gives."""

    status_code, headers, content = 200, {"content-type": "application/json"}, b""

    def __init__(self, data):
        self.data = data

    def json(self):
        return self.data

    def raise_for_status(self):
        pass


class Place:
    """Stands in the place of the provider on the network."""

    def __init__(self):
        self.about, self.token = dict(ABOUT), {}

    def __enter__(self):
        return self

    def __exit__(self, *_raised):
        pass

    def get(self, address, **_more):
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        keys = {"keys": [{**public, "kid": "1", "alg": "RS256"}]}
        return Answer(keys if address.endswith("/keys") else self.about)

    def request(self, _method, _address, **sent):
        self.sent = sent
        return Answer(self.token)


@pytest.fixture
def place(settings, monkeypatch):
    cache.clear()
    app = {
        "provider_id": "outside", "name": "Cổng", "client_id": CLIENT, "secret": "s",
        "settings": {"server_url": ISSUER},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    found = Place()
    monkeypatch.setattr(identities.Adapter, "get_requests_session", lambda _self: found)
    return found


@pytest.fixture
def an(place):
    """An, whose account opens to the subject an-01 of the issuer, as a proper answer shows."""
    user = world().an
    claims = {"iss": ISSUER, "sub": "an-01"}
    uid = Provider.extract_uid(None, claims)
    SocialAccount.objects.create(user=user, provider="outside", uid=uid, extra_data=claims)
    return user


def asked():
    """A browser that has been sent to the provider, with the question it carries."""
    client = Client()
    page = client.post("/en/account/outside/")
    address = page.headers["Refresh"].partition("url=")[2]
    return client, {name: one[0] for name, one in parse_qs(urlsplit(address).query).items()}


def token(question, key=KEY, algorithm="RS256", **claims):
    """An ID token as the provider would make it, but for what is said otherwise; None leaves a claim out."""
    all_claims = {
        "iss": ISSUER, "sub": "an-01", "aud": CLIENT, "nonce": question["nonce"],
        "iat": int(time.time()), "exp": int(time.time()) + 60, **claims,
    }  # fmt: skip
    kept = {name: value for name, value in all_claims.items() if value is not None}
    return jwt.encode(kept, key, algorithm=algorithm, headers={"kid": "1"})


def comes_back(place, made, **query):
    """Whether the answer signs An in; `made` gives the ID token from the question."""
    client, question = asked()
    place.token = {"access_token": "x", "token_type": "Bearer", "id_token": made(question)}
    client.get("/account/outside/back/", {"code": "c", "state": question["state"], **query})
    return "My account" in text_of(client.get("/en/"))


def unsigned(question):
    """A token that says it needs no signature."""
    parts = token(question).split(".")
    head = base64.urlsafe_b64encode(b'{"alg":"none","kid":"1"}').rstrip(b"=").decode()
    return f"{head}.{parts[1]}."


@covers("2.12")
def test_a_proper_answer_signs_in(an, place):
    assert comes_back(place, token) is True
    assert "code_verifier" in place.sent["data"]


@covers("2.12")
@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": None}, {"nonce": ""}, {"nonce": "of another attempt"}, {"iss": "https://other.example"},
        {"iss": None}, {"aud": "another"}, {"aud": None}, {"aud": [CLIENT, "another"], "azp": "another"},
        {"exp": 1}, {"exp": None}, {"sub": ""}, {"sub": None}, {"sub": "an-02"},
    ],
)  # fmt: skip
def test_a_token_that_says_something_else_does_not(an, place, claims):
    assert comes_back(place, lambda question: token(question, **claims)) is False


@covers("2.12")
@pytest.mark.parametrize(
    "made",
    [
        unsigned,
        lambda question: token(question, key=OTHER),
        lambda question: token(
            question, key="the secret of a client, long enough to sign", algorithm="HS256"
        ),
        lambda question: token(question)[:-6] + "AAAAAA",
        lambda _question: "nonsense",
        lambda _question: "",
    ],
    ids=["unsigned", "another key", "a shared secret", "cut", "nonsense", "nothing"],
)
def test_a_token_that_is_not_signed_by_the_issuer_does_not(an, place, made):
    assert comes_back(place, made) is False


@covers("2.12")
@pytest.mark.parametrize(
    ("query", "enters"), [({"iss": ISSUER}, True), ({"iss": "https://other.example"}, False)]
)
def test_the_answer_of_another_issuer_is_not_read(an, place, query, enters):
    assert comes_back(place, token, **query) is enters


@covers("2.12")
def test_a_provider_that_names_itself_otherwise_is_not_asked(an, place):
    place.about["issuer"] = "https://other.example"
    page = Client().post("/en/account/outside/")
    assert (page.status_code, "cannot be reached" in text_of(page)) == (502, True)


@covers("2.12")
@pytest.mark.parametrize("state", ["", "made-up", None])
def test_an_answer_that_nobody_asked_for_is_not_read(an, place, state):
    client, question = asked()
    place.token = {"access_token": "x", "id_token": token(question)}
    query = {"code": "c", **({} if state is None else {"state": state})}
    answer = client.get("/account/outside/back/", query)
    assert (answer.status_code, "did not work" in text_of(answer)) == (403, True)


@covers("2.12")
def test_every_question_is_another(place):
    first, second = asked()[1], asked()[1]
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]
    assert (first["code_challenge_method"], first["scope"]) == ("S256", "openid")


@covers("2.12")
def test_without_a_provider_there_is_nothing():
    assert Client().post("/en/account/outside/").status_code == 404
    assert Client().get("/account/outside/back/").status_code == 404
    assert "Sign in with" not in text_of(Client().get("/en/account/login/"))
