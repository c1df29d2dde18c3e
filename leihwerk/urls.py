"""Which door answers which address. Doors are named as strings: the floor knows no upper floor."""

from django.urls import include, path

urlpatterns = [
    path("health/", include("leihwerk.health")),
    path("metrics", include("api.metrics")),
    path("api/v1/", include("api.urls")),
    path("r51/", include("api.r51")),
    path("", include("frontend.urls")),
]

handler400 = "frontend.errors.bad_request"
handler403 = "frontend.errors.forbidden"
handler404 = "frontend.errors.not_found"
handler500 = "frontend.errors.broken"
