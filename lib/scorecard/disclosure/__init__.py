"""Small numbers: which figures of a month are not shown, so that no child can be recognised.

`params/disclosure.yml` gives a threshold. A count from 1 to the threshold is withheld, and with it
as many other figures as are needed so that no reader can work it out: from a total and its other
parts, a change and one of its months, a percentage and its denominator, the whole and its cohorts,
or the same quantity under another name.

    profile     what `params/disclosure.yml` says
    counts      every number that the month's appendices could show
    linked_series  which of them are one quantity under two names
    relations   what a reader knows of them, and which quantities are too small to be known
    alternatives   other numbers that would look the same to the reader
    decision    which counts are withheld: decided by store, month, profile and flows only

`docs/decisions/small-numbers.md` says what is promised, and what is not.
"""
