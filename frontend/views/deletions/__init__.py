"""Löschungen: what institutions are asked to delete, and how they say that it is done."""

from django.urls import path

from frontend.views.deletions import listing, replying, saying

urlpatterns = [
    path("lizenzen/loeschungen/", listing.deletions, name="deletions"),
    path("loeschungen/<int:pk>/", listing.deletion, name="deletion"),
    path("loeschungen/<int:pk>/bestaetigen/", saying.deletion_confirm, name="deletion_confirm"),
    path("loeschungen/<int:pk>/erinnern/", saying.deletion_remind, name="deletion_remind"),
    path("geloescht/<str:token>/", replying.deletion_reply, name="deletion_reply"),
]

__all__ = ["urlpatterns"]
