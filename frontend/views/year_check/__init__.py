"""Wer arbeitet noch dort? Once in a school year each school goes through its accounts."""

from django.urls import path

from frontend.views.year_check.answering import year_check
from frontend.views.year_check.asking import ask, overview, plan

urlpatterns = [
    path("kollegium/<str:token>/", year_check, name="year_check"),
    path("einrichtungen/schuljahr/", overview, name="year_checks"),
    path("einrichtungen/schuljahr/fragen/", ask, name="year_checks_ask"),
    path("einrichtungen/schuljahr/plan/", plan, name="year_checks_plan"),
]
