"""What the settings take from the environment and from the home folder."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


def secret_key(home: Path) -> str:
    """Return the signing key: from the environment, else from the home folder, made on first use."""
    return _kept_secret(home, "XIAOHAO_SECRET_KEY", "secret-key")


def data_key(home: Path) -> str:
    """Return the key of what is encrypted at rest. Without it that data cannot be read any more: back it up.

    It is another one than the signing key, which may be changed at any time.
    """
    return _kept_secret(home, "XIAOHAO_DATA_KEY", "data-key")


def _kept_secret(home: Path, variable: str, name: str) -> str:
    from_environment = os.environ.get(variable)
    if from_environment:
        return from_environment
    path = home / name
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii")


def database(home: Path) -> dict[str, Any]:
    """Return Django's description of the database: PostgreSQL by URL, else SQLite in the home folder."""
    url = os.environ.get("XIAOHAO_DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "xiaohao.sqlite3",
            "CONN_MAX_AGE": 60,  # opening it anew for each request takes longer than most pages
            "OPTIONS": {
                # Writers wait for each other instead of failing; readers are never blocked.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


@dataclass(frozen=True)
class Mail:
    """Where mail is handed over."""

    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    encrypted: bool = False


def mail(url: str) -> Mail:
    """Return the mail server a URL names; the machine's own without one."""
    if not url:
        return Mail()
    parts = urlsplit(url)
    encrypted = parts.scheme == "smtps"
    return Mail(
        host=parts.hostname or "localhost",
        port=parts.port or (465 if encrypted else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        encrypted=encrypted,
    )
