"""Institutions for staff: find them, know them, keep them."""

from django.urls import path

from frontend.views.institutions.card import note, show
from frontend.views.institutions.contacts import contact, contact_left, contact_new
from frontend.views.institutions.keeping import close, create, edit, reopen
from frontend.views.institutions.listing import browse

urlpatterns = [
    path("einrichtungen/", browse, name="institutions"),
    path("einrichtungen/neu/", create, name="institution_new"),
    path("einrichtungen/<int:pk>/", show, name="institution"),
    path("einrichtungen/<int:pk>/bearbeiten/", edit, name="institution_edit"),
    path("einrichtungen/<int:pk>/notiz/", note, name="institution_note"),
    path("einrichtungen/<int:pk>/schliessen/", close, name="institution_close"),
    path("einrichtungen/<int:pk>/oeffnen/", reopen, name="institution_reopen"),
    path("einrichtungen/<int:pk>/kontakte/neu/", contact_new, name="contact_new"),
    path("kontakte/<int:pk>/", contact, name="contact"),
    path("kontakte/<int:pk>/nicht-mehr-da/", contact_left, name="contact_left"),
]
