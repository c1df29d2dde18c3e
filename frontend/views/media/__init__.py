"""Media: what schools find and open, and what the centre keeps of them."""

from django.urls import path

from frontend.views.media import browsing, files, keeping, opening, showing, using

urlpatterns = [
    path("katalog/medien/", browsing.browse, name="media"),
    path("katalog/medien/<int:pk>/", showing.show, name="medium"),
    path("katalog/medien/<int:pk>/oeffnen/", opening.leave, name="medium_open"),
    path("katalog/medien/<int:pk>/bild/", files.cover, name="medium_cover"),
    path("katalog/medien/<int:pk>/nutzen/", using.medium_use, name="medium_use"),
    path("datei/<str:token>/", using.file_link, name="file_link"),
    path("datei/<str:token>/ansehen/", using.play, name="medium_play"),
    path("bestand/medien/", keeping.media, name="media_kept"),
    path("bestand/medien/neu/", keeping.medium_create, name="medium_create"),
    path("bestand/medien/<int:pk>/", keeping.medium_edit, name="medium_edit"),
    path("bestand/medien/<int:pk>/datei/", files.file, name="medium_file"),
]
