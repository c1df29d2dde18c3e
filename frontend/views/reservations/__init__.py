"""Reservations: one's own, the centre's, and each of them."""

from django.urls import path

from frontend.views.reservations.changing import accept, cancel, change, renew, split
from frontend.views.reservations.listing import mine, of_center
from frontend.views.reservations.series import series
from frontend.views.reservations.showing import show

urlpatterns = [
    path("meine-reservierungen/", mine, name="my_reservations"),
    path("reservierungen/", of_center, name="reservations"),
    path("reservierungen/<int:pk>/", show, name="reservation"),
    path("reservierungen/serie/<uuid:series>/", series, name="reservation_series"),
    path("reservierungen/<int:pk>/stornieren/", cancel, name="reservation_cancel"),
    path("reservierungen/<int:pk>/zusagen/", accept, name="reservation_accept"),
    path("reservierungen/<int:pk>/aendern/", change, name="reservation_change"),
    path("reservierungen/<int:pk>/teilen/", split, name="reservation_split"),
    path("ausleihen/<int:pk>/verlaengern/", renew, name="loan_renew"),
]
