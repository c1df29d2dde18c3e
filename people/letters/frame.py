"""What stands around the words of every letter: who is greeted, who greets; and what each may say of both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.letters import opening
from people.letters.addressing import Recipient
from people.letters.blocks import Block, harmless
from people.letters.glossary import Placeholder
from people.models import Center, Institution


@dataclass(frozen=True)
class Section:
    """What a letter says of one kind."""

    subject: str
    body: list[Block]


@dataclass(frozen=True, kw_only=True)
class Frame:
    """``is_formal``: nobody is greeted by name. ``has_copy``: the institution's official address gets one too."""

    recipient: Recipient
    center: Center
    is_formal: bool
    has_copy: bool

    def around(self, sections: Sequence[Section]) -> list[Block]:
        return list(self._blocks(sections))

    def _blocks(self, sections: Sequence[Section]) -> Iterator[Block]:
        person = "" if self.is_formal else self.person
        if self.is_to_us:
            greeting = _("Guten Morgen,")
        else:
            greeting = _("Guten Tag {person},") if person else _("Sehr geehrte Damen und Herren,")
        yield {"text": greeting.format(person=person)}
        for section in sections:
            if len(sections) > 1:
                yield {"heading": section.subject}
            yield from section.body
        if self.has_copy:
            yield {"text": _("Diese Nachricht geht zur Kenntnis auch an das Sekretariat Ihrer Schule.")}
        if self.is_to_us:
            return
        yield {"text": _("Viele Grüße") if person else _("Mit freundlichen Grüßen")}
        yield {"text": ", ".join(filter(None, [self.center_name, self.phone]))}

    @property
    def is_to_us(self) -> bool:
        """The centre does not greet itself."""
        return self.recipient.center is not None

    @property
    def person(self) -> str:
        addressee = self.recipient.addressee
        if isinstance(addressee, Institution | Center):
            return ""
        return harmless(f"{getattr(addressee, 'salutation', '')} {addressee.name}")

    @property
    def institution(self) -> str:
        return harmless(str(self.recipient.institution or ""))

    @property
    def center_name(self) -> str:
        return harmless(self.center.name)

    @property
    def phone(self) -> str:
        return harmless(self.center.phone)

    @property
    def opening_hours(self) -> str:
        return opening.in_words(self.center.opening_hours.all())

    @property
    def tour_day(self) -> str:
        institution = self.recipient.institution
        return str(institution.get_tour_day_display()) if institution and institution.tour_day is not None else ""


PLACEHOLDERS: Final[Sequence[Placeholder]] = (
    Placeholder("Medienzentrum", gettext_lazy("der Name Ihres Medienzentrums"), lambda frame: frame.center_name),
    Placeholder("Telefon", gettext_lazy("Ihre Telefonnummer"), lambda frame: frame.phone),
    Placeholder("Öffnungszeiten", gettext_lazy("Ihre Öffnungszeiten"), lambda frame: frame.opening_hours),
    Placeholder("Einrichtung", gettext_lazy("die Einrichtung, um die es geht"), lambda frame: frame.institution),
    Placeholder(
        "Kurier", gettext_lazy("der Wochentag, an dem der Kurier zur Einrichtung kommt"), lambda frame: frame.tour_day
    ),
)
"""What letters of every kind can say; the values are those of the frame."""
