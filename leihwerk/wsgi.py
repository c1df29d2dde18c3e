"""The door for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leihwerk.settings")
application = get_wsgi_application()
# What is here now stays as long as the process: looking for rubbish in it costs an answer of many rows a third of its
# time, and takes apart the memory that gunicorn's processes share.
gc.collect()
gc.freeze()
