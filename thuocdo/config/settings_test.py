"""Settings of the test run: stricter than production, faster where it does not matter."""

import os
import tempfile

os.environ["THUOCDO_VAR"] = tempfile.mkdtemp(prefix="thuocdo-test-")
os.environ.setdefault("THUOCDO_SECRET_KEY", "a key for tests only")

from thuocdo.config.readiness import compile_messages
from thuocdo.config.settings import *  # noqa: F403
from thuocdo.config.settings import LOCALE_PATHS

for folder in LOCALE_PATHS:  # before Django reads a catalogue, and it reads one while it starts
    compile_messages(folder)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
