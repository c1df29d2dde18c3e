"""Refused for lack of units: what is free of it, why not more, and when all of it is."""

from collections import Counter
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leihwerk.errors import DomainError, spoken


class NotAvailable(DomainError):
    """No assignment of units can serve it. ``reasons`` says what stands in the way; ``next_free`` may be None.

    ``lines`` tells of each line how many of its units could be had (``ways_out.Offer``); the other facts are those of
    the first that cannot be whole.
    """

    code = "not_available"
    sentence = _("{product} ist vom {starts_at} bis {ends_at} nicht frei.")

    def __str__(self) -> str:
        if len(self.facts["lines"]) > 1:
            return self._of_several()
        sentences = [self._fact()]
        if reasons := self.facts.get("reasons"):
            parts = ", ".join(str(reason) for reason in reasons)
            told = ngettext("Von {capacity} ist {parts}.", "Von {capacity} sind {parts}.", reasons[0].count)
            sentences.append(told.format(capacity=self.facts["capacity"], parts=parts))
        if self.facts.get("next_free"):
            sentences.append(spoken.format(_now("Frei ab {next_free}."), **self.facts))
        return " ".join(sentences)

    def _fact(self) -> str:
        """Within one day it is about hours."""
        starts_at, ends_at = (timezone.localtime(self.facts[name]) for name in ("starts_at", "ends_at"))
        if type(self) is not NotAvailable or starts_at.date() != ends_at.date():
            return super().__str__()
        sentence = _now("{product} ist am {starts_at} von {starts_at:time} bis {ends_at:time} nicht frei.")
        return spoken.format(sentence, **self.facts)

    def _of_several(self) -> str:
        often = Counter(offer.product for offer in self.facts["lines"])
        parts = ", ".join(_offered(offer, tells_day=often[offer.product] > 1) for offer in self.facts["lines"])
        sentences = [_now("Nicht alles ist in dieser Zeit frei: {parts}.").format(parts=parts)]
        if self.facts.get("next_free"):
            sentences.append(spoken.format(_now("Alles zusammen ist ab {next_free} frei."), **self.facts))
        return " ".join(sentences)


class PartlyAvailable(NotAvailable):
    code = "partly_available"
    sentence = _("{available} von {quantity} × {product} sind in dieser Zeit frei.")


def _offered(offer: Any, *, tells_day: bool) -> str:
    """One line of several: "Beamer ja", "2 von 4 × Bee-Bot Set", "VR-Koffer nein", "Studio (Di, 1.12.) ja"."""
    product = spoken.format("{name} ({day})", name=offer.name, day=offer.starts_at) if tells_day else offer.name
    if offer.available == offer.quantity:
        return _now("{product} ja").format(product=product)
    if offer.available:
        return _now("{available} von {quantity} × {product}").format(
            available=offer.available, quantity=offer.quantity, product=product
        )
    return _now("{product} nein").format(product=product)


class PlanningUndecided(DomainError):
    """The search spent its budget: not a proof, so nobody may be told that nothing is free."""

    code = "planning_undecided"
    sentence = _("Das können wir nicht sofort zusagen. Bitte rufen Sie uns an.")
