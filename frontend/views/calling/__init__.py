"""Anruf: somebody phones, and the desk books for them without leaving the keyboard."""

from django.urls import path

from frontend.views.calling.booking import call

urlpatterns = [path("anruf/", call, name="call")]
