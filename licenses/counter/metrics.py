"""The words of the COUNTER Code of Practice 5.1 for what is counted, and of what kind it is (tables 3.p to 3.v)."""

from enum import StrEnum
from typing import Final


class Metric(StrEnum):
    """What a number counts. Release 5 and 5.1 use the same names."""

    SEARCHES_AUTOMATED = "Searches_Automated"
    SEARCHES_FEDERATED = "Searches_Federated"
    SEARCHES_PLATFORM = "Searches_Platform"
    SEARCHES_REGULAR = "Searches_Regular"
    TOTAL_ITEM_INVESTIGATIONS = "Total_Item_Investigations"
    TOTAL_ITEM_REQUESTS = "Total_Item_Requests"
    UNIQUE_ITEM_INVESTIGATIONS = "Unique_Item_Investigations"
    UNIQUE_ITEM_REQUESTS = "Unique_Item_Requests"
    UNIQUE_TITLE_INVESTIGATIONS = "Unique_Title_Investigations"
    UNIQUE_TITLE_REQUESTS = "Unique_Title_Requests"
    LIMIT_EXCEEDED = "Limit_Exceeded"
    NO_LICENSE = "No_License"


#: What a number never stands without: the schema refuses a Total or a Unique alone in PR, PR_P1 and IR_M1.
PARTNERS: Final = {
    Metric.TOTAL_ITEM_INVESTIGATIONS: (Metric.UNIQUE_ITEM_INVESTIGATIONS,),
    Metric.UNIQUE_ITEM_INVESTIGATIONS: (Metric.TOTAL_ITEM_INVESTIGATIONS,),
    Metric.UNIQUE_TITLE_INVESTIGATIONS: (Metric.TOTAL_ITEM_INVESTIGATIONS, Metric.UNIQUE_ITEM_INVESTIGATIONS),
    Metric.TOTAL_ITEM_REQUESTS: (Metric.UNIQUE_ITEM_REQUESTS,),
    Metric.UNIQUE_ITEM_REQUESTS: (Metric.TOTAL_ITEM_REQUESTS,),
    Metric.UNIQUE_TITLE_REQUESTS: (Metric.TOTAL_ITEM_REQUESTS, Metric.UNIQUE_ITEM_REQUESTS),
}

AUDIOVISUAL: Final = "Audiovisual"  # what a film is: an item of its own, never a title
PLATFORM: Final = "Platform"  # what searches of a whole platform belong to
UNSPECIFIED: Final = "Unspecified"

MULTIMEDIA_TYPES: Final = ("Audiovisual", "Image", "Interactive_Resource", "Multimedia", "Sound")
ITEM_TYPES: Final = (
    "Article", "Audiovisual", "Book_Segment", "Conference_Item", "Database_Full_Item", "Dataset", "Image",
    "Interactive_Resource", "Multimedia", "News_Item", "Other", "Patent", "Reference_Item", "Report", "Software",
    "Sound", "Standard", "Thesis_or_Dissertation", "Unspecified",
)  # fmt: skip
PLATFORM_TYPES: Final = (
    "Article", "Audiovisual", "Book", "Book_Segment", "Conference", "Conference_Item", "Database_Full_Item", "Dataset",
    "Image", "Interactive_Resource", "Journal", "Multimedia", "News_Item", "Newspaper_or_Newsletter", "Other",
    "Patent", "Platform", "Reference_Item", "Reference_Work", "Report", "Software", "Sound", "Standard",
    "Thesis_or_Dissertation", "Unspecified",
)  # fmt: skip

CONTROLLED: Final = "Controlled"
REGULAR: Final = "Regular"
ACCESS_TYPES: Final = (CONTROLLED, "Free_To_Read", "Open")
ACCESS_METHODS: Final = (REGULAR, "TDM")
UNKNOWN_YEAR: Final = "0001"
