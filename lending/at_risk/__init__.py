"""At risk (gefährdet, a word for staff only): what was promised and cannot be served as things stand, and what helps.

Derived from the plan, never stored; it heals by itself when units come back or are counted again.
"""

from lending.at_risk.helping import help_out, prepare_letter, swap
from lending.at_risk.looking import AtRisk, at_risk
from lending.at_risk.proposing import Proposal, proposals

__all__ = ["AtRisk", "Proposal", "at_risk", "help_out", "prepare_letter", "proposals", "swap"]
