"""Zahlen: who used which licence how much, what it cost, what was refused, and who changed what."""

from django.urls import path

from frontend.views.usage import files, harvesting, journal, overview

urlpatterns = [
    path("zahlen/", overview.show, name="usage"),
    path("zahlen/tabelle/", files.table, name="usage_table"),
    path("zahlen/bericht/", files.report, name="usage_report"),
    path("zahlen/abruf/", harvesting.keep, name="harvesters"),
    path("zahlen/abruf/<int:pk>/sperren/", harvesting.revoke, name="harvester_revoke"),
    path("zahlen/journal/", journal.show, name="usage_journal"),
]
