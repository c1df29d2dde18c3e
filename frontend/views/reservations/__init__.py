"""Reservations: one's own, the centre's, and each of them."""

from django.urls import path

from frontend.views.reservations.changing import cancel, extend, renew
from frontend.views.reservations.listing import mine, of_center
from frontend.views.reservations.showing import show

urlpatterns = [
    path("meine-reservierungen/", mine, name="my_reservations"),
    path("reservierungen/", of_center, name="reservations"),
    path("reservierungen/<int:pk>/", show, name="reservation"),
    path("reservierungen/<int:pk>/stornieren/", cancel, name="reservation_cancel"),
    path("reservierungen/<int:pk>/verlaengern/", extend, name="reservation_extend"),
    path("ausleihen/<int:pk>/verlaengern/", renew, name="loan_renew"),
]
