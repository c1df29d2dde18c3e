"""Every address the resolver knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Route:
    """``name`` is the name an address is reversed by; the pattern itself where it has none."""

    name: str
    pattern: str
    module: str

    @property
    def is_ours(self) -> bool:
        return not self.module.startswith(("allauth", "django.", "drf_spectacular"))

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith(("api/", "r51/"))

    def address(self, **kwargs: Any) -> str:
        return f"/{self.pattern}" if self.name == self.pattern else reverse(self.name, kwargs=kwargs)


def routes() -> dict[str, Route]:
    return {route.name: route for route in _below(get_resolver(), "", ())}


def _below(resolver: URLResolver, prefix: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    for part in resolver.url_patterns:
        pattern = prefix + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from _below(part, pattern, (*spaces, part.namespace) if part.namespace else spaces)
        elif isinstance(part, URLPattern):
            name = ":".join([*spaces, part.name]) if part.name else pattern
            yield Route(name, pattern, getattr(part.callback, "__module__", ""))
