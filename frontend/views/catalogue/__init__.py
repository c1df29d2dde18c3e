"""The catalogue and its products."""

from django.urls import path

from frontend.views.catalogue.browsing import browse
from frontend.views.catalogue.product import show

urlpatterns = [
    path("katalog/", browse, name="catalogue"),
    path("katalog/<int:pk>/", show, name="product"),
]
