"""What a hand scanner meant. It is a keyboard: its own layout, the computer's layout and Caps Lock must agree.

Set to a US layout on a German computer it types ``z`` for ``y``, ``ß`` for ``-``, ``-`` for ``/`` and ``Ö`` for ``:``
(FACTS, QR labels). German Caps Lock is a shift lock: it turns ``7`` into ``/``. Dead keys (´, `, ^) are left out.
"""

from typing import Final

# The same keys on both, where they differ: unshifted, then shifted.
_US: Final = "-yz[]\\;'/" + '@#^&*()_{}|:"<>?YZ'
_GERMAN: Final = "ßzyü+#öä-" + "\"§&/()=?Ü*'ÖÄ;:_ZY"
_SHIFTED: Final = "!\"§$%&/()=?;:_*'"
_UNSHIFTED: Final = "1234567890ß,.-+#"

_US_MEANT: Final = str.maketrans(_GERMAN, _US)
_GERMAN_MEANT: Final = str.maketrans(_US, _GERMAN)
_NO_SHIFT_LOCK: Final = str.maketrans(_SHIFTED, _UNSHIFTED)

LONGEST: Final = 400  # of what was typed, the end counts


def readings(typed: str) -> list[str]:
    """What ``typed`` can mean, the likeliest first: as it stands, then by each mistake a scanner makes.

    Never empty, without control characters, surrounding blanks and repetitions. Case is left as it is: compare
    without it.
    """
    stands = "".join(sign for sign in typed[-LONGEST:] if sign.isprintable()).strip()
    unlocked = stands.translate(_NO_SHIFT_LOCK)
    return list(
        dict.fromkeys(
            reading
            for keys in (stands, unlocked)
            for reading in (keys, keys.translate(_US_MEANT), keys.translate(_GERMAN_MEANT))
        )
    )
