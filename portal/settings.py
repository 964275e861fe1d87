"""Settings: one file, read from a typed environment, failing loudly.

``PORTAL_MODE=production`` demands every secret; ``local`` (the default) takes what
``manage.py up`` keeps under ``var/``.
"""

from __future__ import annotations

from pathlib import Path

import django_stubs_ext
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

from portal import environment
from portal.runtime.state import current_state

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
STATE = current_state()

MODE = environment.text("PORTAL_MODE", "local")
if MODE not in {"local", "production"}:
    raise ImproperlyConfigured(f"PORTAL_MODE must be local or production, not {MODE!r}")
PRODUCTION = MODE == "production"
DEBUG = environment.flag("PORTAL_DEBUG", default=False)
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("PORTAL_DEBUG cannot be on in production")

SECRET_KEY = environment.text("SECRET_KEY")
if not SECRET_KEY:
    if PRODUCTION:
        raise ImproperlyConfigured("SECRET_KEY must be set in production")
    # Commands before the first `up` (check, makemigrations) need any key at all.
    SECRET_KEY = STATE.secret_key() or get_random_secret_key()

ALLOWED_HOSTS = environment.listed("ALLOWED_HOSTS") or (
    [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
)
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must be set in production")
CSRF_TRUSTED_ORIGINS = environment.listed("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "assessments.dashboards",
    "assessments.matching",
    "assessments.opportunities",
    "assessments.readiness",
    "companies.partners",
    "companies.profiles",
    "companies.register",
    "portal.accounts",
    "portal.common",
    "portal.runtime",
    "portal.accounts.admin_config.PortalAdminConfig",  # django.contrib.admin with our site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "csp",
    "django_celery_results",
    "django_celery_beat",
]

MIDDLEWARE = [
    "portal.runtime.middleware.ProbeMiddleware",
    "portal.common.middleware.Utf8Middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.accounts.middleware.UserLocaleMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "portal.accounts.middleware.StaffSecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "portal.common.context_processors.page",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# The embedded database of `manage.py up`, unless an address is given.
DATABASE_URL = environment.text("DATABASE_URL") or STATE.database_url() or ""
if PRODUCTION and not environment.text("DATABASE_URL"):
    raise ImproperlyConfigured("DATABASE_URL must be set in production")
DATABASES = {
    "default": environment.database(DATABASE_URL or "postgresql:///portal?host=/nonexistent")
    | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboards:home"
LOGOUT_REDIRECT_URL = "account_login"
# Staff without a second factor get no further than setting one up. Demo accounts
# of a local installation are the only exception, and only while this is on.
REQUIRE_STAFF_SECOND_FACTOR = environment.flag("REQUIRE_STAFF_SECOND_FACTOR", default=True)
DEMO_SKIPS_SECOND_FACTOR = environment.flag("DEMO_SKIPS_SECOND_FACTOR", default=not PRODUCTION)
if PRODUCTION and (DEMO_SKIPS_SECOND_FACTOR or not REQUIRE_STAFF_SECOND_FACTOR):
    raise ImproperlyConfigured("Staff need a second factor in production, demo accounts included")

ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "portal.accounts.forms.SignUpNameForm"
ACCOUNT_SIGNUP_REDIRECT_URL = "profiles:sign_up"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # only in the browser that signed up
ACCOUNT_CHANGE_EMAIL = True  # one address; a new one replaces it once verified
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Maatwerkportaal] "
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/m/ip,5/5m/key",  # many people share the address of one office
    "login": "60/m/ip",
}
# What a person does that costs somebody else a mail (see portal.accounts.limits).
RATE_LIMITS = {
    "invite": "30/h/user,5/d/key",  # by the address that is invited
    "join": "10/h/user,20/d/user",
    "appeal": "5/d/user",
    # Without log-in; one number is not opted out and back again for fun, codes are not guessed.
    "opt_out": "60/m/ip,20/h/key",
    "opt_out_code": "20/m/ip,10/h/key",
}
# How many reverse proxies of ours stand in front; without any, X-Forwarded-For is ignored.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXY_COUNT", default=0)
INVITATION_DAYS = 14
JOIN_REQUEST_DAYS = 30
MFA_ADAPTER = "portal.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Maatwerkportaal"
MFA_TOTP_TOLERANCE = 1  # clocks of telephones drift; half a minute either way
# Nobody gets in with an unverified first address, so a new one that waits is no danger.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# Log-in with ACM/IDM or another OpenID Connect provider, once there is one.
OIDC = environment.openid_connect()
SOCIALACCOUNT_ADAPTER = "portal.accounts.adapter.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, object] = (
    {"openid_connect": {"APPS": [OIDC.app()], "OAUTH_PKCE_ENABLED": True}} if OIDC else {}
)

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        # Rate limits live here: a small table that throws rows away would forget them.
        "OPTIONS": {"MAX_ENTRIES": 100_000, "CULL_FREQUENCY": 10},
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *([OIDC.origin] if OIDC else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "report-uri": ["/csp-report/"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "microphone", "geolocation", "payment", "usb", "accelerometer")
}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["portal.formats"]

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Collected in production only; one machine serves the files from where they lie.
STATIC_ROOT = STATE.root / "static" if PRODUCTION else None
WHITENOISE_USE_FINDERS = not PRODUCTION
# No request brings in a larger file, whatever the page; reading stops there.
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
# A body that is longer still is not even read to its end: one line, and the line is cut.
UPLOAD_MAX_BODY_BYTES = 200 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "portal.common.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 5
DOCUMENT_MAX_BYTES = UPLOAD_MAX_BYTES
DOCUMENT_TOTAL_BYTES = 100 * 1024 * 1024  # of one company
DOCUMENT_GRACE_DAYS = 30  # a removed document can be put back so long
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
MEDIA_ROOT = STATE.root / "media"
# An uploaded workbook of the profile: as it comes, and unpacked.
WORKBOOK_MAX_BYTES = environment.number("WORKBOOK_MAX_BYTES", default=2 * 1024 * 1024)
WORKBOOK_MAX_UNPACKED_BYTES = environment.number(
    "WORKBOOK_MAX_UNPACKED_BYTES", default=20 * 1024 * 1024
)

