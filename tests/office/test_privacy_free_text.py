"""Every column that takes words is sung into; 90 days later none of them remembers, and none is left unlooked at."""

from datetime import timedelta

import pytest

from inventory.models import Item, Product
from leihwerk.secrecy import Secret
from lending.findings import resolve
from lending.handovers import hand_over_together
from lending.models import Bundle, Finding, Policy
from lending.outages import return_to_service, take_out_of_service
from lending.reservations import reject
from lending.returns import return_extra, take_back
from licenses import media_lists
from licenses.keys import keeping
from licenses.models import Amendment, Contract, Medium, Provider
from office.privacy import erase, forget
from people import once, uploads
from people.letters import sending, writing
from people.models import Closure, Contact, Intent, Letter
from tests.canary import free_text_columns, traces_in_database
from tests.lending.shorthand import NEXT_WEEK, NOW, at, reserve
from tests.office.conftest import NAME, WORDS

pytestmark = pytest.mark.django_db

AFTER_90_DAYS = at(12) + timedelta(days=91)
SAYS = f"Frau Kanarienvogel, {NAME}, Tel. 0214 998877"

#: What names things, places and institutions, or holds codes and numbers of ours.
NAMES_NOBODY = {
    *(f"people_center.{it}" for it in ("slug", "name", "land", "street", "postal_code", "city", "phone", "email")),
    "people_center.territory",
    *(f"people_institution.{it}" for it in ("name", "short_name", "school_number", "school_form", "municipality")),
    *(f"people_institution.{it}" for it in ("street", "postal_code", "city", "phone", "phone_2", "fax", "email")),
    *(f"people_institution.{it}" for it in ("homepage", "token")),
    *(
        f"people_letter.{it}"
        for it in ("recipient", "bundle", "language", "subject", "message_id", "trouble", "result")
    ),
    *(f"people_intent.{it}" for it in ("recipient", "subject_type", "kind")),
    *(f"people_wording.{it}" for it in ("kind", "text")),  # the same for everybody
    *(f"people_journalentry.{it}" for it in ("verb", "subject_type", "facts")),  # codes, by people/journal.py
    *(f"people_oncekey.{it}" for it in ("caller", "key", "fingerprint", "content_type", "headers")),
    *(f"people_upload.{it}" for it in ("token", "columns", "choices", "report")),
    *(f"people_user.{it}" for it in ("password", "language", "token", "salutation")),
    *(f"people_{it}.mail_refused_with" for it in ("user", "contact", "institution")),  # a code, by its wall
    *(f"people_taskrun.{it}" for it in ("task", "worker")),  # names of programs and machines
    "people_accesstoken.digest",
    "people_schoolholiday.name",
    "people_letter.copy_to",  # the institution's
    "inventory_category.name",
    "inventory_location.name",
    "inventory_part.name",
    *(f"inventory_label.{it}" for it in ("token", "number", "foreign_code")),
    *(f"inventory_item.{it}" for it in ("asset_number", "serial_number", "cost_center", "invoice", "funding")),
    *(f"inventory_product.{it}" for it in ("name", "maker", "levels", "size")),
    *(f"licenses_provider.{it}" for it in ("name", "homepage")),
    *(f"licenses_medium.{it}" for it in ("number", "title", "subjects", "levels", "languages", "subtitles", "link")),
    *(f"licenses_contract.{it}" for it in ("number", "title", "funding", "cost_center")),
    *(f"licenses_scope.{it}" for it in ("name", "territory", "school_forms", "institution_kinds")),
    *(f"licenses_entitlement.{it}" for it in ("permitted", "prohibited")),
    *(f"licenses_{it}.name" for it in ("package", "document")),
    *(f"licenses_source.{it}" for it in ("columns", "address", "customer_id", "requestor_id", "trouble")),
    *(f"licenses_key.{it}" for it in ("ciphertext", "nonce", "sealed_with")),
    "licenses_seat.class_name",
    "licenses_pupilcode.digest",
    "licenses_wrongcode.sender",  # a keyed hash, gone after an hour
    "licenses_source.name",
    *(f"licenses_harvester.{it}" for it in ("name", "requestor_id", "digest")),
    "licenses_useday.salt",  # random bytes
    *(f"licenses_reportedtitle.{it}" for it in ("digest", "title", "publisher", "publisher_ids", "platform", "ids")),
    *(f"licenses_reportedtitle.{it}" for it in ("data_type", "yop", "access_type", "access_method")),
    "lending_line.shortfall_reason",
    "lending_bundle.name",
    *(f"lending_edition.{it}" for it in ("hours", "closures")),
    "lending_policy.remind_days_after",
    "lending_reservation.promised",  # ids, numbers and moments
}
#: Of an account, which is not the contact's here; tests/office/test_privacy_canary.py sings into them.
ACCOUNT = {"people_user.name", "people_user.email", "people_user.phone"}


