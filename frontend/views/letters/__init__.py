"""Briefe und Erinnerungen: what was told to whom, what comes next, and what people do by hand."""

from django.urls import include, path

from frontend.views.letters.addresses import address_trusted
from frontend.views.letters.by_hand import called, posted, to_call, to_print, to_print_pdf
from frontend.views.letters.desk_day import set_desk_day
from frontend.views.letters.overview import overview
from frontend.views.letters.rehearsal import rehearsal
from frontend.views.letters.releasing import hold_back, release, switch_off, switch_on
from frontend.views.letters.sent import sent, show
from frontend.views.letters.wordings import wording, wording_reset, wordings

letters = [
    path("", overview, name="letters"),
    path("heute/", rehearsal, name="letters_today"),
    path("gesendet/", sent, name="letters_sent"),
    path("<int:pk>/", show, name="letter"),
    path("drucken/", to_print, name="letters_to_print"),
    path("drucken/briefe.pdf", to_print_pdf, name="letters_pdf"),
    path("drucken/erledigt/", posted, name="letters_posted"),
    path("anrufen/", to_call, name="letters_to_call"),
    path("anrufen/<int:pk>/", called, name="letter_called"),
    path("freigeben/<int:pk>/", release, name="letter_release"),
    path("nicht-senden/<int:pk>/", hold_back, name="letter_hold_back"),
    path("adressen/<str:kind>/<int:pk>/stimmt/", address_trusted, name="address_trusted"),
    path("texte/", wordings, name="wordings"),
    path("texte/<str:kind>/<str:language>/", wording, name="wording"),
    path("texte/<str:kind>/<str:language>/unserer/", wording_reset, name="wording_reset"),
    path("tagesliste/", set_desk_day, name="desk_day_set"),
    path("erinnerungen/einschalten/", switch_on, name="reminders_on"),
    path("erinnerungen/ausschalten/", switch_off, name="reminders_off"),
]
urlpatterns = [path("briefe/", include(letters))]
