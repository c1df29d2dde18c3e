"""The addresses of the pages: each area's module of views ends with its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("konto/", include("allauth.urls")),
    path("", include("frontend.views.desk")),
    path("", include("frontend.views.home")),
    path("", include("frontend.views.catalogue")),
    path("", include("frontend.views.media")),
    path("", include("frontend.views.imports")),
    path("", include("frontend.views.calendar")),
    path("", include("frontend.views.policies")),
    path("", include("frontend.views.reserving")),
    path("", include("frontend.views.reservations")),
    path("", include("frontend.views.inventory")),
    path("", include("frontend.views.labels")),
    path("", include("frontend.views.replying")),
    path("", include("frontend.views.calling")),
    path("", include("frontend.views.my_school")),
    path("", include("frontend.views.institutions")),
    path("", include("frontend.views.members")),
    path("", include("frontend.views.year_check")),
    path("", include("frontend.views.unsubscribing")),
    path("", include("frontend.views.operating")),
    path("", include("frontend.views.my_account")),
    path("", include("frontend.views.language")),
    path("", include("frontend.views.legal")),
    path("", include("frontend.views.letters")),
    path("", include("frontend.views.suspensions")),
    path("", include("frontend.views.licenses")),
    path("", include("frontend.views.demo_mail")),
]
