"""How much a table may hold, so that no upload can exhaust the machine."""

from zipfile import ZipFile

from django.utils.translation import gettext as _

from leihwerk.tables.refusals import FileIsTooLarge

BYTES = 20 * 1024 * 1024
UNPACKED_BYTES = 150 * 1024 * 1024
ARCHIVE_MEMBERS = 2_000
LINES = 1_048_576  # what a spreadsheet can address
ROWS = 50_000
COLUMNS = 250
CELLS = 1_500_000
CELL_CHARACTERS = 32_767  # what a spreadsheet can hold in one cell
QUOTED_LINES = 60  # a longer quoted cell is a quote that was never closed


def number(value: int) -> str:
    """1234567 as Germans write it: 1.234.567."""
    return f"{value:,}".replace(",", ".")


def check_bytes(size: int) -> None:
    """Raise FileIsTooLarge when the file itself is too large."""
    if size > BYTES:
        raise FileIsTooLarge(
            found=_("{n} MB").format(n=size // 1024**2 + 1), allowed=_("{n} MB").format(n=BYTES // 1024**2)
        )


def check_archive(archive: ZipFile) -> None:
    """Raise FileIsTooLarge for an archive that would unpack to too much.

    The sizes are the archive's own words, but Python reads no member beyond the size it claims.
    """
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > ARCHIVE_MEMBERS or unpacked > UNPACKED_BYTES:
        raise FileIsTooLarge(
            found=_("{n} MB ausgepackt").format(n=number(unpacked // 1024**2)),
            allowed=_("{n} MB").format(n=UNPACKED_BYTES // 1024**2),
        )


class Budget:
    """Counts rows and cells while a file is read, and stops the reading in time."""

    def __init__(self) -> None:
        self.rows = self.cells = 0

    def spend(self, line: int, width: int) -> None:
        """Raise FileIsTooLarge when the row at ``line``, ``width`` cells wide, is one too many or too wide."""
        self.rows += width > 0
        self.cells += width
        if line > LINES or self.rows > ROWS or width > COLUMNS or self.cells > CELLS:
            self._refuse(line, width)

    def _refuse(self, line: int, width: int) -> None:
        measures = [(line, LINES, _("{n} Zeilen")), (self.rows, ROWS, _("{n} Zeilen"))]
        measures += [(width, COLUMNS, _("{n} Spalten")), (self.cells, CELLS, _("{n} Zellen"))]
        found, allowed, unit = max(measures, key=lambda measure: measure[0] / measure[1])
        found_at_least = _("mindestens {found}").format(found=unit.format(n=number(found)))
        raise FileIsTooLarge(found=found_at_least, allowed=unit.format(n=number(allowed)))
