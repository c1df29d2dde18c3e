"""What a list of media may say: the headings of Excel files, Antares, EDMOND, Snipe-IT, LOM and SODIX."""

import re
from collections.abc import Callable
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from leihwerk.tables import Field
from leihwerk.tables.cells import CellIsWrong, as_text, text
from leihwerk.tables.grids import Cell
from licenses.importing import cells
from licenses.importing.licence_cells import READERS


def one_line(at_most: int, wrong: str | Promise) -> Callable[[Cell], str]:
    """A reader of a name in one line, in which there is at least one letter or digit."""
    read_text = text(at_most)

    def read(cell: Cell) -> str:
        words = " ".join(as_text(cell).split())
        if not re.search(r"\w", words):
            raise CellIsWrong(str(wrong))
        return read_text(words)

    return read


def provider(cell: Cell) -> str:
    """Of several the first: who is asked when something does not play."""
    first = next((part for part in as_text(cell).split(";") if part.strip()), "")
    return _provider(first)


_label = gettext_lazy
contract = one_line(40, _label("ist keine Vertragsnummer"))
number = one_line(60, _label("ist keine Mediennummer"))
title = one_line(240, _label("ist kein Titel"))
_provider = one_line(120, _label("ist kein Anbieter"))
FIELDS: Final = (
    Field("title", _label("Titel"), ("Titel", "Haupttitel", "Title", "Medientitel", "general.title", "Bezeichnung",
          "Name", "License Name", "Software Name", "Lizenzname", "Produkt", "Film", "Medium", "License"),
          title, is_required=True),
    Field("number", _label("Mediennummer"), ("Mediennummer", "Medien-Nr.", "MedienNr", "Mediennr", "Signatur",
          "Kennung", "identifier", "general.identifier.entry", "general.identifier", "Identifikator", "Medien-ID",
          "Asset-ID", "ID", "Nummer", "Nr"), number),
    Field("provider", _label("Anbieter"), ("Anbieter", "Verlag", "Produzent", "Hersteller", "Lieferant",
          "Publisher", "publishers.title", "lifecycle.contribute.entity", "source.name", "Manufacturer", "Supplier",
          "Vendor", "Rechteinhaber", "Lizenzgeber", "Firma"), provider),
    Field("kind", _label("Medienart"), ("Medienart", "Medientyp", "Art", "Typ", "Type", "Category", "Kategorie",
          "learnResourceType", "educational.learningResourceType", "media.dataType", "technical.format"), cells.kind),
    Field("runtime_minutes", _label("Laufzeit (min)"), ("Laufzeit", "Spieldauer", "Dauer", "Länge", "Minuten",
          "Duration", "media.duration", "technical.duration", "Runtime"), cells.runtime),
    Field("year", _label("Jahr"), ("Jahr", "Produktionsjahr", "Erscheinungsjahr", "Prod.-Jahr", "Year", "publishedTime",
          "creationDate", "lifecycle.contribute.date", "lifecycle.contribute.date.dateTime", "Copyright"), cells.year),
    Field("subjects", _label("Fächer"), ("Fächer", "Fach", "Unterrichtsfach", "Sachgebiet", "Sachgebiete", "Subject",
          "subjects", "subject.name", "discipline", "disciplines", "classification.taxonPath.taxon.entry"),
          cells.subjects),
    Field("levels", _label("Stufen"), ("Stufen", "Stufe", "Schulstufe", "Bildungsstufe", "Bildungsbereich",
          "Adressaten", "Zielgruppe", "educationalLevels", "educational.context", "Context", "Level", "levels"),
          cells.levels),
    Field("age_rating", _label("Altersfreigabe"), ("Altersfreigabe", "FSK", "Freigabe", "FSK-Freigabe", "fskRating",
          "Age Rating", "ageRating", "educational.ageRating"), cells.age_rating),
    Field("languages", _label("Sprachen"), ("Sprachen", "Sprache", "Language", "Languages", "general.language"),
          cells.languages),
    Field("subtitles", _label("Untertitel"), ("Untertitelsprachen", "UT", "Subtitles"), cells.languages),
    Field("description", _label("Beschreibung"), ("Beschreibung", "Kurzbeschreibung", "Inhalt", "Abstract",
          "Description", "general.description", "Inhaltsangabe", "Annotation", "Notes"), text(4000)),
    Field("link", _label("Adresse beim Anbieter"), ("Link", "URL", "Adresse", "Internetadresse", "Webadresse",
          "media.url", "technical.location", "media.originalUrl", "Location", "Zugang", "Permalink"), cells.link),
    Field("contract", _label("Vertragsnummer"), ("Vertragsnummer", "Vertrag", "Vertrags-Nr.", "Vertragsnr",
          "Lizenzvertrag", "Contract", "Contract Number"), contract),
    Field("licence_kind", _label("Lizenzart"), ("Lizenzart", "Lizenztyp", "Lizenzform", "Recht", "Rechte",
          "license.name", "Lizenz", "rights.description", "rights.copyrightAndOtherRestrictions", "License Type"),
          READERS["licence_kind"]),
    Field("scope", _label("Geltungsbereich"), ("Geltungsbereich", "gilt für", "Berechtigte", "Schulformen",
          "Lizenzgebiet", "Scope"), READERS["scope"]),
    Field("starts_on", _label("gültig ab"), ("gültig ab", "Lizenzbeginn", "Laufzeit von", "gilt ab", "ab", "von",
          "Beginn", "Start", "Valid from", "Purchase Date"), READERS["starts_on"]),
    Field("ends_on", _label("gültig bis"), ("gültig bis", "Lizenzende", "Lizenz bis", "Laufzeit bis", "gilt bis", "bis",
          "Ende", "Ablauf", "Ablaufdatum", "availableTo", "Expiration Date", "Expires", "Valid until"),
          READERS["ends_on"]),
    Field("capacity", _label("Umfang"), ("Umfang", "Lizenzumfang", "Anzahl Lizenzen", "Anzahl", "Exemplare", "Plätze",
          "Seats", "Total", "Total Seats", "Quantity"), READERS["capacity"]),
    Field("pupil_access", _label("Schülerzugang zu Hause"), ("Schülerzugang zu Hause", "Schülerzugang",
          "Schüler zu Hause", "EDU-ID", "Pupil access"), READERS["pupil_access"]),
    Field("cost", _label("Kosten (€)"), ("Kosten", "Preis", "Lizenzkosten", "Gebühr", "Purchase Cost", "Cost",
          "Price"), READERS["cost"]),
)  # fmt: skip
