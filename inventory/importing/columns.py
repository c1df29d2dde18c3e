"""What an inventory list may say: the headings of Excel files, Antares, Snipe-IT and Koha, and how cells are read."""

import re
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.importing.packing import packing_list
from inventory.importing.states import state
from inventory.models.product import ProductKind
from leihwerk.tables import Field
from leihwerk.tables.cells import CellIsWrong, one_of, text
from leihwerk.tables.days import day
from leihwerk.tables.grids import Cell
from leihwerk.tables.numbers import money, whole


def asset_number(cell: Cell) -> str:
    """The number somebody wrote on the thing; it tells one thing from all others of the centre."""
    words = " ".join(text(40)(cell).split())
    if not re.search(r"\w", words):
        raise CellIsWrong(_("ist keine Inventarnummer"))
    return words


def people_served(cell: Cell) -> int:
    """For how many a set is enough: 1 to 500."""
    number = whole(cell)
    if not 1 <= number <= 500:
        raise CellIsWrong(_("ist keine Anzahl von Kindern"))
    return number


_kind = one_of({"Gerät": ProductKind.DEVICE, "Koffer": ProductKind.KIT, "Raum": ProductKind.ROOM})
_label = gettext_lazy
FIELDS: Final = (
    Field("asset_number", _label("Inventarnummer"), ("Inventarnummer", "Inventarnr.", "Inv.-Nr.", "Inventar", "InvNr",
          "Gerätenummer", "Exemplarnummer", "Asset Tag", "Asset-ID", "Barcode", "Signatur", "Mediennummer",
          "itemnumber", "Nummer", "Nr", "ID"), asset_number, is_required=True),
    Field("product", _label("Bezeichnung"), ("Bezeichnung", "Gerätebezeichnung", "Artikelbezeichnung", "Gerät",
          "Artikel", "Produkt", "Gegenstand", "Medium", "Modell", "Model", "Model Name", "Titel", "Title", "Name",
          "Gerätename", "Item Name", "Asset Name", "Was", "Typ"), text(160), is_required=True),
    Field("category", _label("Kategorie"), ("Kategorie", "Gruppe", "Gerätegruppe", "Warengruppe", "Sachgruppe",
          "Bereich", "Geräteart", "Medienart", "Category", "itype", "Item Type", "Rubrik", "Art"), text(80)),
    Field("kind", _label("Art"), ("Art des Artikels",), _kind),
    Field("maker", _label("Hersteller"), ("Hersteller", "Marke", "Fabrikat", "Firma", "Manufacturer", "Brand",
          "Vendor"), text(80)),
    Field("serial_number", _label("Seriennummer"), ("Seriennummer", "Serien-Nr.", "S/N", "SN", "Serial",
          "Serial Number", "Fabriknummer", "Gerätenr Hersteller"), text(80)),
    Field("contents", _label("Packliste"), ("Packliste", "Inhalt/Packliste", "Inhalt", "Zubehör", "Bestandteile",
          "Lieferumfang", "Koffer Inhalt", "Contents", "Accessories", "materials"), packing_list),
    Field("location", _label("Standort"), ("Standort", "Lagerort", "Lagerplatz", "Platz", "Regal", "Raum", "Ort",
          "Fach", "Location", "Default Location", "shelf", "itemcallnumber"), text(80)),
    Field("state", _label("Zustand"), ("Zustand", "Status", "Gerätestatus", "Status Label", "Condition", "State"),
          state),
    Field("acquired_on", _label("Anschaffung"), ("Anschaffung", "Anschaffungsdatum", "angeschafft am", "Kaufdatum",
          "Anschaffungsjahr", "Zugang", "Zugangsdatum", "Baujahr", "gekauft am", "Purchase Date", "Purchased", "Date",
          "dateaccessioned", "Date acquired", "Jahr"), day),
    Field("price", _label("Preis"), ("Preis", "Anschaffungspreis", "Anschaffungswert", "Kaufpreis", "Kosten", "Wert",
          "Preis brutto", "Purchase Cost", "Cost", "Price"), money),
    Field("replacement_value", _label("Wiederbeschaffungswert"), ("Wiederbeschaffungswert", "Neuwert", "Ersatzwert",
          "replacementprice", "Replacement Cost"), money),
    Field("funding", _label("Finanzierung"), ("Finanzierung", "Förderung", "Fördertopf", "Förderprogramm", "Mittel",
          "Mittelherkunft", "Programm", "Funding"), text(80)),
    Field("bound_until", _label("zweckgebunden bis"), ("zweckgebunden bis", "Zweckbindung", "Zweckbindung bis",
          "Bindung bis", "bound until"), day),
    Field("owner", _label("Eigentümer"), ("Eigentümer", "Besitzer", "Eigentum", "gehört", "Leihgeber", "Owner",
          "Company"), text(120)),
    Field("cost_center", _label("Kostenstelle"), ("Kostenstelle", "KST", "Produktsachkonto", "cost center"), text(40)),
    Field("invoice", _label("Rechnung"), ("Rechnung", "Rechnungsnummer", "Beleg", "Belegnummer", "Bestellnummer",
          "Invoice", "Order Number"), text(80)),
    Field("note", _label("Bemerkung"), ("Bemerkung", "Bemerkungen", "Anmerkung", "Notiz", "Kommentar", "Hinweis",
          "Info", "Notes", "Note", "Comment", "itemnotes"), text(4000)),
    Field("description", _label("Beschreibung"), ("Beschreibung", "Kurzbeschreibung", "Description"), text(4000)),
    Field("serves", _label("reicht für"), ("reicht für", "Anzahl Kinder", "Schülerzahl", "Gruppengröße", "serves"),
          people_served),
    Field("retired_on", _label("ausgesondert am"), ("ausgesondert am", "Aussonderung", "Abgang", "Abgangsdatum",
          "retired on", "withdrawn on"), day),
)  # fmt: skip
