"""What other lists, portals and standards call kinds of media, levels and ratings. Keys are folded words."""

from typing import Final

from licenses.models import MediumKind

#: Stems of folded words, the most telling first: an "Online-DVD" is neither a DVD nor just online.
KIND_STEMS: Final = (
    ("applicationpdf textplain epub", MediumKind.OTHER),
    ("onlinedvd didaktischedvdonline onlinemedienpaket", MediumKind.ONLINE_DVD),
    ("medienkoffer medienkiste geraetesatz themenkoffer lernkoffer bilderbuchkino kamishibai", MediumKind.TEACHING_KIT),
    ("cdrom dvdrom", MediumKind.CD_ROM),
    ("vhs videokassette videoband", MediumKind.VHS),
    ("dvd bluray blueray bdrom", MediumKind.DVD),
    ("hoer audio mp3 podcast musik radio tonkassette tontraeger sound cdaudio", MediumKind.AUDIO),
    ("portal texthtml webseite website internetseite webpage lernplattform datenbank onlinedienst", MediumKind.PORTAL),
    ("interaktiv interactive lernspiel arbeitsblatt uebung ubung quiz simulation h5p lernobjekt kurs",
     MediumKind.INTERACTIVE),
    ("applicationsoftware software programm lizenz application webtool", MediumKind.SOFTWARE),
    ("film video movie audiovisuell streaming onlinemedium mpeg webm", MediumKind.ONLINE_FILM),
    ("bild image foto photo grafik dia folie karte", MediumKind.PICTURES),
    ("app", MediumKind.APP),
    ("sonstig other text pdf buch brosch", MediumKind.OTHER),
)  # fmt: skip

_KITA, _PRIMARY, _SEK_1, _SEK_2 = "Kita", "Grundschule", "Sek I", "Sek II"
LEVELS: Final = {
    **dict.fromkeys(("kita", "kindergarten", "elementarbereich", "elementarstufe", "vorschule", "preschool"), _KITA),
    **dict.fromkeys(("grundschule", "primarstufe", "primarbereich", "primar", "primaryeducation", "gs"), _PRIMARY),
    **dict.fromkeys(
        ("seki", "sek1", "s1", "si", "sekundarstufei", "sekundarstufe1", "sekundarbereichi", "lowersecondary",
         "lowersecondaryeducation"), _SEK_1),
    **dict.fromkeys(
        ("sekii", "sek2", "s2", "sii", "sekundarstufeii", "sekundarstufe2", "sekundarbereichii", "uppersecondary",
         "uppersecondaryeducation", "oberstufe"), _SEK_2),
    **dict.fromkeys(("berufskolleg", "berufsschule", "beruflichebildung", "vocationaleducation", "bk"), "Berufskolleg"),
    **dict.fromkeys(("foerderschule", "foes", "sonderpaedagogik", "specialeducation"), "Förderschule"),
    **dict.fromkeys(("erwachsenenbildung", "erwachsene", "adulteducation"), "Erwachsenenbildung"),
    **dict.fromkeys(("fortbildung", "fortundweiterbildung", "lehrerfortbildung", "training"), "Fortbildung"),
}  # fmt: skip

#: What says that anybody may see it: teaching and information programs need no rating (§ 14 JuSchG).
AGE_WORDS: Final = {
    "oa", "fskoa", "ohne", "ohnealtersbeschraenkung", "ohnealtersbegrenzung", "alle", "frei", "lehrprogramm",
    "infoprogramm", "lehrprogrammgemaess14juschg", "infoprogrammgemaess14juschg", "lehr", "info", "fsklehr",
}  # fmt: skip
