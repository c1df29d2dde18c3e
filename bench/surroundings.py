import os


def surroundings(url: str) -> dict[str, str]:
    """The environment of a process of ours that uses the database ``url``."""
    return os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.settings"}
