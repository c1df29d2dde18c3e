"""Who is a program."""

import pytest

from licenses.counter.robots import is_robot


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; YandexBot/3.0)",
        "curl/8.5.0",
        "python-requests/2.34",
        "Wget/1.21",
        "Java/17.0.1",
        "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "",
        "-",
    ],
)
def test_a_program_is_a_robot(agent):
    assert is_robot(agent)


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36",
        "Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile",
        "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
        "Mozilla/5.0 (Linux; Android 14; CUBOT P80) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36",
    ],
)
def test_a_browser_is_a_person(agent):
    assert not is_robot(agent)
