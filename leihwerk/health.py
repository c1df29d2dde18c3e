"""Is the process alive, and could it serve a request?"""

from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def live(_: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(_: HttpRequest) -> JsonResponse:
    """200 when the database answers, knows German letters and is migrated; else 503 with the reason's code."""
    reason = objection_to(connection)
    return JsonResponse({"status": reason or "ok"}, status=503 if reason else 200)


def objection_to(database: BaseDatabaseWrapper) -> str | None:
    """Why nobody could be served on this connection now."""
    try:
        with database.cursor() as cursor:
            cursor.execute("SELECT lower('Ä') = 'ä'")
            (knows_german,) = cursor.fetchone()
        if not knows_german:
            return "database_locale_unfit"
        executor = MigrationExecutor(database)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "migrations_pending"
    except DatabaseError:
        return "database_unreachable"
    return None


urlpatterns = [path("live", live), path("ready", ready)]
