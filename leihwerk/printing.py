"""The printed page: typst templates filled with plain data, as PDFs that screen readers can read."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from leihwerk.embedded import fonts
from leihwerk.embedded.places import PROJECT


def pdf(template: Path, page: Mapping[str, Any]) -> bytes:
    """``template`` compiled with ``page``, which it reads as ``json(bytes(sys.inputs.page))``.

    PDF/UA-1 is demanded, so a template without title, language or texts for its pictures does not compile. Paths in
    a template begin at the project's folder.
    """
    made: bytes = typst.compile(
        template,
        root=PROJECT,
        font_paths=[fonts.directory()],
        ignore_system_fonts=True,
        sys_inputs={"page": json.dumps(page, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    return made
