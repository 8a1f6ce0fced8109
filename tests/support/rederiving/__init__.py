"""Every sentence of a published page, written again from the tables of the page.

Nothing here is taken from the code that makes sentences. A page is read as a person reads it: each
text outside tables must be a sentence that is known here, and is written anew from the cells of the
tables. A number, month, name or word (better, Red, rose, the same) that they don't give is a fault.
What no table of the page holds, last month's ratings and the months of a small trend, is read from
the pages of those months.
"""

from support.rederiving import (
    activity,
    added,
    effect,
    groups,
    indicators,
    notes,
    outlook,
    process,
    summaries,
    tables,
    trends,
    variation,
)  # fmt: skip
from support.rederiving.pages import Council, Page
from support.rederiving.texts import Claim, claims
from support.rederiving.writing import fault

__all__ = [
    "Claim", "Council", "Page", "activity", "added", "claims", "effect", "fault", "groups",
    "indicators", "notes", "outlook", "process", "summaries", "tables", "trends", "variation",
]  # fmt: skip
