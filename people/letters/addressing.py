"""To whom a letter goes, by which channel, and where that is."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Model

from people.models import Center, Contact, Institution, User
from people.models.institution import Channel, InstitutionKind

Addressee: TypeAlias = User | Contact | Institution | Center


@dataclass(frozen=True)
class Recipient:
    """Who is told something, on behalf of which institution; or the centre itself, in its own mailbox."""

    user: User | None
    contact: Contact | None
    institution: Institution | None
    center: Center | None = None

    @property
    def key(self) -> str:
        """The same for the same addressee; what letters are bundled by."""
        addressee = self.addressee
        institution = self.institution.pk if self.institution else 0
        return f"{addressee._meta.model_name}:{addressee.pk}:{institution}"

    @property
    def addressee(self) -> Addressee:
        addressee = self.user or self.contact or self.institution or self.center
        if addressee is None:
            raise ValueError("a recipient is a person or an institution")
        return addressee

    @property
    def channel(self) -> Channel:
        """The addressee's own, as far as an address for it is known."""
        wished = Channel.MAIL if self.user or self.center else Channel((self.contact or self.institution).channel)  # type: ignore[union-attr]  # one of them is there
        if wished == Channel.MAIL and not self.mail_address:
            wished = Channel.PRINT
        if wished == Channel.PRINT and not (self.institution and self.institution.street):
            wished = Channel.PHONE
        return wished

    @property
    def is_diverted(self) -> bool:
        """Their own address was refused for good; letters go to the institution's official one, or on paper."""
        return not isinstance(self.addressee, Center) and self.addressee.is_mail_refused

    @property
    def mail_address(self) -> str:
        return self.official_address if self.is_diverted else self.addressee.email

    @property
    def official_address(self) -> str:
        """The institution's, as long as mail arrives there."""
        return self.institution.email if self.institution and not self.institution.is_mail_refused else ""

    @property
    def copy_address(self) -> str:
        """Where a copy for the institution goes; nowhere if its office gets the letter itself, and none is posted."""
        is_own = self.mail_address == self.official_address
        return "" if self.channel != Channel.MAIL or is_own else self.official_address

    @property
    def phone_number(self) -> str:
        own = "" if isinstance(self.addressee, Institution) else self.addressee.phone
        return own or (self.institution.phone if self.institution else "")

    @property
    def postal_lines(self) -> list[str]:
        """Name and address as DIN 5008 puts them into a window envelope."""
        place = self.institution
        if place is None:
            return [self.addressee.name]
        person = [self.addressee.name] if not isinstance(self.addressee, Institution) else []
        return [place.name, *person, place.street, f"{place.postal_code} {place.city}".strip()]


def recipient_of(to: Addressee | None, about: Model) -> Recipient | None:
    """``to``, else the institution of ``about``. None when there is nobody whom a letter could reach."""
    about_institution: Institution | None = (
        about if isinstance(about, Institution) else getattr(about, "institution", None)
    )
    if isinstance(to, User) and to.is_active and to.left_at is None:
        return Recipient(to, None, about_institution)
    if isinstance(to, Contact) and to.left_on is None:
        return Recipient(None, to, to.institution)
    if isinstance(to, Center):
        return Recipient(None, None, None, to) if to.email else None
    institution = to if isinstance(to, Institution) else about_institution
    if institution is None or (institution.kind == InstitutionKind.INTERNAL and not institution.email):
        return None
    return Recipient(None, None, institution)


def recipient_key(to: Addressee | None, about: Model) -> str | None:
    """Whom ``intend`` would tell."""
    recipient = recipient_of(to, about)
    return recipient.key if recipient else None


def recipient_in(row: Any) -> Recipient:
    """The recipient that an intent or a letter names."""
    is_of_center = row.recipient.startswith(f"{Center._meta.model_name}:")
    return Recipient(row.user, row.contact, row.institution, row.center if is_of_center else None)
