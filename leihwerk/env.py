"""Addresses from the environment, as Django wants them."""

from typing import Any
from urllib.parse import unquote

import environ
import psycopg

# Short statements, and many of them: compiling one (jit) takes longer than running it.
LIMITS = "-c lock_timeout=3s -c idle_in_transaction_session_timeout=60s -c jit=off"


def database(url: str) -> dict[str, Any]:
    """A PostgreSQL URL as a Django database: persistent connections, and no statement waits for a lock for long.

    A unix socket is written as libpq does, percent-encoded in place of the host. What the URL's query says
    (``sslmode=verify-full`` …) is passed on.
    """
    config: dict[str, Any] = environ.Env.db_url_config(url)
    options = config.get("OPTIONS", {})
    return config | {
        "HOST": unquote(config["HOST"]),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options | {"options": f"{options.get('options', '')} {LIMITS}".strip()},
    }


def connect(url: str) -> psycopg.Connection:
    """That database without Django, every statement at once. Raises psycopg.OperationalError when it is silent."""
    config = database(url)
    names = {"host": "HOST", "port": "PORT", "dbname": "NAME", "user": "USER", "password": "PASSWORD"}
    address: dict[str, Any] = {name: config[key] for name, key in names.items() if config[key]}
    return psycopg.connect(**address, **config["OPTIONS"], autocommit=True)


def cache(url: str, *, broker: str) -> dict[str, Any]:
    """One memory for all processes: attempts to sign in are counted there. ``url`` decides; else a Redis that is the
    broker anyway; else a table."""
    if url:
        return dict(environ.Env.cache_url_config(url))
    if broker.startswith(("redis://", "rediss://")):
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": broker,
            "KEY_PREFIX": "leihwerk-cache",
        }
    return {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "leihwerk_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
