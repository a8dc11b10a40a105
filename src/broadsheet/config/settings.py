"""
Django's settings for the newsroom and the press.

Embedded by default: one SQLite file in the home. BROADSHEET_DATABASE names a
PostgreSQL database instead, when the paper outgrows it.
"""

import os
import zoneinfo
from typing import Any
from urllib.parse import unquote, urlsplit

from broadsheet.config import home
from broadsheet.config.mail_server import mail_server

# Only the locked tzdata package decides what time it is anywhere, or a rebuild on another
# machine would give other bytes.
zoneinfo.reset_tzpath(to=())

HOME = home.current()
SECRET_KEY = HOME.secret() if HOME.exists() else "no-home-yet"
DEBUG = False
ALLOWED_HOSTS = os.environ.get("BROADSHEET_HOSTS", "127.0.0.1 localhost [::1]").split()
BASE_URL = os.environ.get("BROADSHEET_URL", "http://127.0.0.1:8000")

IS_BASE_URL_SET = "BROADSHEET_URL" in os.environ  # by `run` always; commands may not know it

INSTALLED_APPS = [
    "broadsheet.press",
    "broadsheet.newsroom",
    "broadsheet.accounts",  # before allauth and Wagtail, whose templates it replaces
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail.contrib.settings",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.documents",  # Wagtail's admin asks for its addresses; nothing is served from it
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "broadsheet.newsroom.audit.origin.Origins",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "broadsheet.newsroom.paper_time.PaperTime",
    "broadsheet.accounts.door.Door",  # of who is signed in, so after who that is
    "broadsheet.newsroom.refusals.RefusalsInWords",
]

ROOT_URLCONF = "broadsheet.config.urls"
WSGI_APPLICATION = "broadsheet.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# WAL lets readers and one writer work at once. FULL, since NORMAL loses acknowledged
# commits at a power cut (measured: 6 of 6). IMMEDIATE, since deferred transactions that
# turn into writers fail at once under contention (measured: 120 of 160).
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        # What the law has us erase must not stay readable in free pages of the file.
        "PRAGMA secure_delete=ON;"
        "PRAGMA mmap_size=268435456;PRAGMA cache_size=-64000;PRAGMA temp_store=MEMORY"
    ),
}


def _database(address: str) -> dict[str, Any]:
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME.database,
            "OPTIONS": _SQLITE_OPTIONS,
        }
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


DATABASES = {"default": _database(os.environ.get("BROADSHEET_DATABASE", ""))}
BROADSHEET_WIRING = os.environ.get("BROADSHEET_WIRING", "broadsheet.config.wiring.wiring")
_MAIL = mail_server(os.environ.get("BROADSHEET_MAIL_URL", ""))
EMAIL_HOST = _MAIL.host  # "" without one
EMAIL_PORT = _MAIL.port
EMAIL_HOST_USER = _MAIL.user
EMAIL_HOST_PASSWORD = _MAIL.password
EMAIL_USE_TLS = _MAIL.starts_tls
EMAIL_USE_SSL = _MAIL.is_tls
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = _MAIL.sender or f"desk@{urlsplit(BASE_URL).hostname}"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = ["broadsheet.config.formats"]  # 24 hours, day before month
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/desk/static/"
STATIC_ROOT = HOME.static
MEDIA_ROOT = HOME.originals
MEDIA_URL = "/desk/originals/"  # served to signed-in people only, by the desk

