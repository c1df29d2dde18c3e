"""The settings of production, and one address more."""

from leihwerk.settings import *  # noqa: F403  all of them

ROOT_URLCONF = "bench.urls"
