"""What the invented centre lent, lends and will lend, in open days from today: data, no deeds.

People are named by what stands before the @ of their address, contacts by their name (places.toml).
"""

from typing import Final

#: Came back: handed over when, kept how long, by whom, what, how many units.
CAME_BACK: Final = [
    (-38, 5, "lehrkraft", "Bee-Bot Set", 2),
    (-37, 8, "demir", "Camcorder-Set", 3),
    (-36, 4, "hoffmann", "iPad-Koffer", 1),
    (-35, 10, "Monika Brehm", "Kamishibai-Set", 1),
    (-34, 3, "Carola Stein", "Beamer Full HD", 2),
    (-33, 8, "weber", "Calliope mini Klassensatz", 1),
    (-32, 5, "Timo Ritter", "Podcast-Koffer", 1),
    (-31, 6, "nowak", "Trickfilmbox", 2),
    (-30, 4, "schuster", "LEGO SPIKE Prime", 1),
    (-29, 5, "Horst Albers", "Mobile Lautsprecheranlage", 1),
    (-28, 9, "lehrkraft", "Ozobot Set", 1),
    (-27, 4, "franke", "VR-Koffer", 1),
    (-26, 6, "Beate Kern", "Tonie-Kiste Deutsch lernen", 2),
    (-25, 5, "demir", "LED-Lichtset", 2),
    (-24, 7, "hoffmann", "Medienkoffer Fake News", 1),
    (-23, 4, "weber", "Schneideplotter", 1),
    (-22, 8, "Sevda Aydin", "Kamishibai-Set", 2),
    (-21, 3, "nowak", "Dokumentenkamera", 2),
    (-20, 5, "koordination", "iPad-Koffer", 1),
    (-19, 6, "schuster", "3D-Drucker", 1),
    (-18, 4, "Carola Stein", "Laptop-Koffer", 1),
    (-17, 5, "lehrkraft", "Blue-Bot Set", 1),
    (-16, 6, "Timo Ritter", "Green-Screen-Set", 1),
    (-15, 5, "demir", "Systemkamera-Set", 3),
    (-14, 4, "hoffmann", "micro:bit Klassensatz", 1),
    (-13, 6, "Monika Brehm", "Bee-Bot Set", 1),
    (-12, 3, "Beate Kern", "Leinwand 2 × 2 m", 1),
    (-11, 5, "weber", "Makey Makey Set", 1),
    (-9, 4, "franke", "Audiorekorder", 4),
    (-8, 3, "nowak", "iPad-Koffer", 1),
]

#: Still out: handed over when, due when (before 0: late), with whom, what, how many.
IS_OUT: Final = [
    (-22, -13, "demir", "LEGO SPIKE Essential", 1),
    (-18, -9, "Horst Albers", "Beamer Full HD", 1),
    (-14, -4, "weber", "Ozobot Set", 1),
    (-11, -1, "Sevda Aydin", "Kamishibai-Set", 1),
    (-9, 0, "nowak", "Calliope mini Klassensatz", 1),
    (-8, 0, "Timo Ritter", "Camcorder-Set", 2),
    (-7, 1, "lehrkraft", "Bee-Bot Set", 1),
    (-6, 2, "hoffmann", "Podcast-Koffer", 1),
    (-6, 4, "Monika Brehm", "Tonie-Kiste Deutsch lernen", 1),
    (-5, 3, "franke", "Systemkamera-Set", 2),
    (-4, 6, "schuster", "Lötkoffer", 1),
    (-4, 5, "Carola Stein", "Beamer Full HD", 2),
    (-3, 2, "koordination", "iPad-Koffer", 1),
    (-2, 8, "Beate Kern", "Trickfilmbox", 1),
    (-1, 7, "demir", "Stativ", 3),
]

#: To come: from and until, for whom, what, how many, by which way it was booked.
IS_TO_COME: Final = [
    (0, 5, "lehrkraft", "Blue-Bot Set", 1, "web"),
    (0, 4, "Monika Brehm", "Medienkoffer Datenschutz", 1, "phone"),
    (0, 8, "franke", "micro:bit Klassensatz", 2, "web"),
    (1, 6, "hoffmann", "Green-Screen-Set", 1, "web"),
    (1, 3, "Carola Stein", "Laptop-Koffer", 1, "mail"),
    (2, 7, "weber", "Calliope mini Klassensatz", 2, "web"),
    (3, 6, "nowak", "Bee-Bot Set", 3, "web"),
    (4, 8, "lehrkraft", "iPad-Koffer", 1, "web"),
    (5, 9, "Timo Ritter", "Mobile Lautsprecheranlage", 1, "phone"),
    (6, 10, "schuster", "3D-Drucker", 2, "web"),
    (7, 11, "koordination", "Trickfilmbox", 3, "web"),
    (8, 12, "Beate Kern", "Kamishibai-Set", 2, "desk"),
    (9, 13, "demir", "Camcorder-Set", 4, "web"),
    (12, 16, "hoffmann", "LEGO SPIKE Prime", 1, "web"),
    (15, 19, "Sevda Aydin", "Bee-Bot Set", 2, "phone"),
    (18, 21, "franke", "Laptop-Koffer", 2, "web"),
]

#: Rooms by the hour: day, from, until, for whom, which.
ROOMS: Final = [
    (1, 9, 11, "lehrkraft", "Medienstudio"),
    (2, 10, 13, "Carola Stein", "Makerspace"),
    (5, 9, 12, "franke", "Medienstudio"),
    (6, 8, 10, "weber", "Makerspace"),
]