WAGTAIL_SITE_NAME = "Broadsheet"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILIMAGES_IMAGE_MODEL = "newsroom.Picture"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 64 * 1024 * 1024  # web.desk.LARGEST_UPLOAD_BYTES
WAGTAILIMAGES_IMAGE_FORM_BASE = "broadsheet.newsroom.picture_form.PictureForm"
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    # Wagtail's own collapses spaces of stories that are opened and saved.
    "default": {"WIDGET": "broadsheet.newsroom.rich_text_editor.FaithfulTextArea"}
}
WAGTAIL_AUTOSAVE_INTERVAL = 3000  # ms; each save is a write transaction
WAGTAIL_AUTO_UPDATE_PREVIEW_INTERVAL = 1000  # ms
WAGTAIL_USER_TIME_ZONES = ["UTC"]  # with one, nobody is asked: the desk goes by the paper's clock
# Passwords and people have pages of their own (broadsheet.accounts), and these only.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no request leaves the machine unasked
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # nor does a hash of anybody's mail address
WAGTAILREDIRECTS_AUTO_CREATE = False
WAGTAILSEARCH_BACKENDS = {
    # The press reads what can be searched when it is idle; no save waits for that.
    "default": {"BACKEND": "broadsheet.newsroom.desk_search", "AUTO_UPDATE": False}
}
# Wagtail's housekeeping waits for the press to be idle, and no editor waits for it.
TASKS = {"default": {"BACKEND": "broadsheet.newsroom.chores.ChoresBackend"}}

BROADSHEET_STAFF = "broadsheet.newsroom.staff.staff"
LOGIN_URL = "/desk/login/"
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
LOGIN_REDIRECT_URL = "/desk/"
AUTHENTICATION_BACKENDS = ["broadsheet.accounts.backend.OnePasswordCheck"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24  # seconds a link to a new password can be used

ACCOUNT_ADAPTER = "broadsheet.accounts.adapter.DeskAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]  # nobody can; allauth asks
ACCOUNT_EMAIL_VERIFICATION = "none"  # who was invited by mail has shown that it is theirs
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_FORMS = {
    "login": "broadsheet.accounts.forms.SignInForm",
    "reset_password": "broadsheet.accounts.forms.NewPasswordForm",
}
# Our own throttle counts in the sign-in log, and says how long to wait.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
MFA_ADAPTER = "broadsheet.accounts.mfa_adapter.DeskFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # periods of 30 s that a phone's clock may be off
MFA_FORMS = {
    "authenticate": "broadsheet.accounts.forms.CodeForm",
    "reauthenticate": "broadsheet.accounts.forms.CodeAgainForm",
}
# What all of the desk's processes must agree on lies in files: rates, and codes that were
# used. What each may keep for itself would cost a file for every picture in a list.
CACHES = {
    "default": {
        "BACKEND": "broadsheet.accounts.shared_cache.SharedCache",
        "LOCATION": HOME.run / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

_IS_SECURE = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _IS_SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_PATH = "/desk/"
CSRF_COOKIE_PATH = "/desk/"
# Behind nginx, which keeps the certificate, we see plain HTTP and browsers name https.
CSRF_TRUSTED_ORIGINS = [
    f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS if host != "*"
]
# Each block of a body is five or six fields of a form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 50_000
X_FRAME_OPTIONS = "SAMEORIGIN"  # the editor's preview is a frame of its own site

# Django says nothing of a failed request unless told where to. Everything goes to the
# process's own output, which the supervisor prefixes with its name.
# What concerns developers only is kept in a file: nobody who runs a command can act on it.
_SLOW_WRITES = "broadsheet.press.slow_writes"
_SLOW_WRITES_BYTES = 1_000_000  # of the file, and once more of the one before it

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "for_people": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: record.name != _SLOW_WRITES,
        },
        # Django logs the address of what it could not answer, and a link's token is part of it.
        "tokens_masked": {"()": "broadsheet.newsroom.previewing.masking.TokensMasked"},
    },
    "formatters": {
        "plain": {"format": "%(levelname)s %(name)s: %(message)s"},
        "dated": {"format": "%(asctime)s process %(process)d: %(message)s"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["for_people", "tokens_masked"],
        },
        "slow_writes": {
            "class": "logging.handlers.RotatingFileHandler",
            "formatter": "dated",
            "filename": HOME.slow_writes,
            "maxBytes": _SLOW_WRITES_BYTES,
            "backupCount": 1,
            "encoding": "utf-8",
            "delay": True,  # the home may have to be made first
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "broadsheet": {"level": "INFO"},
        _SLOW_WRITES: {"handlers": ["slow_writes"]},
    },
}
