"""Is everything that must always be true (DESIGN section 3) true on this database?"""

from office.doctor.examining import Complaint, examine

__all__ = ["Complaint", "examine"]
