"""Looking at a page as its readers do: light and dark, on a small and on a large screen, with axe-core's rules."""

import re
import time
from collections.abc import Iterator
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Response

from people.models import User
from tests.accessibility.look import Look

NARROW, WIDE = 320, 1280
HOUR = 3600
SIGHTS = [(WIDE, "light"), (WIDE, "dark"), (NARROW, "dark"), (NARROW, "light")]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: In the dark only colors are others.
RULES = {"light": TAGS, "dark": ["color-contrast", "link-in-text-block"]}
UNFOLD = """() => {
  document.querySelectorAll('details').forEach(it => { it.open = true })
  return 'axe' in window
}"""
RUN = """async runOnly => {
  const {violations} = await axe.run({runOnly, resultTypes: ['violations'], preload: false})
  return [violations, document.scrollingElement.scrollWidth - innerWidth]
}"""
SEND = """sent => {
  const names = Object.keys(sent)
  const forms = [...document.querySelectorAll('main form[method=post i]')]
  const form = forms.find(it => names.every(name => it.elements[name]))
  if (!form) throw new Error(`no form in ${location} asks for ${names}`)
  const buttons = name => [...form.elements].filter(it => it.name === name && it.type === 'submit')
  const typed = names.filter(name => sent[name] !== null && !buttons(name).length)
  typed.forEach(name => { form.elements[name].value = sent[name] })
  const pressed = names.flatMap(buttons)
  const button = pressed.find(it => it.value === sent[it.name]) ?? pressed[0]
  form.noValidate = true
  return button ? form.requestSubmit(button) : HTMLFormElement.prototype.submit.call(form)
}"""


class Eyes:
    """A window for each person; pages keep their Content Security Policy."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.windows: dict[int | None, Page] = {}
        self.opened: dict[Page, str] = {}
        self.said: list[str] = []

    def look(self, look: Look, path: str, *, by: User | None) -> Iterator[str]:
        """What is wrong with a page: one sentence for each complaint."""
        page = self._window(by)
        self.said.clear()
        try:
            if look.sent is None or self.opened.get(page) != path:
                answer = page.goto(path)
            self.opened[page] = path if look.sent is None else ""  # a form is sent from the page just looked at
            if look.sent is not None:
                answer = _send(page, look.sent)
            found = [*self._astray(look, path, page, answer), *look_over(page)]
        except Error as error:
            found = [str(error)]
        yield from (f"{path}: {complaint}" for complaint in found)
        yield from (f"{path} says in the console: {words}" for words in self.said)

    def _astray(self, look: Look, path: str, page: Page, answer: Response | None) -> Iterator[str]:
        """Whether this is the page that was asked for."""
        reached = page.url.removeprefix(self.address)
        if answer is None or answer.status != look.status:
            yield f"answers {answer and answer.status}"
        if look.sent is None and _is_elsewhere(reached, path):
            yield f"leads on to {reached}"
        if look.leads_to and reached != reverse(look.leads_to):
            yield f"leads on to {reached}"
        if look.sent is not None and not look.leads_to and not page.locator(look.shows).count():
            yield "comes back without a word about its mistakes"

    def _window(self, user: User | None) -> Page:
        key = user and user.pk
        if key not in self.windows:
            context = self.browser.new_context(base_url=self.address, locale="de-DE", reduced_motion="reduce")
            if user:
                _sign_in(context, user, self.address)
            context.add_init_script(AXE_SCRIPT)
            context.set_default_timeout(60_000)
            page = self.windows[key] = context.new_page()
            page.on("console", self._listen)
            page.on("pageerror", lambda it: self.said.append(str(it)))
        return self.windows[key]

    def _listen(self, message: ConsoleMessage) -> None:
        """Chromium also tells that a page answered 404 or 422, as it was meant to."""
        if message.type in {"error", "warning"} and not re.search(r"server responded with a status of 4", message.text):
            self.said.append(message.text)


def look_over(page: Page) -> Iterator[str]:
    """What is wrong with what stands in a window, in each light and at each width."""
    if not page.evaluate(UNFOLD):
        page.evaluate(AXE_SCRIPT)
    for width, scheme in SIGHTS:
        if page.viewport_size != (size := {"width": width, "height": 900}):
            page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        violations, over = page.evaluate(RUN, RULES[scheme])
        for violation in violations:
            places = "; ".join(_place(node) for node in violation["nodes"][:3])
            yield f"[{width} {scheme}] {violation['id']}, {violation['help']}: {places}"
        if over > 0:
            yield f"[{width} {scheme}] scrolls sideways by {over} px"


def _send(page: Page, sent: Any) -> Response:
    """Past the browser's own checks: it is the server's answer that is looked at."""
    values = {name: value() if callable(value) else value for name, value in sent.items()}
    files = {name: value for name, value in values.items() if isinstance(value, dict)}
    for name, file in files.items():
        page.set_input_files(f"main form [name='{name}']", file)
    with page.expect_navigation() as navigation:
        page.evaluate(SEND, values | dict.fromkeys(files))
    return navigation.value


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
    typed = {"method": "password", "at": time.time() + HOUR, "email": user.email, "reauthenticated": True}
    session["account_authentication_methods"] = [typed]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