@pytest.fixture(autouse=True)
def asked_first(center) -> None:
    """What is to be rejected must have been asked for."""
    Policy.objects.create(center=center, needs_approval=True)


@pytest.fixture
def sung(addressed, klara, case, cases, anna, desk, settings, tmp_path) -> Contact:
    """Klara's name in every free text of the house, by verbs where verbs write them."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    Contact.objects.update(function=SAYS[:60])
    reject(reserve(cases, 1, NEXT_WEEK, addressed, anna, purpose=SAYS), reason=SAYS, by=desk, now=NOW)
    unit = Item.objects.get(product=case)
    slip = hand_over_together(
        addressed, items=[unit], by=desk, contact=klara, collected_by=NAME, extras=[(SAYS, 1)], due_at=at(5), now=NOW
    )
    take_back(unit, note=SAYS, by=desk, now=at(12))
    resolve(Finding.objects.get(), by=desk, now=at(12))
    return_extra(slip.extras.get(), by=desk, now=at(12))
    return_to_service(take_out_of_service(unit, reason="repair", note=SAYS, by=desk, now=at(12)), by=desk, now=at(12))
    Item.objects.filter(pk=unit.pk).update(note=SAYS, wear=SAYS, owner=SAYS)
    Product.objects.update(description=SAYS, quick_guide=SAYS)
    Bundle.objects.create(center=addressed.center, name="Robotik", description=SAYS)
    provider = Provider.objects.create(center=addressed.center, name="Lehrfilm")
    Medium.objects.create(center=addressed.center, provider=provider, title="Nordlicht", kind="dvd", description=SAYS)
    contract = Contract.objects.create(center=addressed.center, provider=provider, number="7", title="Kreis", note=SAYS)
    Amendment.objects.create(center=addressed.center, contract=contract, agreed_on=at(1).date(), note=SAYS)
    key = {"kind": "sign_in", "name": NAME, "sign_in_name": NAME, "secret": Secret(SAYS)}
    keeping.keep(contract, **key, by=desk)
    media_lists.begin(addressed, title=SAYS[:80], by=anna)
    addressed.note = addressed.drop_place = SAYS
    addressed.save()
    Closure.objects.create(center=desk.memberships.get().center, starts_on=at(1), ends_on=at(1), reason=SAYS)
    once.answered(once.Key("user:1", "a-key", "asked"), lambda: once.Answer(201, NAME.encode()))
    uploads.keep(
        addressed.center, by=desk, kind="schulen", name=f"{NAME}.csv", content=f"Name\n{NAME}\n".encode(), choices={}
    )
    writing.write(now=at(12))
    sending.send(now=at(12))
    return klara


def test_every_column_that_takes_words_is_sung_into_or_named_as_one_that_names_nobody(sung):
    columns = free_text_columns("people", "inventory", "licenses", "lending", "office")
    assert columns >= NAMES_NOBODY | ACCOUNT, "named here, and gone"

    assert columns - NAMES_NOBODY - ACCOUNT - set(traces_in_database(*WORDS)) == set()


def test_after_90_days_no_free_text_remembers_anybody(sung):
    forget(now=AFTER_90_DAYS)

    assert traces_in_database(*WORDS) == []


def test_a_reason_is_forgotten_though_whom_it_was_told_stays(addressed, cases, anna, desk):
    """The teacher stays, and the reason names somebody whom no table knows."""
    reject(reserve(cases, 1, NEXT_WEEK, addressed, anna), reason="Frau Zaunkoenig hat alle", by=desk, now=NOW)
    writing.write(now=NOW)
    assert set(traces_in_database("Zaunkoenig")) == {
        "lending_reservation.reason",
        "people_intent.facts",
        "people_letter.body",
    }

    forget(now=AFTER_90_DAYS)

    assert traces_in_database("Zaunkoenig") == []
    assert Letter.objects.exists()
    assert Intent.objects.get(kind="reservation_rejected").facts["starts_at"]


def test_what_was_never_told_is_forgotten_as_well(addressed, cases, anna, desk):
    reservation = reserve(cases, 1, NEXT_WEEK, addressed, anna)
    reject(reservation, reason="Frau Zaunkoenig hat alle", by=desk, now=NOW)
    Intent.objects.update(withdrawn_at=at(12))

    forget(now=AFTER_90_DAYS)

    assert traces_in_database("Zaunkoenig") == []
    assert not Intent.objects.exclude(user=None).exists()


def test_who_asks_is_taken_out_of_letters_to_others(sung, desk):
    assert "people_intent.facts" in traces_in_database(*WORDS)

    erase(sung, by=desk, now=at(13))

    left = set(traces_in_database(*WORDS))
    assert left <= {"people_oncekey.body", "people_upload.name", "people_upload.content"}  # days, not months
    assert "Grund: …" in str(Letter.objects.get(user__name="Anna Amsel").body)
