"""Lists of media that teachers make for pupils, and what pupils see of them with a code."""

from django.urls import path

from frontend.views.media_lists import codes, keeping, pupils

urlpatterns = [
    path("katalog/listen/", keeping.media_lists, name="media_lists"),
    path("katalog/listen/<int:pk>/", keeping.media_list, name="media_list"),
    path("katalog/listen/<int:pk>/aufnehmen/", keeping.put_on, name="media_list_put_on"),
    path("katalog/listen/<int:pk>/streichen/", keeping.take_off, name="media_list_take_off"),
    path("katalog/listen/<int:pk>/loeschen/", keeping.discard, name="media_list_discard"),
    path("katalog/listen/<int:pk>/code/neu/", codes.make, name="pupil_code_make"),
    path("katalog/listen/<int:pk>/code/", codes.told, name="pupil_code"),
    path("katalog/listen/<int:pk>/code/sperren/", codes.revoke, name="pupil_code_revoke"),
    path("schueler/", pupils.enter, name="pupils"),
    path("schueler/liste/", pupils.listed, name="pupil_list"),
    path("schueler/medien/<int:pk>/", pupils.use_medium, name="pupil_use"),
    path("schueler/abmelden/", pupils.leave, name="pupil_leave"),
]
