"""Codes that people and scanners can carry: tokens of 128 random bits, and short numbers with a check digit.

A token names a thing and grants nothing. Its letters leave out what a hand scanner on the wrong keyboard layout, or a
reader, takes for another: Y and Z, I and O, 0 and 1 (FACTS, QR labels).
"""

import re
import secrets

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWX23456789"
TOKEN_LENGTH = 27  # 30 symbols carry 4.9 bits each: 132 bits
TOKEN_AT_THE_END = re.compile(rf"[{ALPHABET}]{{{TOKEN_LENGTH}}}$")

# Damm's quasigroup of order 10: finds every single wrong digit and every swap of neighbours.
_DAMM = ("0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
         "3674209581", "5869720134", "8945362017", "9438617205", "2581436790")  # fmt: skip


def new_token() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(TOKEN_LENGTH))


def token_in(typed: str) -> str | None:
    """The token at the end of whatever a scanner typed, or None."""
    found = TOKEN_AT_THE_END.search(typed.strip().upper())
    return found.group() if found else None


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


def is_short_number(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) >= 6 and check_digit(typed) == "0"