EMAIL_BACKEND = environment.text(
    "EMAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend"
    if PRODUCTION
    else "django.core.mail.backends.filebased.EmailBackend",
)
EMAIL_FILE_PATH = STATE.root / "mail"
EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "portal@localhost")

BOARD_REPORT_DAYS = 30  # a board report is kept so long; a newer one says more
# A closed company is read-only for so many days; then everything about it is deleted.
CLOSED_COMPANY_DAYS = environment.number("CLOSED_COMPANY_DAYS", default=30)

# Where new extracts of the business register are put; empty: nothing comes in by itself.
# Web server and worker see the same folder; the portal only reads it.
KBO_FOLDER = environment.folder("PORTAL_KBO_FOLDER")

# A figure over scans of other companies is about at least so many of them.
READINESS_BENCHMARK_MINIMUM = environment.number("READINESS_BENCHMARK_MINIMUM", default=5)
if READINESS_BENCHMARK_MINIMUM < 5:
    raise ImproperlyConfigured("READINESS_BENCHMARK_MINIMUM must be 5 or more")

# An empty broker means: the queue in the database in use (see portal.celery).
CELERY_BROKER_URL = environment.text("CELERY_BROKER_URL") or "pgmq://"
CELERY_RESULT_BACKEND = "django-db"
CELERY_RESULT_EXTENDED = True
CELERY_TASK_TRACK_STARTED = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 60 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 55 * 60
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Short tasks that look for work; what waits longer than its interval is dropped.
CELERY_BEAT_SCHEDULE = {
    "reassess-opportunities": {
        "task": "assessments.opportunities.tasks.reassess_behind",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "match-behind": {
        "task": "assessments.matching.tasks.match_behind",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "sweep-matching-runs": {
        "task": "assessments.matching.tasks.sweep_runs",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "expire-join-requests": {
        "task": "profiles.expire_join_requests",
        "schedule": crontab(hour="3", minute="30"),
    },
    "sweep-register-imports": {
        "task": "register.sweep_imports",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    # Several times a night, so that the updates of a few days follow each other.
    "import-register": {
        "task": "register.import_next",
        "schedule": crontab(hour="0,1,3,4,5", minute="*/10"),
        "options": {"expires": 300},
    },
    "sweep-documents": {
        "task": "profiles.sweep_documents",
        "schedule": crontab(hour="3", minute="20"),
    },
    "delete-closed-companies": {
        "task": "assessments.dashboards.tasks.delete_closed_companies",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    "sweep-board-reports": {
        "task": "assessments.dashboards.tasks.sweep_reports",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "delete-old-board-reports": {
        "task": "assessments.dashboards.tasks.delete_old_reports",
        "schedule": crontab(hour="3", minute="40"),
    },
    "match-nightly": {
        "task": "assessments.matching.tasks.nightly_run",
        "schedule": crontab(hour="2", minute="0"),  # in CELERY_TIMEZONE
    },
    "prune-profile-drafts": {
        "task": "companies.profiles.tasks.prune_drafts",
        "schedule": crontab(hour="3", minute="30"),
    },
    "drop-old-workbooks": {
        "task": "profiles.drop_old_workbooks",
        "schedule": crontab(minute="15"),
    },
}
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a database that restarts must not end a worker
# Publishing gives up after seconds, so that a page never hangs on a dead broker; the row
# that was queued is announced again by the sweeper.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 2, "interval_start": 0.1, "interval_max": 0.5}
# Nobody sends remote commands, and with pgmq each worker would leave a queue (a table).
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "INFO")},
}
