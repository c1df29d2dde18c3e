from people.letters import blocks

BODY = [
    {"text": "Guten Tag Anna Amsel,"},
    {"list": ["eins", "zwei"]},
    {"label": "Zum Katalog", "url": "https://leihwerk.example/"},
    {"heading": "Noch etwas"},
    {"text": "Und das hier."},
]


def test_plain_text_shows_lists_links_and_headings():
    assert blocks.as_text(BODY).splitlines() == [
        "Guten Tag Anna Amsel,",
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


def test_what_people_typed_is_one_line_of_words():
    assert blocks.harmless("VR-Koffer\r\n\n\x02Gewinn\x1f\u2028jetzt ") == "VR-Koffer Gewinn jetzt"
