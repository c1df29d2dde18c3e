"""Is somebody looking, or only a program? (COUNTER Code of Practice 5.1, section 7.8)"""

from django.http import HttpRequest

from licenses.counter.robots import is_robot


def is_ahead(request: HttpRequest) -> bool:
    """A browser fetches what its user may or may not click in a moment; or a program asks for the headers alone."""
    told = {request.headers.get("Purpose"), request.headers.get("X-Moz")}
    return request.method == "HEAD" or "Sec-Purpose" in request.headers or "prefetch" in told


def is_counted(request: HttpRequest) -> bool:
    return not is_ahead(request) and not is_robot(request.headers.get("User-Agent", ""))
