"""Reserving for oneself: look it over, say what for, send."""

from django.urls import path

from frontend.views.reserving.sending import reserve

urlpatterns = [path("reservieren/", reserve, name="reserve")]
