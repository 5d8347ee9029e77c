"""Django's settings. What differs from place to place comes from the environment (dutygate.config.environment)."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from dutygate.config import environment
from dutygate.config.pages import PAGES  # noqa: F401 - which page shows which provision: settings.PAGES

PACKAGE = Path(__file__).resolve().parent.parent

# Where things are
DUTYGATE_HOME = environment.home()
SECRET_KEY = environment.secret_key(DUTYGATE_HOME)
DATABASES = {"default": environment.database(os.environ.get("DATABASE_URL"), DUTYGATE_HOME)}
DATABASE_ROUTERS = ["dutygate.base.register.alias.AliasRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = DUTYGATE_HOME / "files"
DEBUG = environment.flag("DUTYGATE_DEBUG")
STYLEGUIDE = DEBUG or environment.flag("DUTYGATE_STYLEGUIDE")  # the page of components, for developers
ALLOWED_HOSTS = environment.names("DUTYGATE_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
ROOT_URLCONF = "dutygate.config.urls"
WSGI_APPLICATION = "dutygate.config.wsgi.application"

# What it is made of, from the bottom up
OWN_APPS = [
    name
    for name in (
        "dutygate.base.ui",
        "dutygate.base.register",
        "dutygate.base.search",
        "dutygate.base.organizations",
        "dutygate.base.documents",
        "dutygate.base.notices",
        "dutygate.base.actions",
        "dutygate.features.cases",
        "dutygate.features.bases",
        "dutygate.features.lists",
        "dutygate.features.support",
        "dutygate.features.yearly",
        "dutygate.features.taskcheck",
        "dutygate.features.application",
        "dutygate.features.review",
        "dutygate.features.conference",
        "dutygate.features.decision",
        "dutygate.features.succession",
        "dutygate.features.exit",
        "dutygate.features.adjustment",
        "dutygate.features.supervision",
        "dutygate.features.editions",
        "dutygate.features.board",
        "dutygate.features.papers",
        "dutygate.features.publicity",
        "dutygate.features.desk",
        "dutygate.features.administration",
        "dutygate.features.audit",
        "dutygate.features.casefile",
        "dutygate.features.manual",
    )
    if (PACKAGE.parent / Path(*name.split(".")) / "apps.py").exists()
]
INSTALLED_APPS = [
    *OWN_APPS,
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "ninja",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "dutygate.config.middleware.PublicSiteMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "dutygate.config.middleware.ChineseFirstMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "dutygate.config.middleware.SessionActivityMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "dutygate.config.middleware.LawHereMiddleware",
    "dutygate.config.middleware.BusyMiddleware",
    "dutygate.config.middleware.NotDoneMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dutygate.base.ui.display.display",
                "dutygate.base.organizations.shown.acting",
            ],
        },
    },
]

# Language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Who comes in. Passwords, lock-out and idle log-out as graded protection (等保 2.0) asks.
if "dutygate.base.organizations" in OWN_APPS:
    AUTH_USER_MODEL = "organizations.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if (PACKAGE / "base" / "organizations" / "passwords.py").exists():
    AUTH_PASSWORD_VALIDATORS.append({"NAME": "dutygate.base.organizations.passwords.ThreeClassesValidator"})
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = ["username"]  # an account is locked whatever address the tries come from
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # by user name alone, on purpose
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"  # a message costs no write
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 30 * 60  # idle log-out; SessionActivityMiddleware pushes it on, at most once a minute
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# What the browser may do. A place that serves over HTTPS says so with DUTYGATE_HTTPS=1.
HTTPS = environment.flag("DUTYGATE_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PUBLIC_ADDRESS = os.environ.get("DUTYGATE_ADDRESS", "")  # where people open it, for the foot of mails
MAIL = environment.mail(os.environ)
OPEN_DATA_LICENCE = os.environ.get("DUTYGATE_OPEN_DATA_LICENCE", "")  # of the open data; "" = not set, and shown as such
CSRF_TRUSTED_ORIGINS = environment.names("DUTYGATE_TRUSTED_ORIGINS", "")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# Static files are served from where they lie: nothing to collect, nothing to fetch
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# Uploads stay in memory up to this size, larger ones go through a temporary file
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"dutygate": {"level": "INFO"}},
}
