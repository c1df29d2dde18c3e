"""The front page, and the home of everybody who is signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from frontend.requests import PageRequest


@require_safe
def home(request: PageRequest) -> HttpResponse:
    if request.user.is_anonymous:
        return render(request, "frontend/home/welcome.html")
    return render(request, "frontend/home/home.html")


urlpatterns = [path("", home, name="home")]
