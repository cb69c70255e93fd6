"""Settings. Every value has a default that runs on SQLite with nothing set; the environment changes it.

THUOCDO_VAR           folder of the database, the key, stored files (default: var/ beside the package)
DATABASE_URL          another database, e.g. postgres://user@host/name
THUOCDO_SECRET_KEY    session key (default: made once into THUOCDO_VAR/secret-key)
THUOCDO_HOSTS         names this server answers to, comma-separated
THUOCDO_CLAMD         where ClamAV's daemon listens: a path or tcp://HOST:PORT (docs/operating.md)
THUOCDO_ADDRESS       where people reach the pages, for links in letters, e.g. https://thuocdo.example
THUOCDO_SMTP          mail server, smtp://user:password@host:587?starttls=1 or smtps://… (none: no e-mail)
THUOCDO_MAIL_FROM     sender of e-mail, an address
THUOCDO_SMS           gateway for text messages, an address; its contract: thuocdo/notices/channels.py
THUOCDO_SMS_TOKEN     what the gateway knows us by
THUOCDO_QUIET         hours in which nothing is sent (default 20:00-07:00)
THUOCDO_STEPS         TOML file with another table of reminders; its form: assignments/rules/escalation.py
THUOCDO_CODES_FOR     roles that must sign in with a code besides the password, e.g. reviewer,steward
THUOCDO_PROXIES       how many proxies stand before this server, which tell the caller's address (default 0)
THUOCDO_METRICS_TOKEN what Prometheus has to bring to read /metrics; without it only this machine may
THUOCDO_HTTPS         "1" behind a proxy that speaks HTTPS: cookies travel over nothing else
THUOCDO_OIDC_ISSUER   address of a provider of identities to sign in with (OpenID Connect; docs/adr/0019)
THUOCDO_OIDC_CLIENT   what it knows this server as; THUOCDO_OIDC_SECRET: the secret shared with it
THUOCDO_OIDC_NAME     what our pages call it
THUOCDO_DEBUG         "1" shows the components page and plain static files; never on a public host
"""

import os
import secrets
from datetime import time, timedelta
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from thuocdo.config import ways
from thuocdo.jobs.rules.schedule import Daily, Every, Periodic
from thuocdo.lib.once import put

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("THUOCDO_VAR") or ROOT.parent / "var")
VAR.mkdir(parents=True, exist_ok=True)


def secret(name: str) -> str:
    """The secret kept in VAR under this name; made on first use, readable by the owner alone."""
    path = VAR / name
    if not path.exists():
        put(path, secrets.token_urlsafe(50).encode(), 0o600)
    return path.read_text().strip()


def former_keys() -> list[str]:
    """The session key before this one, while what it made stays good (`thuocdo rotate-secret-key`)."""
    told, kept = os.environ.get("THUOCDO_SECRET_KEY_OLD"), VAR / "secret-key.old"
    if os.environ.get("THUOCDO_SECRET_KEY"):
        return [told] if told else []
    return [kept.read_text().strip()] if kept.exists() else []


DEBUG = os.environ.get("THUOCDO_DEBUG") == "1"
SECRET_KEY = os.environ.get("THUOCDO_SECRET_KEY") or secret("secret-key")
SECRET_KEY_FALLBACKS = former_keys()
ALLOWED_HOSTS = os.environ.get("THUOCDO_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
SHOW_COMPONENTS = DEBUG
SIGN_IN_OF_EXAMPLES = os.environ.get("THUOCDO_EXAMPLES") == "1"  # bin/serve sets it on loopback only

INSTALLED_APPS = [
    "thuocdo.config",
    "thuocdo.operations",
    "thuocdo.demo",
    "thuocdo.web",
    "thuocdo.search",
    "thuocdo.meetings",
    "thuocdo.recommendations",
    "thuocdo.assignments",
    "thuocdo.indicators",
    "thuocdo.directives",
    "thuocdo.notices",
    "thuocdo.accounts",
    "thuocdo.agencies",
    "thuocdo.files",
    "thuocdo.jobs",
    "thuocdo.audit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "thuocdo.web.errors.Refusals",
    "thuocdo.web.errors.Bounds",
]
ROOT_URLCONF = "thuocdo.config.urls"
WSGI_APPLICATION = "thuocdo.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "thuocdo.web.context.frame",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'thuocdo.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,  # a database that was restarted costs nobody a request
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-16000",
    }
else:  # counts by status have few groups, the planner expects a million: let it hash, and compile nothing
    DATABASES["default"]["OPTIONS"] = {"options": "-c jit=off -c work_mem=16MB -c hash_mem_multiplier=16"}
