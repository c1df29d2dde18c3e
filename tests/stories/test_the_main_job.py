"""The main job, told once from end to end in a real browser, on the real schools and inventory of a centre.

Import → reserve → hand over by camera → be late → be reminded by a mail that really arrives → bring back → clean books.
"""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from inventory import labels
from inventory.models import Item, Product
from leihwerk.qr import matrix
from lending.models import Allocation, Handover, Loan, Reservation
from lending.reminders import remind, switch_on
from people.letters import sending, writing
from people.models import Center, Institution
from people.roles import Role
from tests.browser import chromium, film_of, with_camera
from tests.conftest import member
from tests.sink import Sink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def leverkusen(center, shared_data) -> Center:
    """Our centre after the imports: 45 schools, 182 items, 44 products."""
    schools, inventory = shared_data / "schuldaten_nrw_2021.csv", shared_data / "inventar_beispiel.csv"
    call_command("import_schools", schools, "--center", center.slug, "--municipality", "05316000", "--apply")
    call_command("import_inventory", inventory, "--center", center.slug, "--apply")
    return center


@pytest.fixture
def mails(settings):
    """A real mail server on the loopback; the addresses of the real schools are made harmless first."""
    Institution.objects.update(email="sekretariat@schule.example")
    with Sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink
    assert not hasattr(mail, "outbox") or not mail.outbox


def test_a_school_borrows_is_reminded_and_brings_back(live_server, leverkusen, mails, tmp_path, desk, manager):
    assert Institution.objects.filter(center=leverkusen, kind="school").count() == 45
    assert (Item.objects.count(), Product.objects.count()) == (182, 44)
    school = Institution.objects.get(school_number="100012")
    teacher = member("anna@friedenspark.example", "Anna Amsel", Role.TEACHER, school)
    leverkusen = switch_on(leverkusen, by=manager)

    with chromium() as browser:
        page = sign_in(browser, live_server.url, teacher.email)
        reserve(page, live_server.url, "Bee-Bot", days=(3, 8))

    reservation = Reservation.objects.get()
    assert (reservation.institution, reservation.state) == (school, "approved")
    unit = Allocation.objects.get(line__reservation=reservation).item
    film = film_of(matrix(labels.address(labels.issue(unit, by=desk))), tmp_path / "label.y4m")

    with chromium(*with_camera(film)) as browser:
        page = sign_in(browser, live_server.url, desk.email)
        hand_over(page, live_server.url, reservation, unit)
    loan = Loan.objects.open().get()
    assert (loan.item, loan.institution) == (unit, school)

    late = loan.due_at + timedelta(days=7)
    remind(leverkusen, today=timezone.localdate(late), now=late)
    writing.write(now=late)
    sending.send(now=late)
    told = [letter["Subject"] for letter in mails.mails if teacher.email in letter["To"]]
    assert any(subject.startswith("Noch nicht zurück: Bee-Bot Set") for subject in told), told

    with chromium(*with_camera(film)) as browser:
        page = sign_in(browser, live_server.url, desk.email)
        take_back(page, live_server.url, unit)
    assert not Loan.objects.open().exists()
    call_command("doctor")


def sign_in(browser: Browser, address: str, email: str) -> Page:
    page = browser.new_context(base_url=address, locale="de-DE", permissions=["camera"]).new_page()
    page.goto("/konto/login/")
    page.get_by_label("E-Mail").fill(email)
    page.get_by_label("Passwort", exact=True).fill("geheim-genug")
    page.get_by_role("main").get_by_role("button", name="Anmelden", exact=True).click()
    expect(page.get_by_role("navigation").first).to_be_visible()
    return page


def reserve(page: Page, address: str, words: str, *, days: tuple[int, int]) -> None:
    """Dates first, then what is free, then one form."""
    starts, ends = (open_day(number) for number in days)
    page.goto("/katalog/")
    page.get_by_label("Von").fill(starts.isoformat())
    page.get_by_label("Bis").fill(ends.isoformat())
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(re.compile(f"starts_on={starts}.*{words}|{words}.*starts_on={starts}"))
    page.get_by_role("link", name="Bee-Bot Set (6)").first.click()
    page.get_by_role("main").get_by_role("button", name="Reservieren").click()
    page.get_by_label("Wofür?").fill("Projektwoche")
    page.get_by_role("button", name="Reservierung senden").click()
    expect(page.get_by_role("main")).to_contain_text("ist bestätigt")


def hand_over(page: Page, address: str, reservation: Reservation, unit: Item) -> None:
    """The reservation's number opens the slip, the camera reads the label, an extra goes along."""
    page.goto("/theke/")
    page.get_by_label("Code scannen oder Nummer eintippen").fill(reservation.number)
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Am Friedenspark")
    page.get_by_role("button", name="Mit der Kamera scannen").click()
    expect(page.get_by_text(f"Ausgegeben: {unit.asset_number}.")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Kamera aus").click()
    page.get_by_role("textbox", name="Zubehör ohne Etikett").fill("Verlängerungskabel")
    page.get_by_role("button", name="Mitgeben").click()
    page.get_by_role("button", name="Fertig – Leihschein drucken").click()
    expect(page.get_by_role("main")).to_contain_text("1 Geräte ausgegeben an")
    slip = page.get_by_role("link", name="Leihschein drucken").get_attribute("href")
    printed = page.request.get(str(slip))
    assert printed.body().startswith(b"%PDF")
    assert Handover.objects.get().extras.get().name == "Verlängerungskabel"


def take_back(page: Page, address: str, unit: Item) -> None:
    page.goto("/theke/")
    page.get_by_role("button", name="Mit der Kamera scannen").click()
    expect(page.get_by_text("Zurück. Vollständig?")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Kamera aus").click()
    page.get_by_role("button", name="Vollständig und geprüft").first.click()
    expect(page.get_by_role("main")).to_contain_text(f"Geprüft: {unit.asset_number}.")


def open_day(ahead: int):
    """A working day at least so many days from now; a Saturday or Sunday becomes the Monday after."""
    day = timezone.localdate() + timedelta(days=ahead)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day
