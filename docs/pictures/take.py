"""Take the README's pictures from a fresh running demo: ``python docs/pictures/take.py [http://localhost:8000]``.

One thing is taken back on the way: its answer is what the desk's picture shows.
"""

import os
import shutil
import sys
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

HERE = Path(__file__).resolve().parent
DESKTOP, PHONE = ViewportSize(width=1280, height=860), ViewportSize(width=390, height=780)
# Chromium writes dates as its system does.
GERMAN: dict[str, str | float | bool] = {**os.environ, "LANGUAGE": "de", "LANG": "de_DE.UTF-8"}


def main(address: str) -> None:
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--lang=de"], env=GERMAN)
        monday = date.today() + timedelta(days=14 - date.today().weekday())
        period = f"starts_on={monday}&ends_on={monday + timedelta(days=4)}"

        take(browser, address, "lehrkraft", f"/katalog/?{period}", "catalogue", DESKTOP)
        take(browser, address, "theke", "/theke/", "desk", DESKTOP, first=scan)
        take(browser, address, "lehrkraft", "/", "phone", PHONE)
        browser.close()


def take(
    browser: Browser,
    address: str,
    who: str,
    path: str,
    name: str,
    size: ViewportSize,
    first: Callable[[Page], None] = lambda page: None,
) -> None:
    page = browser.new_page(base_url=address, locale="de-DE", viewport=size, device_scale_factor=1.5)
    sign_in(page, f"{who}@demo.example")
    page.goto(path)
    first(page)
    page.wait_for_load_state("networkidle")
    Image.open(BytesIO(page.screenshot())).save(HERE / f"{name}.webp", quality=85, method=6)
    page.close()


def scan(page: Page) -> None:
    """The desk takes back what lies in the return box."""
    page.get_by_label("Code scannen oder Nummer eintippen").fill("MZ-0009")
    page.get_by_role("button", name="Weiter").click()
    page.locator(".answer__words").wait_for()


def sign_in(page: Page, email: str) -> None:
    page.goto("/konto/login/")
    page.get_by_label("E-Mail").fill(email)
    page.get_by_label("Passwort", exact=True).fill("demo")
    page.get_by_role("main").get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_url("**/")


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["http://localhost:8000"]))
