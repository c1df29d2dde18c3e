from people.letters import blocks

TEXT = """Guten Tag Anna Amsel,

Diese Zeilen gehören
zusammen.
\x03eins
\x03zwei

\x02Zum Katalog\x1fhttps://leihwerk.example/

\x01Noch etwas
Und das hier.
"""


def test_blank_lines_part_blocks_and_marks_make_them():
    assert blocks.read(TEXT) == [
        {"text": "Guten Tag Anna Amsel,"},
        {"text": "Diese Zeilen gehören zusammen."},
        {"list": ["eins", "zwei"]},
        {"label": "Zum Katalog", "url": "https://leihwerk.example/"},
        {"heading": "Noch etwas"},
        {"text": "Und das hier."},
    ]


def test_plain_text_shows_lists_links_and_headings():
    assert blocks.as_text(blocks.read(TEXT)).splitlines() == [
        "Guten Tag Anna Amsel,",
        "",
        "Diese Zeilen gehören zusammen.",
        "",
        "- eins",
        "- zwei",
        "",
        "Zum Katalog:",
        "https://leihwerk.example/",
        "",
        "Noch etwas",
        "----------",
        "",
        "Und das hier.",
    ]


def test_a_long_address_is_never_broken():
    url = "https://leihwerk.example/" + "x" * 200
    assert url in blocks.as_text([{"label": "Hier", "url": url}])


def test_what_people_typed_never_becomes_a_link_or_a_heading():
    typed = blocks.harmless("VR-Koffer\n\n\x02Gewinn\x1fhttps://böse.example\x01")
    assert blocks.read(typed) == [{"text": "VR-Koffer Gewinn https://böse.example"}]
