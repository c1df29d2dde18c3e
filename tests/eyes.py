"""Looking at a page as its readers do: light and dark, on a small and on a large screen, with axe-core's rules."""

import re
import time
from collections.abc import Iterator
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from people.models import User

NARROW, WIDE = 320, 1280
HOUR = 3600
SIGHTS = [(width, scheme) for width in (WIDE, NARROW) for scheme in ("light", "dark")]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: In the dark only colours are others.
RULES = {"light": TAGS, "dark": ["color-contrast", "link-in-text-block"]}
UNFOLD = "document.querySelectorAll('details').forEach(it => { it.open = true })"
RUN = "runOnly => axe.run({runOnly, resultTypes: ['violations'], preload: false}).then(it => it.violations)"
OVERFLOW = "document.scrollingElement.scrollWidth - innerWidth"


class Eyes:
    """A window for each person; pages keep their Content Security Policy."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.windows: dict[int | None, Page] = {}
        self.said: list[str] = []

    def look(self, path: str, *, by: User | None) -> Iterator[str]:
        """What is wrong with a page: one sentence for each complaint."""
        page = self._window(by)
        self.said.clear()
        answer = page.goto(path)
        if answer is None or answer.status != 200:
            yield f"{path} answers {answer and answer.status}"
            return
        if _is_elsewhere(page.url.removeprefix(self.address), path):
            yield f"{path} leads on to {page.url}"
            return
        page.evaluate(UNFOLD)
        yield from (f"{path}: {complaint}" for complaint in look_over(page))
        yield from (f"{path} says in the console: {words}" for words in self.said)

    def _window(self, user: User | None) -> Page:
        key = user and user.pk
        if key not in self.windows:
            context = self.browser.new_context(base_url=self.address, locale="de-DE", reduced_motion="reduce")
            if user:
                _sign_in(context, user, self.address)
            context.set_default_timeout(120_000)
            page = self.windows[key] = context.new_page()
            page.on("console", lambda it: self.said.append(it.text) if it.type in {"error", "warning"} else None)
            page.on("pageerror", lambda it: self.said.append(str(it)))
        return self.windows[key]


def look_over(page: Page) -> Iterator[str]:
    """What is wrong with what stands in a window, in each light and at each width."""
    page.evaluate(AXE_SCRIPT)
    for width, scheme in SIGHTS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        for violation in page.evaluate(RUN, RULES[scheme]):
            places = "; ".join(_place(node) for node in violation["nodes"][:3])
            yield f"[{width} {scheme}] {violation['id']}, {violation['help']}: {places}"
        if (over := page.evaluate(OVERFLOW)) > 0:
            yield f"[{width} {scheme}] scrolls sideways by {over} px"


def _place(node: dict[str, Any]) -> str:
    told = " ".join(str(check["message"]) for check in node["any"][:1])
    return f"{node['target'][0]} {told}".strip()


def _is_elsewhere(reached: str, path: str) -> bool:
    """A link from a mail keeps its token out of the address; everything else is where one asked for it."""
    return reached != path and not re.search(r"/reset/key/\w+-", path)


def _sign_in(context: BrowserContext, user: User, address: str) -> None:
    """As if the person had just typed the password, at the end of a long walk, too."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() + HOUR, "email": user.email}]
    session.save()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
