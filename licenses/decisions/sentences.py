"""Why not, and what is, in sentences (TEXTS, "license codes"). Read only when something is refused."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Sum
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leihwerk.errors import spoken
from licenses.models import Entitlement, EntitlementScope, Medium, Seat
from licenses.models.medium import AgeRating
from licenses.rights import Action
from licenses.seats.seating import next_free
from licenses.terms import Decision, Grant, No
from people import school_forms
from people.models import Institution
from people.models.institution import InstitutionKind

PLAIN: Final = {
    No.UNKNOWN_TITLE: gettext_lazy("Dieses Medium kennen wir nicht."),
    No.NOT_AUTHENTICATED: gettext_lazy("Bitte melden Sie sich an. Was erlaubt ist, hängt von Ihrer Schule ab."),
    No.ACCOUNT_NOT_ACTIVATED: gettext_lazy("Ihr Konto ist noch nicht freigeschaltet."),
    No.ROLE_NOT_ALLOWED: gettext_lazy("Das ist Lehrkräften von {institution} vorbehalten."),
    No.NO_LICENSE: gettext_lazy("Für dieses Medium haben wir keine Lizenz."),
    No.NOT_STARTED: gettext_lazy("Die Lizenz gilt erst ab {starts_on}."),
    No.EXPIRED: gettext_lazy("Die Lizenz ist am {ends_on} abgelaufen. Bitte nicht mehr zeigen und Kopien löschen."),
    No.TERRITORY: gettext_lazy("Die Lizenz gilt nur für: {scopes}."),
    No.SCHOOL_TYPE: gettext_lazy("Die Lizenz gilt für {forms}, nicht für {own_form}."),
    No.INSTITUTION_TYPE: gettext_lazy("Die Lizenz gilt nicht für: {kind}. Sie gilt für: {scopes}."),
    No.ACTION_NOT_LICENSED: gettext_lazy("{permitted}{action}: nein."),
    No.AGE_RATING: gettext_lazy("Das Medium ist {age_rating} freigegeben."),
    No.LIST_REQUIRED: gettext_lazy(
        "Dafür brauchen Sie einen eigenen Lizenzplatz. Ihr Medienzentrum vergibt die Plätze."
    ),
    No.LIMIT_EXCEEDED: "{taken}{next_free}",
}


@dataclass(frozen=True)
class Refused:
    """What was refused; ``close`` are the grants that came furthest."""

    close: tuple[Grant, ...]
    institution: Institution
    medium: Medium | None
    action: Action
    at: datetime


def why_not(decision: Decision, institution: Institution, medium: Medium | None, action: Action, at: datetime) -> str:
    """The sentence for a refusal. Never says who has a slot."""
    if decision.reason is None:
        return ""
    facts = _FACTS.get(decision.reason, _where)(Refused(decision.close, institution, medium, action, at))
    return spoken.format(str(PLAIN[decision.reason]), **facts)


Facts = dict[str, Any]


def _where(refused: Refused) -> Facts:
    return {"institution": refused.institution}


def _started(refused: Refused) -> Facts:
    return {"starts_on": _day(min(grant.starts_on for grant in refused.close))}


def _expired(refused: Refused) -> Facts:
    return {"ends_on": _day(max(grant.ends_on for grant in refused.close if grant.ends_on))}


def _elsewhere(refused: Refused) -> Facts:
    return {"scopes": _listed(_scopes(refused)) or _("niemanden, denn ein Geltungsbereich fehlt")}


def _other_forms(refused: Refused) -> Facts:
    keys = sorted({form for grant in refused.close for area in grant.areas for form in area.school_forms})
    own = school_forms.plural_of(refused.institution.school_form)
    return {"forms": _listed(map(school_forms.plural_of, keys)), "own_form": own}


def _other_kinds(refused: Refused) -> Facts:
    return {"kind": InstitutionKind(refused.institution.kind).label, "scopes": _listed(_scopes(refused))}


def _permitted(refused: Refused) -> Facts:
    allowed = {value for grant in refused.close for value in grant.permitted}
    yes = [f"{Action(value).label}: {_('ja')}. " for value in Action.values if value in allowed]
    return {"permitted": "".join(yes), "action": refused.action.label}


def _age(refused: Refused) -> Facts:
    return {"age_rating": AgeRating(refused.medium.age_rating or 0).label if refused.medium else ""}


def _taken(refused: Refused) -> Facts:
    ids = [grant.id for grant in refused.close]
    capacity = Entitlement.objects.filter(pk__in=ids).aggregate(sum=Sum("capacity"))["sum"]
    taken = ngettext("Der einzige Platz ist belegt.", "Alle {capacity} Plätze sind belegt.", capacity)
    free_at = next_free(Seat.objects.held().filter(entitlement__in=ids, expires_at__gt=refused.at))
    is_today = free_at is None or timezone.localdate(free_at) == timezone.localdate(refused.at)
    at_time = _("Der nächste wird voraussichtlich um {at:time} frei.")
    coming = at_time if is_today else _("Der nächste wird voraussichtlich am {at} frei.")
    return {
        "taken": taken.format(capacity=capacity),
        "next_free": f" {spoken.format(coming, at=free_at)}" if free_at else "",
    }


_FACTS: Final[dict[No, Callable[[Refused], Facts]]] = {
    No.NOT_STARTED: _started,
    No.EXPIRED: _expired,
    No.TERRITORY: _elsewhere,
    No.SCHOOL_TYPE: _other_forms,
    No.INSTITUTION_TYPE: _other_kinds,
    No.ACTION_NOT_LICENSED: _permitted,
    No.AGE_RATING: _age,
    No.LIMIT_EXCEEDED: _taken,
}


def _scopes(refused: Refused) -> list[str]:
    rows = EntitlementScope.objects.filter(entitlement__in=[grant.id for grant in refused.close])
    return list(rows.order_by("scope__sort_name").values_list("scope__name", flat=True).distinct())


def _listed(words: Iterable[str]) -> str:
    *first, last = list(words) or [""]
    return _("{first} und {last}").format(first=", ".join(first), last=last) if first else last


def _day(day: Any) -> str:
    return formats.date_format(day, "j.n.Y")
