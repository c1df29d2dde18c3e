"""How an installation runs, for its operator and for monitoring: figures and moments, never what letters say."""

from office.operating.exposing import as_text
from office.operating.looking import Running, look

__all__ = ["Running", "as_text", "look"]
