"""What else the COUNTER API answers: ``/r51/status``, ``/r51/members`` and ``/r51/reports``, as plain objects."""

from licenses.counter import months
from licenses.counter.asking import Available
from licenses.counter.identifiers import organization
from licenses.counter.kinds import KINDS
from licenses.counter.reports import RELEASE, Customer

Json = dict[str, object]


def status(*, description: str, is_active: bool = True) -> list[Json]:
    """Whether reports can be had now. Who is not in the registry names no record."""
    return [{"Description": description, "Service_Active": is_active}]


def members(customers: list[tuple[str, Customer]]) -> list[Json]:
    """The customers (with their ``customer_id``) whose use a requestor may ask for."""
    return [
        {
            "Institution_Name": customer.name,
            "Institution_ID": organization(customer.ids, is_institution=True),
            "Customer_ID": customer_id,
        }
        for customer_id, customer in customers
    ]


def reports(available: Available) -> list[Json]:
    """The reports there are, and the months they can tell."""
    return [
        {
            "Report_Name": kind.name,
            "Report_ID": kind.code,
            "Release": RELEASE,
            "Report_Description": kind.description,
            "Path": f"/r51/reports/{kind.code.lower()}",
            "First_Month_Available": months.key(available.first),
            "Last_Month_Available": months.key(available.last),
        }
        for kind in KINDS.values()
    ]
