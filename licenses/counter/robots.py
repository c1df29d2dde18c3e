"""Who is no person: section 7.8 of the Code of Practice leaves out robots, crawlers and whatever fetches by itself.

The standard points to a list that is kept elsewhere and changes. Its entries follow a few words by which robots name
themselves, and the names of programs that fetch addresses; these are here. Who hides behind a browser's name is not
found by any list.
"""

import re
from typing import Final

_ROBOT: Final = re.compile(
    r"""(?<!cu)bot(?:\b|[/_ -])|crawl|spider|slurp|scrap(?:e|y)|archive|fetch|harvest|monitor|validator|link.?check
    |preview|headless|phantomjs|lighthouse|feed|^\W*$|https?://
    |\b(?:curl|wget|java|ruby|perl|php|python|libwww|httpclient|okhttp|guzzle|axios|node|go-http|aiohttp|httpx|postman)
    (?:[/ _-]|$)""",
    re.IGNORECASE | re.VERBOSE,
)


def is_robot(user_agent: str) -> bool:
    """Whether a program introduces itself as no browser of a person; who says nothing is none, either."""
    return _ROBOT.search(user_agent) is not None
