"""import_schools on a terminal: shows first, writes when told, refuses in one sentence."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from people.models import Institution
from tests.people.test_schools_import import HEADER, ROWS, school


def command(path, *options: str) -> str:
    out = StringIO()
    call_command("import_schools", str(path), "--center", "musterstadt", *options, stdout=out)
    return out.getvalue()


def test_the_command_shows_first_and_writes_only_when_told(center, tmp_path):
    path = tmp_path / "schulen.csv"
    path.write_text("\n".join([HEADER, *ROWS, "?;02;X"]), encoding="cp1252")

    shown = command(path, "--report", str(tmp_path / "bericht.csv"))
    assert "4 neu, 0 geändert, 0 unverändert, 1 nicht übernommen" in shown
    assert "Probelauf" in shown
    assert "Zeile 6, Schulnummer" in shown
    assert "nicht übernommen;6;Schulnummer;?" in (tmp_path / "bericht.csv").read_text(encoding="utf-8-sig")
    assert not Institution.objects.exists()

    assert "Probelauf" not in command(path, "--apply", "--municipality", "05316000")
    assert Institution.objects.count() == 4


def test_the_command_takes_columns_by_hand_and_refuses_in_one_sentence(center, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text("Kennzeichen;Haus\n100010;Schule Eins\n", encoding="utf-8")

    with pytest.raises(CommandError, match="Bitte ordnen Sie sie zu"):
        command(path)
    command(path, "--column", "Schulnummer=Kennzeichen", "--column", "name_1=Haus", "--apply")

    assert school("100010").name == "Schule Eins"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--center", "nirgends"], "Bekannt sind: musterstadt"),
        (["--column", "Unsinn"], "keine Zuordnung"),
        (["--report", "bericht.pdf"], "xlsx oder .csv"),
    ],
)
def test_the_command_says_what_is_wrong_with_its_options(center, tmp_path, options, sentence):
    path = tmp_path / "liste.csv"
    path.write_text("\n".join([HEADER, *ROWS]), encoding="utf-8")

    with pytest.raises(CommandError, match=sentence):
        command(path, *options)


def test_a_file_that_is_not_there_is_said(center, tmp_path):
    with pytest.raises(CommandError, match="lässt sich nicht lesen"):
        command(tmp_path / "fehlt.csv")
