"""What the letter that asks to delete copies can say."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from licenses.deleting.links import token_for
from licenses.models import MediumKind
from people.letters.blocks import Block
from people.letters.glossary import Facts, Glossary, Placeholder
from people.letters.saying import joined, link, listed, plain_day

FILMS: Final = frozenset({MediumKind.ONLINE_FILM, MediumKind.ONLINE_DVD, MediumKind.DVD, MediumKind.VHS})


def _titles(told: Sequence[Facts]) -> list[Facts]:
    return [title for facts in told for title in facts.get("titles") or ()]


def _more(told: Sequence[Facts]) -> int:
    return sum(facts.get("more") or 0 for facts in told)


def _only(told: Sequence[Facts]) -> Facts:
    """The title that the letter is about, where it is one and may not be shown any more; else nothing."""
    titles = _titles(told)
    is_one = len(titles) == 1 and not _more(told) and not titles[0].get("may_show")
    return titles[0] if is_one else {}


def _is_over(told: Sequence[Facts]) -> bool:
    told_on, ends_on = told[0].get("told_on"), _only(told).get("ends_on")
    return bool(told_on and ends_on and ends_on < told_on)


def _ends(told: Sequence[Facts]) -> str:
    return "" if _is_over(told) else _day(_only(told).get("ends_on"))


def _ended(told: Sequence[Facts]) -> str:
    return _day(_only(told).get("ends_on")) if _is_over(told) else ""


def _film(told: Sequence[Facts]) -> str:
    title = _only(told)
    if not title:
        return ""
    return _("den Film") if title.get("kind") in FILMS else _("das Medium")


def _list(told: Sequence[Facts]) -> list[Block]:
    return [] if _only(told) else listed(_lines(told))


def _lines(told: Sequence[Facts]) -> Iterator[str]:
    for title in _titles(told):
        sentence = _("„{title}“: {day}; zeigen dürfen Sie weiter") if title.get("may_show") else _("„{title}“: {day}")
        yield sentence.format(title=title.get("title", ""), day=_day(title.get("ends_on")))
    if more := _more(told):
        yield ngettext("und ein weiterer Titel", "und {n} weitere Titel", more).format(n=more)


def _short(told: Sequence[Facts]) -> str:
    return joined(title.get("title", "") for title in _titles(told))


def _done(told: Sequence[Facts]) -> list[Block]:
    """One for each month, as it is asked."""
    label, with_month = _("Gelöscht oder nie gespeichert"), _("Gelöscht oder nie gespeichert ({month})")
    links = (
        link(
            with_month.format(month=date_format(facts["month_on"], "F Y")) if len(told) > 1 else label,
            "deletion_reply",
            token_for(facts["id"]),
        )
        for facts in told
    )
    return [{**block, "is_key": True} for (block,) in links]


def _asked(told: Sequence[Facts]) -> str:
    return plain_day(told[0].get("asked_on"))


def _day(day: Any) -> str:
    return date_format(day, "j.n.Y") if isinstance(day, date) else ""


PLACEHOLDERS: Final = (
    Placeholder(
        "Titel",
        gettext_lazy("der eine Titel, der endet; leer, wenn es mehrere sind"),
        lambda told: _only(told).get("title", ""),
    ),
    Placeholder("Ende", gettext_lazy("der letzte Tag der Lizenz des einen Titels; leer, wenn er vorbei ist"), _ends),
    Placeholder("Ablauf", gettext_lazy("der letzte Tag der Lizenz des einen Titels, wenn er vorbei ist"), _ended),
    Placeholder("Film", gettext_lazy("„den Film“ oder „das Medium“; leer, wenn es mehrere Titel sind"), _film),
    Placeholder("Titelliste", gettext_lazy("bei mehreren Titeln eine Liste: was bis wann gilt"), _list, is_block=True),
    Placeholder("Titel in Kürze", gettext_lazy("alle Titel, durch Kommas getrennt"), _short),
    Placeholder(
        "Gelöscht",
        gettext_lazy("ein Link, mit dem man ohne Konto bestätigt, dass nichts mehr gespeichert ist"),
        _done,
        is_block=True,
        needs_mail=True,
    ),
    Placeholder("Gebeten", gettext_lazy("der Tag des ersten Briefes, in einer Erinnerung; sonst leer"), _asked),
)
DELETION_ASKED: Final = Glossary(
    once=PLACEHOLDERS,
    example={
        "titles": [{"title": "Der Wasserkreislauf", "kind": "online_film", "ends_on": "2027-01-31", "may_show": False}],
        "more": 0,
        "asked_on": None,
        "told_on": "2027-01-01",
        "month_on": "2027-01-01",
    },
)
