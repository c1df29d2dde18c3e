"""The desk: what happens today, handing over and taking back by scanning."""

from django.urls import include, path

urlpatterns = [
    path("heute/", include("frontend.views.desk.today")),
    path("theke/", include("frontend.views.desk.scan_box")),
    path("theke/ausgabe/", include("frontend.views.desk.handovers")),
    path("theke/rueckgabe/", include("frontend.views.desk.returns")),
    path("ausleihen/", include("frontend.views.desk.loans")),
    path("theke/gefaehrdet/", include("frontend.views.desk.at_risk")),
    path("theke/reservierungen/", include("frontend.views.desk.decisions")),
]
