"""Adresse prüfen: whose mail address a server refused for good, and »Adresse stimmt«."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontend.answers import see_other
from frontend.context import own_center
from frontend.requests import MemberRequest
from people import mailboxes
from people.models import Center, Contact, Institution, Membership, User
from people.once import run
from people.permissions import require

Owner: TypeAlias = User | Contact | Institution

#: What has an address, or leads to an account that has one, by its name in the address of the page.
OWNERS: dict[str, type[Contact] | type[Institution] | type[Membership]] = {
    "kontakt": Contact,
    "einrichtung": Institution,
    "person": Membership,
}


@dataclass(frozen=True)
class Refused:
    """An address to be looked at, and whose it is; ``pk`` is the membership's where it is an account's."""

    kind: str
    pk: int
    name: str
    institution: Institution | None
    email: str
    since: datetime | None
    code: str


def refused_in(center: Center, user: User) -> list[Refused]:
    """All of a centre, the latest first."""
    contacts = Contact.objects.visible_to(user).filter(center=center, left_on=None).select_related("institution")
    institutions = Institution.objects.visible_to(user).filter(center=center)
    members = Membership.objects.visible_to(user).active().filter(center=center).select_related("institution")
    flagged = {"mail_refused_at__isnull": False}
    accounts = members.filter(user__mail_refused_at__isnull=False).select_related("user")
    found = [
        *(_refused("kontakt", it.pk, it, it.institution) for it in contacts.filter(**flagged)),
        *(_refused("einrichtung", it.pk, it, it) for it in institutions.filter(**flagged)),
        *{it.user_id: _refused("person", it.pk, it.user, it.institution) for it in accounts}.values(),
    ]
    return sorted(found, key=lambda it: str(it.since), reverse=True)


def refusal_of(owner: Contact | Institution) -> Refused | None:
    """For the page of a contact or an institution."""
    if not owner.is_mail_refused:
        return None
    if isinstance(owner, Contact):
        return _refused("kontakt", owner.pk, owner, owner.institution)
    return _refused("einrichtung", owner.pk, owner, owner)


@login_required
@require_POST
def address_trusted(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """Somebody asked: the address is right, letters may go there again."""
    own_center(request)
    if kind not in OWNERS:
        raise Http404
    owner: Any = get_object_or_404(OWNERS[kind].objects.visible_to(request.user), pk=pk)
    require(request.user, "letters.send", on=owner)
    mailbox = owner.user if kind == "person" else owner
    run(lambda: mailboxes.trust(mailbox, by=request.user))
    messages.success(request, _("Gemerkt. Der nächste Brief geht wieder an {address}.").format(address=mailbox.email))
    return see_other("letters")


def _refused(kind: str, pk: int, owner: Owner, institution: Institution | None) -> Refused:
    return Refused(kind, pk, str(owner), institution, owner.email, owner.mail_refused_at, owner.mail_refused_with)
