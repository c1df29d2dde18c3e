from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

MAY_STAY_OPEN = {"option"}  # HTML lets its parent close it


def crossed(html: str) -> list[str]:
    """The tags of a page that close nothing, or something else than was opened last, or are never closed."""
    nesting = _Nesting()
    nesting.feed(html)
    nesting.close()
    return nesting.wrong + nesting.open


class _Nesting(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """As in a drawing."""

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1] in MAY_STAY_OPEN - {tag}:
            self.open.pop()
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)
