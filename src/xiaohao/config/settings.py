"""Settings, all from the environment, with values that suit one machine and SQLite.

``XIAOHAO_HOME``          folder of the database, uploads and the secret key (default ``./data``)
``XIAOHAO_DATABASE_URL``  ``postgresql://user:password@host:port/name``; without it SQLite in the home folder
``XIAOHAO_SECRET_KEY``    signing key; without it one is made on first start and kept in the home folder
``XIAOHAO_DATA_KEY``      key of what is encrypted in the database; without it one is made and kept likewise
``XIAOHAO_HOSTS``         host names the server answers to, separated by commas
``XIAOHAO_HTTPS``         ``1`` where the server is reached by HTTPS
``XIAOHAO_MAIL``          ``smtp://user:password@host:port`` (``smtps://`` for TLS) for reminders by mail
``XIAOHAO_MAIL_FROM``     address reminders come from
``XIAOHAO_PUBLIC_ADDRESS`` address the public reaches published notices at, such as ``https://www.example.cn``,
                          where it is another one than that of the office; stands on posters and in codes
``XIAOHAO_FONTS``         folder with the organ's own licensed fonts for printed documents
"""

import os
from pathlib import Path

from xiaohao.config.environment import data_key, database, mail, secret_key

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("XIAOHAO_HOME", "data")).resolve()
HTTPS = os.environ.get("XIAOHAO_HTTPS") == "1"
PUBLIC_ADDRESS = os.environ.get("XIAOHAO_PUBLIC_ADDRESS", "").rstrip("/")
FONTS_FOLDER = os.environ.get("XIAOHAO_FONTS", "")

DEBUG = False
SECRET_KEY = secret_key(HOME)
DATA_KEY = data_key(HOME)
ALLOWED_HOSTS = os.environ.get("XIAOHAO_HOSTS", "127.0.0.1,localhost,testserver").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_htmx",
    "ninja",  # so that the page of the API is served from here and not from the internet
    "xiaohao.core",
    "xiaohao.ledger",
    "xiaohao.registers",
    "xiaohao.rectification",
    "xiaohao.writing",
    "xiaohao.public",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "xiaohao.public.middleware.PublishedPages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "xiaohao.public.middleware.BoundedPosts",
    "django_htmx.middleware.HtmxMiddleware",
    "xiaohao.core.middleware.SessionRefreshMiddleware",
    "xiaohao.core.middleware.ApiKeyMiddleware",
    "xiaohao.core.middleware.AccessMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "xiaohao.config.urls"
WSGI_APPLICATION = "xiaohao.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "xiaohao.core.context.navigation",
            ],
        },
    },
]

DATABASES = {"default": database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "core/locked_out.html"
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 30 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# In a folder, so that every process of the server sees how far an import has come.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
    }
}

EMAIL = mail(os.environ.get("XIAOHAO_MAIL", ""))
EMAIL_HOST, EMAIL_PORT = EMAIL.host, EMAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL.user, EMAIL.password
EMAIL_USE_SSL, EMAIL_TIMEOUT = EMAIL.encrypted, 10
DEFAULT_FROM_EMAIL = os.environ.get("XIAOHAO_MAIL_FROM", "xiaohao@localhost")

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = HOME / "files"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "axes": {"level": "ERROR"},
        # A line for everything that is refused would let a flood of posts fill the disk with the log.
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},
    },
}
