"""What a list of schools may say, under which headings, and how each cell is read.

The first synonyms are those of the open data of the school ministry of North Rhine-Westphalia.
"""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leihwerk.tables import Field
from leihwerk.tables.cells import CellIsDoubtful, CellIsWrong, as_text, text
from leihwerk.tables.days import day
from leihwerk.tables.grids import Cell
from people import school_forms
from people.models.institution import MOST_PUPILS

_is_web_address = URLValidator(schemes=["http", "https"])


def school_number(cell: Cell) -> str:
    """Six digits in North Rhine-Westphalia; other Länder have 3 to 10 letters and digits."""
    number = re.sub(r"^DE-[A-Z]{2}-|\s", "", as_text(cell).upper())
    if not re.fullmatch(r"[0-9A-Z][0-9A-Z/.-]{2,9}", number):
        raise CellIsWrong(_("ist keine Schulnummer"))
    return number


def school_form(cell: Cell) -> str:
    """The key of the form; a name nobody knows is left out."""
    key = school_forms.key_of(as_text(cell))
    if len(key) > 4:
        raise CellIsDoubtful(None, _("ist eine unbekannte Schulform und bleibt frei"))
    return key


def pupils(cell: Cell) -> int:
    """How many there are; some write "1.234"."""
    digits = re.sub(r"[\s.\u202f]", "", as_text(cell))
    if not re.fullmatch(r"[0-9]{1,5}", digits) or int(digits) > MOST_PUPILS:
        raise CellIsDoubtful(None, _("ist keine Schülerzahl und bleibt frei"))
    return int(digits)


def postal_code(cell: Cell) -> str:
    """Five digits, also where a spreadsheet dropped the leading zero."""
    digits = re.sub(r"^D-?|\s", "", as_text(cell).upper()).zfill(5)
    if not re.fullmatch(r"[0-9]{5}", digits):
        raise CellIsDoubtful(None, _("ist keine Postleitzahl und bleibt frei"))
    return digits


def municipality(cell: Cell) -> str:
    """The eight digits of the official municipality key (Gemeindeschlüssel, AGS)."""
    digits = re.sub(r"\s", "", as_text(cell)).zfill(8)
    if not re.fullmatch(r"[0-9]{8}", digits):
        raise CellIsDoubtful(None, _("ist kein Gemeindeschlüssel und bleibt frei"))
    return digits


def phone(cell: Cell) -> str:
    """A number as people write it; a spreadsheet's number has lost its leading zero."""
    words = f"0{cell}" if isinstance(cell, int) else as_text(cell)
    if len(words) > 30 or not any(letter.isdigit() for letter in words):
        raise CellIsDoubtful(None, _("ist keine Telefonnummer und bleibt frei"))
    return words


def email(cell: Cell) -> str:
    """An address that can receive mail. Importing sends none."""
    address = as_text(cell).removeprefix("mailto:")
    try:
        validate_email(address)
    except ValidationError:
        raise CellIsDoubtful(None, _("ist keine E-Mail-Adresse und bleibt frei")) from None
    return address


def homepage(cell: Cell) -> str:
    """A web address, completed by its scheme."""
    words = as_text(cell)
    address = words if "://" in words else f"http://{words}"
    try:
        _is_web_address(address)
    except ValidationError:
        raise CellIsDoubtful(None, _("ist keine Internetadresse und bleibt frei")) from None
    return text(200)(address)


_label = gettext_lazy
FIELDS: Final = (
    Field("school_number", _label("Schulnummer"), ("Schulnummer", "Schulnr", "SNR", "Schul-ID", "Dienststellennummer",
          "school number", "school id", "Kennung", "cardnumber", "branchcode", "Nr"), school_number, is_required=True),
    Field("name_1", _label("Name"), ("Schulbezeichnung_1", "Schulname", "Name der Schule", "Amtliche Bezeichnung",
          "Schulbezeichnung", "Bezeichnung", "Schule", "Einrichtung", "Name", "school name", "school", "Company",
          "surname"), text(120), is_required=True),
    Field("name_2", _label("Name, zweite Zeile"), ("Schulbezeichnung_2", "Zusatz", "Name 2"), text(120)),
    Field("name_3", _label("Name, dritte Zeile"), ("Schulbezeichnung_3", "Zusatz 2", "Name 3"), text(120)),
    Field("short_name", _label("Kurzname"), ("Kurzbezeichnung", "Kurzname", "Kürzel", "short name"), text(120)),
    Field("school_form", _label("Schulform"), ("Schulform", "Schulart", "Schultyp", "school type", "categorycode"),
          school_form),
    Field("pupils", _label("Schülerzahl"), ("Schülerzahl", "Anzahl Schüler", "Schüleranzahl", "Schüler",
          "Schülerinnen und Schüler", "SuS", "pupils", "number of pupils", "students"), pupils),
    Field("street", _label("Straße"), ("Strasse", "Straße und Hausnummer", "Straße Hausnummer", "Anschrift", "Adresse",
          "address", "street", "Hausanschrift"), text(120)),
    Field("postal_code", _label("PLZ"), ("PLZ", "Postleitzahl", "zip", "zipcode", "postal code", "postcode"),
          postal_code),
    Field("city", _label("Ort"), ("Ort", "Schulort", "Stadt", "city", "town"), text(80)),
    Field("area_code", _label("Vorwahl"), ("Telefonvorwahl", "Vorwahl"), phone),
    Field("phone", _label("Telefon"), ("Telefon", "Tel", "Telefonnummer", "Rufnummer", "Fon", "phone"), phone),
    Field("fax_area_code", _label("Vorwahl Fax"), ("Faxvorwahl", "Telefaxvorwahl"), phone),
    Field("fax", _label("Fax"), ("Fax", "Telefax", "Faxnummer"), phone),
    Field("email", _label("E-Mail"), ("E-Mail", "Mail", "E-Mail-Adresse", "Mailadresse", "dienstliche E-Mail"), email),
    Field("homepage", _label("Internetseite"), ("Homepage", "Internet", "Webseite", "Website", "URL",
          "Internetadresse"), homepage),
    Field("municipality", _label("Gemeindeschlüssel"), ("Gemeindeschluessel", "AGS", "amtlicher Gemeindeschlüssel",
          "Gemeindekennziffer", "Gemeindenummer"), municipality),
    Field("operation", _label("Schulbetrieb"), ("Schulbetriebsschluessel", "Betriebsschlüssel"), text(4)),
    Field("operation_on", _label("Schulbetrieb seit"), ("Schulbetriebsdatum", "Betriebsdatum"), day),
    Field("closed_on", _label("geschlossen seit"), ("geschlossen am", "geschlossen seit", "Schließung", "aufgelöst am",
          "closed on"), day),
)  # fmt: skip
