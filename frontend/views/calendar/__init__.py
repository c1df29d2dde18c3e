"""Öffnungszeiten und Ferien: when the centre is open, kept by its head."""

from django.urls import path

from frontend.views.calendar.closing import closing, closure, closure_end
from frontend.views.calendar.holidays import add, keep, read, remove
from frontend.views.calendar.hours import hours
from frontend.views.calendar.overview import overview

urlpatterns = [
    path("oeffnungszeiten/", overview, name="calendar"),
    path("oeffnungszeiten/aendern/", hours, name="opening_hours"),
    path("schliessen/", closing, name="closing"),
    path("schliesstage/<int:pk>/", closure, name="closure"),
    path("schliesstage/<int:pk>/oeffnen/", closure_end, name="closure_end"),
    path("ferien/neu/", add, name="holiday_add"),
    path("ferien/einlesen/", read, name="holidays_read"),
    path("ferien/uebernehmen/", keep, name="holidays_keep"),
    path("ferien/<int:pk>/entfernen/", remove, name="holiday_remove"),
]
