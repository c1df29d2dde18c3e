"""What can be done with a medium, and what the usual German licences say about it (FACTS, "Media and licences")."""

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """Each is permitted, prohibited, or not mentioned, which means no."""

    LEND = "lend", _("Exemplar verleihen")
    SHOW = "show", _("Zeigen im Unterricht")
    STREAM = "stream", _("Online ansehen")
    DOWNLOAD = "download", _("Herunterladen")
    INTRANET = "intranet", _("Im Schulnetz speichern")
    PUPIL_STREAM = "pupil_stream", _("Schüler sehen zu Hause online")
    PUPIL_DOWNLOAD = "pupil_download", _("Schüler laden zu Hause herunter")
    EDIT = "edit", _("Bearbeiten")
    RUN = "run", _("Programm oder Portal nutzen")


#: What pupils do by themselves, with a code and without an account.
BY_PUPILS: Final = frozenset({Action.PUPIL_STREAM.value, Action.PUPIL_DOWNLOAD.value})
#: What is put before pupils, so that the age rating counts (§ 14 JuSchG).
BEFORE_PUPILS: Final = BY_PUPILS | {Action.SHOW.value}
#: What leaves a copy that has to be deleted when the right ends.
LEAVES_A_COPY: Final = frozenset({Action.DOWNLOAD.value, Action.INTRANET.value, Action.PUPIL_DOWNLOAD.value})


class Preset(models.TextChoices):
    OE = "oe", _("Ö (nur zeigen)")
    VOE = "voe", _("V+Ö (verleihen und zeigen)")
    DISTRICT = "district", _("Kreislizenz")
    DISTRICT_ONLINE = "district_online", _("Kreis-Online-Lizenz")
    LAND = "land", _("Landeslizenz")
    SCHOOL = "school", _("Schullizenz")
    SINGLE = "single", _("Einzellizenz")
    SOFTWARE = "software", _("Software")
    OPEN = "open", _("freie Lizenz")


class Reach(models.TextChoices):
    """How far the scope of a preset usually goes; who enters the licence says where that is."""

    WORLD = "world", _("überall")
    LAND = "land", _("das ganze Land")
    DISTRICT = "district", _("der Kreis oder die Stadt")
    NAMED = "named", _("genannte Einrichtungen")


@dataclass(frozen=True)
class Usual:
    """What a preset fills in; ``ends_with_copy``: the right lasts as long as the disc does ("printlife")."""

    permitted: frozenset[Action]
    prohibited: frozenset[Action]
    reach: Reach
    ends_with_copy: bool = False


_ONLINE: Final = frozenset({Action.SHOW, Action.STREAM, Action.DOWNLOAD})
_COPIES: Final = frozenset({Action.DOWNLOAD, Action.INTRANET, Action.PUPIL_DOWNLOAD, Action.EDIT})

USUAL: Final[dict[Preset, Usual]] = {
    Preset.OE: Usual(frozenset({Action.SHOW}), _COPIES | {Action.LEND}, Reach.NAMED, ends_with_copy=True),
    Preset.VOE: Usual(frozenset({Action.SHOW, Action.LEND}), _COPIES, Reach.DISTRICT, ends_with_copy=True),
    Preset.DISTRICT: Usual(frozenset({Action.SHOW, Action.LEND}), frozenset({Action.EDIT}), Reach.DISTRICT),
    Preset.DISTRICT_ONLINE: Usual(_ONLINE, frozenset({Action.LEND, Action.EDIT}), Reach.DISTRICT),
    Preset.LAND: Usual(_ONLINE | {Action.PUPIL_STREAM}, frozenset({Action.EDIT}), Reach.LAND),
    Preset.SCHOOL: Usual(_ONLINE | {Action.INTRANET}, frozenset({Action.LEND, Action.EDIT}), Reach.NAMED),
    Preset.SINGLE: Usual(frozenset({Action.SHOW}), _COPIES | {Action.LEND}, Reach.NAMED),
    Preset.SOFTWARE: Usual(frozenset({Action.RUN}), frozenset({Action.LEND}), Reach.NAMED),
    Preset.OPEN: Usual(frozenset(Action), frozenset(), Reach.WORLD),
}
