"""Long files begin early, whatever the number of their tests."""

from pathlib import Path

from tests.order import LONG, long_files_first

HERE = Path(__file__).parent


def test_long_files_come_before_those_with_many_tests():
    nodes = [
        *(f"tests/people/test_mails.py::test_mail[{number}]" for number in range(9)),
        "tests/people/test_roles.py::test_role",
        "tests/stories/test_passkey.py::test_passkey",
        "tests/lending/test_races.py::test_two_at_once",
        "tests/lending/test_races.py::test_three_at_once",
        "tests/accessibility/test_pages.py::test_every_page",
    ]

    assert long_files_first(nodes) == [
        "tests/accessibility/test_pages.py",
        "tests/lending/test_races.py",
        "tests/stories/test_passkey.py",
        "tests/people/test_mails.py",
        "tests/people/test_roles.py",
    ]


def test_every_kind_of_long_file_is_there():
    files = [path.relative_to(HERE.parent).as_posix() for path in HERE.rglob("test_*.py")]
    assert all(any(kind.search(file) for file in files) for kind in LONG)
