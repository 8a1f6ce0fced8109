"""Small numbers: which figures of a month are not shown, so that no child can be recognised.

`params/disclosure.yml` gives a threshold. A count from 1 to the threshold is withheld, and with it
as many other figures as it takes that nobody can work it out: from a total and its other parts, a
change and one of its months, a percentage and its denominator, a figure with and one without a
cohort, or the same quantity under another name.

    profile     what `params/disclosure.yml` says
    counts      every number that the month's appendices could show
    sameness    which of them are one quantity under two names
    relations   what a reader knows of them, and which quantities are too small to be known
    worlds      other numbers that would look the same to the reader
    decision    which counts are withheld: a function of store, profile and month only

**What is promised.** For each small quantity there are two other worlds that agree with everything
shown: one in which it is 1 and one in which it is the threshold. So the reader can't narrow it down
beyond what the marker says already, even if he knows each remainder that units leave of their
parent, and that a figure withheld is at least 1. Zero is shown, unless nothing else will do.

**What is not promised.** Packs of several months, or of before and after a revision, are not
weighed against each other, nor figures published elsewhere. The reader is taken to know of one
quantity under two names what the results themselves show. Commentary is free text: a check looks
through it. And a reader who knows all but one of the children counted knows the last one, whatever
is withheld.
"""