CACHES = {  # shared by all workers, so that attempts to sign in are counted once (docs/adr/0019)
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_attempt",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
PERIODIC_JOBS = [  # (task, what people call it, when): `thuocdo work` does them, /jobs/ shows them
    Periodic("thuocdo.audit.jobs.seal", _("Seal the log"), Every(timedelta(minutes=1))),
    Periodic("thuocdo.assignments.jobs.tally", _("Count the duties of the day"), Daily(time(0, 10))),
    Periodic(
        "thuocdo.assignments.jobs.publish_rates",
        _("Publish the rates of the month that is over"),
        Daily(time(0, 20)),
    ),
    Periodic(
        "thuocdo.assignments.jobs.tell_news", _("Tell people what was done"), Every(timedelta(minutes=1))
    ),
    Periodic(
        "thuocdo.assignments.jobs.escalate",
        _("Remind of time limits, level by level"),
        Every(timedelta(minutes=10)),
    ),
    Periodic(
        "thuocdo.assignments.jobs.tell_passed",
        _("Tell of answers and commitments that did not come"),
        Daily(time(0, 30)),
    ),
    Periodic(
        "thuocdo.assignments.jobs.show_waiting",
        _("Show which limits decisions on working days would move"),
        Every(timedelta(minutes=10)),
    ),
    Periodic(
        "thuocdo.indicators.jobs.count_facts", _("Count what changed of facts"), Every(timedelta(minutes=5))
    ),
    Periodic(
        "thuocdo.web.jobs.send_letters", _("Send e-mail and text messages"), Every(timedelta(minutes=2))
    ),
    Periodic("thuocdo.web.jobs.forget", _("Delete what was kept of people long enough"), Daily(time(3, 10))),
    Periodic("thuocdo.jobs.jobs.clear", _("Clear away old jobs"), Daily(time(3, 0))),
]

ADDRESS = os.environ.get("THUOCDO_ADDRESS", "http://127.0.0.1:8000")
MAIL_FROM = os.environ.get("THUOCDO_MAIL_FROM", "") if os.environ.get("THUOCDO_SMTP") else ""
globals().update(ways.smtp(os.environ.get("THUOCDO_SMTP", "")))
SMS_ADDRESS, SMS_TOKEN = os.environ.get("THUOCDO_SMS", ""), os.environ.get("THUOCDO_SMS_TOKEN", "")
QUIET_HOURS = ways.hours(os.environ.get("THUOCDO_QUIET", "20:00-07:00"))
STEPS_FILE = os.environ.get("THUOCDO_STEPS", "")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["thuocdo.faces.reader.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger's address gets no mail from us
ACCOUNT_ADAPTER = "thuocdo.web.signin.Adapter"
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # the password once more before the ways of signing in are changed
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("THUOCDO_PROXIES") or 0)
MFA_ADAPTER = "thuocdo.web.codes.Adapter"
MFA_TOTP_ISSUER = "Thước Đo"
CODES_FOR = frozenset(filter(None, os.environ.get("THUOCDO_CODES_FOR", "").replace(" ", "").split(",")))
SOCIALACCOUNT_ADAPTER = "thuocdo.web.identities.Adapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an identity is an issuer and a subject, never an e-mail address
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, list[dict[str, object]]]] = {}
if os.environ.get("THUOCDO_OIDC_ISSUER"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "outside",
                "name": os.environ.get("THUOCDO_OIDC_NAME") or "OpenID Connect",
                "client_id": os.environ["THUOCDO_OIDC_CLIENT"],
                "secret": os.environ.get("THUOCDO_OIDC_SECRET", ""),
                "settings": {"server_url": os.environ["THUOCDO_OIDC_ISSUER"]},
            }
        ]
    }
CSRF_FAILURE_VIEW = "thuocdo.web.errors.csrf_failure"
LOGIN_REDIRECT_URL = "web:home"
LOGIN_URL = "account_login"

API_CALLS_A_MINUTE = 600  # of one token

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English")), ("fr", _("French")), ("de", _("German"))]
LOCALE_PATHS = [ROOT / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
LARGEST_REQUEST = 255 * 2**20  # five files of the largest size in one form, with its words
CLAMD = os.environ.get("THUOCDO_CLAMD", "")
if CLAMD:
    PERIODIC_JOBS.append(
        Periodic("thuocdo.files.jobs.scan", _("Have waiting files checked"), Every(timedelta(minutes=10)))
    )
METRICS_TOKEN = os.environ.get("THUOCDO_METRICS_TOKEN", "")  # empty: /metrics answers this machine alone

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'none'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("THUOCDO_HTTPS") == "1"
if SESSION_COOKIE_SECURE:  # behind deploy/nginx.conf, which tells who asked, and over what
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SILENCED_SYSTEM_CHECKS = ["models.W040"]  # covering indexes are for PostgreSQL; SQLite keeps the plain ones
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
