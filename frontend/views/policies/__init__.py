"""Regeln der Ausleihe: the centre's policies as data, with what they come to."""

from django.urls import path

from frontend.views.policies.keeping import create, drop, edit, overview

urlpatterns = [
    path("regeln/", overview, name="policies"),
    path("regeln/neu/", create, name="policy_new"),
    path("regeln/<int:pk>/", edit, name="policy"),
    path("regeln/<int:pk>/entfernen/", drop, name="policy_drop"),
]
