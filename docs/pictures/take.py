"""Take the README's pictures from a running demo: ``python docs/pictures/take.py [http://localhost:8000]``."""

import shutil
import sys
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

HERE = Path(__file__).resolve().parent
DESKTOP, PHONE = ViewportSize(width=1280, height=860), ViewportSize(width=390, height=780)


def main(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        monday = date.today() + timedelta(days=14 - date.today().weekday())
        period = f"starts_on={monday}&ends_on={monday + timedelta(days=4)}"

        take(browser, address, "lehrkraft", f"/katalog/?{period}", "catalogue", DESKTOP)
        take(browser, address, "theke", "/theke/", "desk", DESKTOP)
        take(browser, address, "lehrkraft", "/", "phone", PHONE)
        browser.close()


def take(browser: Browser, address: str, who: str, path: str, name: str, size: ViewportSize) -> None:
    page = browser.new_page(base_url=address, locale="de-DE", viewport=size, device_scale_factor=1.5)
    sign_in(page, f"{who}@demo.example")
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=HERE / f"{name}.png")
    page.close()


def sign_in(page: Page, email: str) -> None:
    page.goto("/konto/login/")
    page.get_by_label("E-Mail").fill(email)
    page.get_by_label("Passwort", exact=True).fill("demo")
    page.get_by_role("main").get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_url("**/")


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["http://localhost:8000"]))
