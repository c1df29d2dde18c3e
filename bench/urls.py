from django.urls import include, path

from bench.bare import ten_rows

urlpatterns = [path("bench/ten-rows/", ten_rows), path("", include("leihwerk.urls"))]
