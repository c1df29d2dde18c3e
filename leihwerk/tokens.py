"""Codes that people and scanners can carry: tokens of 128 random bits, and short numbers with a check digit.

A token names a thing and grants nothing. Its letters leave out what a hand scanner on the wrong keyboard layout, or a
reader, takes for another: Y and Z, I and O, 0 and 1 (FACTS, QR labels).
"""

import re
import secrets
from typing import Final

from leihwerk.keyboards import readings

ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWX23456789"
TOKEN_LENGTH: Final = 27  # 30 symbols carry 4.9 bits each: 132 bits
_TOKEN_AT_THE_END: Final = re.compile(rf"([{ALPHABET}]{{{TOKEN_LENGTH}}})[^A-Z0-9]*$")
_SHORT_NUMBER: Final = re.compile(r"[0-9][0-9 .\-]{4,10}[0-9]")
_SHORTEST: Final = 6

# Damm's quasigroup of order 10: finds every single wrong digit and every swap of neighbours.
_DAMM: Final = ("0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
                "3674209581", "5869720134", "8945362017", "9438617205", "2581436790")  # fmt: skip


def new_token() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(TOKEN_LENGTH))


def tokens_in(typed: str) -> set[str]:
    """The tokens that may stand at the end of whatever a scanner typed: an address, a bare token, with or without
    Caps Lock, on either keyboard layout."""
    found = (_TOKEN_AT_THE_END.search(reading.upper()) for reading in readings(typed))
    return {token.group(1) for token in found if token}


def check_digit(digits: str) -> str:
    """Damm's check digit of a string of decimal digits."""
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)


def with_check_digit(serial: int) -> str:
    """The short number on a label: at least five digits and the check digit."""
    digits = f"{serial:05d}"
    return digits + check_digit(digits)


def short_numbers_in(typed: str) -> set[str]:
    """What ``typed`` says if it is a short number, read right or wrong, as digits only ("000 124" is "000124")."""
    candidates = (_SHORT_NUMBER.fullmatch(reading) for reading in readings(typed))
    digits = (re.sub(r"\D", "", number.group()) for number in candidates if number)
    return {number for number in digits if len(number) >= _SHORTEST}


def is_right(number: str) -> bool:
    """True if the check digit of a short number, the last one, fits."""
    return check_digit(number) == "0"


def is_mistyped(typed: str) -> bool:
    """True if ``typed`` looks like a short number and every reading of it has a wrong check digit."""
    numbers = short_numbers_in(typed)
    return bool(numbers) and not any(map(is_right, numbers))


def spoken(number: str) -> str:
    """A short number as it is printed and read out: "000124" is "000 124"."""
    return f"{number[:-3]} {number[-3:]}"
