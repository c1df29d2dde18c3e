"""Licences: contracts, what they permit, where, and who has a seat."""

from django.urls import path

from frontend.views.licenses import contracts, entitlements, scopes, seats

urlpatterns = [
    path("lizenzen/", contracts.licenses, name="licenses"),
    path("lizenzen/neu/", contracts.keep, name="contract_new"),
    path("lizenzen/geltungsbereiche/", scopes.keep, name="scopes"),
    path("lizenzen/geltungsbereiche/<int:pk>/", scopes.keep, name="scope"),
    path("lizenzen/<int:pk>/", contracts.contract, name="contract"),
    path("lizenzen/<int:pk>/bearbeiten/", contracts.keep, name="contract_edit"),
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
