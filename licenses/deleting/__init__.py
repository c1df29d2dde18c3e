"""The second act of a licence that ends: copies are deleted, and each institution says so with one click.

What ends is planned (``ending``, pure), written down per institution and month (``asking``), told in one letter
(``telling``) and confirmed (``confirming``).
"""

from licenses.deleting.asking import Change, ask, batches, follow
from licenses.deleting.confirming import confirm
from licenses.deleting.telling import due, remind, tell

__all__ = ["Change", "ask", "batches", "confirm", "due", "follow", "remind", "tell"]
