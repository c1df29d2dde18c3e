"""Is the process alive, and could it serve a request?"""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe


@require_safe
def live(_: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@require_safe
def ready(_: HttpRequest) -> JsonResponse:
    """200 when the database answers, knows German letters and is migrated; else 503 with the reason's code."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT lower('Ä') = 'ä'")
            knows_german: bool = cursor.fetchone()[0]
        executor = MigrationExecutor(connection)
        is_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"status": "database_unreachable"}, status=503)
    if not knows_german:
        return JsonResponse({"status": "database_locale_unfit"}, status=503)
    if not is_migrated:
        return JsonResponse({"status": "migrations_pending"}, status=503)
    return JsonResponse({"status": "ok"})


urlpatterns = [path("live", live), path("ready", ready)]
