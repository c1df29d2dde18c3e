"""Licences: contracts, what they permit, where, and who has a seat."""

from django.urls import path

from frontend.views.licenses import (
    amendments,
    contracts,
    deciding,
    entitlements,
    fetching,
    keys,
    overview,
    own_files,
    packages,
    papers,
    scopes,
    seats,
    sources,
    usage_files,
)

urlpatterns = [
    path("lizenzen/", overview.licenses, name="licenses"),
    path("lizenzen/entscheiden/", deciding.deciding, name="deciding"),
    path("lizenzen/neu/", contracts.keep, name="contract_new"),
    path("lizenzen/geltungsbereiche/", scopes.keep, name="scopes"),
    path("lizenzen/geltungsbereiche/<int:pk>/", scopes.keep, name="scope"),
    path("lizenzen/eigene-dateien/", own_files.own_files, name="own_files"),
    path("lizenzen/pakete/", packages.overview, name="packages"),
    path("lizenzen/pakete/neu/", packages.keep, name="package_new"),
    path("lizenzen/pakete/<int:pk>/", packages.package, name="package"),
    path("lizenzen/pakete/<int:pk>/bearbeiten/", packages.keep, name="package_edit"),
    path("lizenzen/pakete/<int:pk>/titel/", packages.one_title, name="package_title"),
    path("lizenzen/<int:pk>/", contracts.contract, name="contract"),
    path("lizenzen/<int:pk>/bearbeiten/", contracts.keep, name="contract_edit"),
    path("lizenzen/<int:pk>/nachtrag/", amendments.add, name="amendment_new"),
    path("lizenzen/nachtraege/<int:pk>/", amendments.edit, name="amendment_edit"),
    path("lizenzen/<int:pk>/dokument/", papers.add, name="document_new"),
    path("lizenzen/dokumente/<int:pk>/", papers.download, name="document"),
    path("lizenzen/dokumente/<int:pk>/bearbeiten/", papers.edit, name="document_edit"),
    path("lizenzen/dokumente/<int:pk>/loeschen/", papers.remove, name="document_remove"),
    path("lizenzen/nutzung-einlesen/", sources.all_sources, name="usage_sources"),
    path("lizenzen/nutzung-einlesen/<int:pk>/", sources.source, name="usage_source"),
    path("lizenzen/nutzung-einlesen/<int:pk>/abholen-einrichten/", fetching.set_up, name="usage_source_fetching"),
    path("lizenzen/nutzung-einlesen/<int:pk>/abholen/", fetching.fetch, name="usage_source_fetch"),
    path("lizenzen/nutzung-einlesen/titel/<int:pk>/", sources.assign, name="usage_title"),
    path("lizenzen/nutzung-einlesen/datei/<str:token>/", usage_files.look, name="usage_file"),
    path("lizenzen/nutzung-einlesen/datei/<str:token>/spalten/", usage_files.name_columns, name="usage_file_columns"),
    path(
        "lizenzen/nutzung-einlesen/datei/<str:token>/uebernehmen/", usage_files.take_over, name="usage_file_take_over"
    ),
    path("lizenzen/nutzung-einlesen/datei/<str:token>/verwerfen/", usage_files.discard, name="usage_file_discard"),
    path("lizenzen/<int:pk>/schluessel/", keys.add, name="key_new"),
    path("lizenzen/schluessel/<int:pk>/", keys.key, name="key"),
    path("lizenzen/schluessel/<int:pk>/bearbeiten/", keys.edit, name="key_edit"),
    path("lizenzen/schluessel/<int:pk>/loeschen/", keys.forget, name="key_forget"),
    path("lizenzen/laufzeiten/<int:pk>/", contracts.correct, name="period_edit"),
    path("lizenzen/laufzeiten/<int:pk>/entscheiden/", contracts.decide, name="period_decide"),
    path("lizenzen/laufzeiten/<int:pk>/verlaengern/", contracts.renew, name="period_renew"),
    path("lizenzen/laufzeiten/<int:pk>/rechte/", entitlements.add, name="entitlement_new"),
    path("lizenzen/rechte/<int:pk>/", entitlements.edit, name="entitlement"),
    path("lizenzen/rechte/<int:pk>/loeschen/", entitlements.take_back, name="entitlement_withdraw"),
    path("lizenzen/rechte/<int:pk>/plaetze/", seats.keep, name="seats"),
    path("lizenzen/rechte/<int:pk>/anzahl/", seats.buy, name="seats_buy"),
    path("lizenzen/plaetze/<int:pk>/freigeben/", seats.release, name="seat_release"),
]

__all__ = ["urlpatterns"]
