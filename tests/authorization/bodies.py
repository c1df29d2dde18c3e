"""What a write sends in the matrix: enough to be understood."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lending import replying
from lending.calendars import calendar_of
from lending.due_dates import add_open_days
from licenses.deleting import links
from people.letters import unsubscribing
from people.models import Intent, YearCheck
from people.year_checks.links import token_for
from tests.authorization.stage import Owner


def a_day(days: int) -> str:
    return str(timezone.localdate() + timedelta(days=days))


def reservation(the: Owner) -> Mapping[str, Any]:
    period = {"starts_at": the.reservation.starts_at.isoformat(), "ends_at": the.reservation.ends_at.isoformat()}
    lines = [{"product": the.product.pk, "quantity": 1}]
    return {"institution": the.institution.pk, "lines": lines, **period}


def change(the: Owner) -> Mapping[str, Any]:
    return {"ends_at": a_day(32), "lines": [{"product": the.product.pk, "quantity": 1}]}


def split(the: Owner) -> Mapping[str, Any]:
    return {"lines": [{"line": the.reservation.lines.all()[0].pk, "quantity": 1}]}


def handover(the: Owner) -> Mapping[str, Any]:
    return {"institution": the.institution.pk, "items": [the.item.asset_number]}


def returned(the: Owner) -> Mapping[str, Any]:
    return {"items": [{"code": the.loan.item.asset_number}]}


def scan(the: Owner) -> Mapping[str, Any]:
    return {"code": the.item.asset_number}


def promise(the: Owner) -> Mapping[str, Any]:
    return {"expected_on": a_day(2)}


def pause(the: Owner) -> Mapping[str, Any]:
    return {"until_on": a_day(5), "reason": "agreed"}


def reply(the: Owner) -> Mapping[str, Any]:
    """What a letter of today would ask."""
    return {"token": replying.token_for(timezone.localdate(), {the.loan.pk: the.loan.due_at})}


def reply_bring(the: Owner) -> Mapping[str, Any]:
    day = add_open_days(timezone.localdate(), 2, calendar_of(the.center))
    return {"loans": the.loan.pk, "on": str(day)}


def reply_back(the: Owner) -> Mapping[str, Any]:
    return {"loans": the.loan.pk}


def upload(the: Owner) -> Mapping[str, Any]:
    return {"schulen-file": SimpleUploadedFile("schulen.csv", b"Schulnummer;Schulname\n100009;Neue Schule\n")}


def label(the: Owner) -> Mapping[str, Any]:
    return {"code": the.label.token}


def year_check(the: Owner) -> Mapping[str, Any]:
    """The link in the letter to a school."""
    today = timezone.localdate()
    days = {"asked_on": today, "ends_on": today + timedelta(days=30)}
    check, _ = YearCheck.objects.get_or_create(
        center=the.center, institution=the.institution, school_year=today.year, defaults=days
    )
    return {"token": token_for(check.pk)}


def deletion_reply(the: Owner) -> Mapping[str, Any]:
    """The link in the letter that asks to delete copies."""
    return {"token": links.token_for(the.deletion.pk)}


def deletion(the: Owner) -> Mapping[str, Any]:
    return {"seen": the.deletion.titles.get().pk}


def unsubscribe(the: Owner) -> Mapping[str, Any]:
    """The last line of a mail that says what is free again."""
    told, _ = Intent.objects.get_or_create(
        center=the.center, institution=the.institution, kind="reservation_free", subject_id=the.reservation.pk
    )
    return {"token": unsubscribing.token_for([told.pk])}


def hours(the: Owner) -> Mapping[str, Any]:
    return {f"{end}_{day}_0": clock for day in range(5) for end, clock in (("opens", "9:00"), ("closes", "15:00"))}


def holiday(the: Owner) -> Mapping[str, Any]:
    return {"holiday-name": "Ferien", "holiday-starts_on": "2029-04-02", "holiday-ends_on": "2029-04-06"}


def holidays_file(the: Owner) -> Mapping[str, Any]:
    return {"file": SimpleUploadedFile("ferien.csv", b"Ferien;von;bis\nOstern;2.4.2029;6.4.2029\n")}


def exception(the: Owner) -> Mapping[str, Any]:
    """A rule of its own for one article."""
    return {"product": the.product.pk, "loan_days": 5, "keep": 1}


def use(the: Owner) -> Mapping[str, Any]:
    return {"action": "show", "institution": the.institution.pk}
