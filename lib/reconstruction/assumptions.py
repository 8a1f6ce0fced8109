"""What the paper does not say and the reconstruction assumes: shapes, sizes and orders.

Nothing here overrides a printed figure: these tables only choose among the histories that
satisfy every printed one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SEED = "kent-2016-08"

# Monthly workload relative to the average month, January to December.
SEASONS = {
    "referrals": (1.00, 0.98, 1.09, 0.95, 1.02, 1.08, 1.06, 0.89, 0.96, 1.03, 1.06, 0.88),
    "reviews": (1.02, 1.00, 1.06, 0.97, 1.01, 1.04, 1.05, 0.91, 0.99, 1.03, 1.03, 0.89),
    "missing": (0.95, 0.93, 1.02, 1.00, 1.06, 1.08, 1.06, 0.96, 1.00, 1.02, 0.98, 0.94),
    "even": (1.0,) * 12,
}

# Unaccompanied children becoming looked after, September 2014 to August 2016: a surge in the
# summer and autumn of 2015. Only the shape is used.
ARRIVALS = [46, 44, 40, 32, 26, 25, 30, 36, 44, 68, 124, 92]
ARRIVALS += [96, 99, 70, 44, 33, 30, 33, 36, 38, 33, 32, 36]

# Share of the unaccompanied children looked after who leave care in a month.
UASC_LEAVING_RATE = 0.05


@dataclass(frozen=True)
class Shape:
    """How the monthly figures of an indicator are assumed to behave.

    A pair is for the children other than UASC, then UASC.

    `before`  last year's twelve-month total, or level, relative to this year's
    `season`  a key of SEASONS
    `noise`   standard deviation of a month's volume, as a share
    `like`    another series whose shape the denominator follows
    `same`    another series that is the denominator
    `pins`    month index to the month's denominators
    `wander`  scatter of the monthly rate, relative to pure chance
    `rates`   month index to the baseline rate, where the printed figures need a steer
    """

    before: tuple[float, float] = (1.0, 1.0)
    season: str = "even"
    noise: float = 0.03
    like: str = ""
    same: str = ""
    pins: dict[int, tuple[int, ...]] = field(default_factory=dict)
    wander: float = 1.0
    rates: dict[int, float] = field(default_factory=dict)


STEP_25 = {0: 0.21, 8: 0.27, 9: 0.36, 10: 0.24, 11: 0.32, 15: 0.37, 20: 0.42, 21: 0.62}

DAYS_30 = {0: 200.0, 9: 205.0, 11: 300.0, 12: 220.0, 16: 165.0, 22: 100.0}

SHAPES = {
    "1": Shape(before=(1.04, 1), season="referrals"),
    "2": Shape(before=(0.97, 0.85), season="referrals"),
    "3": Shape(),
    "4": Shape(like="2.denom", noise=0.01),
    "5": Shape(before=(1.05, 1), noise=0.012, rates={19: 0.888}),
    "6": Shape(before=(1.04, 1), noise=0.014),
    "7": Shape(),
    "8": Shape(before=(0.94, 1), noise=0.03),
    "9": Shape(season="missing", noise=0.05, rates={8: 0.50, 16: 0.66, 23: 0.74}),
    "10": Shape(same="cp-plans"),
    "11": Shape(like="cp-plans", noise=0.02, wander=2.0),
    "12": Shape(like="cp-plans", noise=0.012, rates={0: 0.992, 5: 0.995, 16: 0.996}),
    "13": Shape(before=(1.01, 1), season="referrals", noise=0.07),
    "14": Shape(before=(0.93, 1), season="reviews", noise=0.08),
    "15": Shape(before=(0.96, 1), season="referrals", noise=0.05),
    "16": Shape(like="13.denom", noise=0.02),
    "17": Shape(same="lac", wander=0.7),
    "18": Shape(like="lac", noise=0.008, wander=0.7),
    "19": Shape(like="lac-rest", noise=0.005, wander=0.7),
    "20": Shape(like="lac-rest", noise=0.004, wander=0.7),
    "21": Shape(like="lac", season="reviews", noise=0.035),
    "22": Shape(like="lac", noise=0.003),
    "23": Shape(like="lac", noise=0.006),
    "24": Shape(same="23.denom"),
    "25": Shape(
        before=(1.06, 1),
        season="referrals",
        noise=0.06,
        pins={23: (46, 36)},
        rates=STEP_25 | {22: 0.93, 23: 0.95},
    ),
    "26": Shape(like="lac", noise=0.006, wander=0.6, rates={19: 0.702}),
    "27": Shape(like="lac", noise=0.008, wander=0.7),
    "28": Shape(before=(1.45, 1), noise=0.12),
    "29": Shape(same="31.num", rates={5: 530.0, 11: 620.0, 13: 460.0, 17: 390.0, 22: 290.0}),
    "30": Shape(before=(1.5, 1), noise=0.12, pins={11: (11,), 23: (5,)}, rates=DAYS_30),
    "31": Shape(
        before=(0.95, 1),
        season="reviews",
        noise=0.06,
        pins={11: (60,), 23: (44,)},
        wander=0.4,
        rates={0: 0.23, 9: 0.20, 11: 0.155, 17: 0.138, 20: 0.115, 23: 0.102},
    ),
    "32": Shape(before=(0.94, 0.80), noise=0.05),
    "33": Shape(like="32.num", noise=0.012),
    "34": Shape(same="33.denom"),
    "35": Shape(before=(0.98, 0.97), noise=0.006),
    "36": Shape(season="reviews", noise=0.03, wander=0.6, pins={21: (53,), 22: (51,)}),
    "37": Shape(same="36.num"),
    "38": Shape(same="36.num", wander=1.4),
    "39": Shape(like="13.denom", noise=0.03),
    "40": Shape(like="lac", season="reviews", noise=0.03),
    "41": Shape(before=(0.985, 1), noise=0.004),
    "42": Shape(same="41.denom"),
    "43": Shape(before=(0.97, 1), noise=0.008, pins={22: (1115,)}),
    "44": Shape(before=(0.98, 1), noise=0.008),
    "45": Shape(before=(1.02, 1), noise=0.008),
}

# Each denominator needs the series it follows; the stocks are derived on the way.
ORDER = [
    *("1", "2", "3", "4", "5", "6", "7", "8", "9", "13", "14", "cp-plans"),
    *("10", "11", "12", "15", "16", "31", "29", "25", "lac"),
    *("17", "18", "19", "20", "21", "22", "23", "24", "26", "27", "28", "30"),
    *("32", "33", "34", "35", "36", "37", "38", "39", "40", "41", "42", "43", "44", "45"),
]

# First month with a comparable result, as an index into the months.
FIRST_MONTH = {"8": 19, "9": 8, "35": 19}

# The paper for April 2016 prints how many of its 44 indicators are Green (21), Amber (21) and Red
# (2), and not which. These three come to those totals and are nearest to them: otherwise 5 would
# be Green, and 26 and 32 Red.
APRIL_RATINGS = {"5": "A", "26": "A", "32": "A"}

# Tenths of a post: scale of the numerator and of the denominator.
SCALES = {"41": (10, 10), "42": (10, 10), "43": (1, 10), "44": (1, 10), "45": (1, 10)}

# Monthly denominators that are another of the paper's figures in August 2016.
DENOMINATOR_IS = {"1": "referrals", "2": "assessments", "13": "cp-starts", "14": "cp-ends"}

# Numerators that are the caseload of the teams with this word in their name.
CASELOAD_OF_TEAMS = {"43": "CIC", "44": "CSWT"}

# Apportionment ------------------------------------------------------------------------------

AREAS = ("north-kent", "east-kent", "south-kent", "west-kent")
DISABILITY, UASC_SERVICE = "disability-service", "suasc-service"
ADOPTION, CARE_LEAVERS = "adoption-sg", "care-leaver-service-18"
SERVICES = (DISABILITY, UASC_SERVICE, ADOPTION, CARE_LEAVERS)


@dataclass(frozen=True)
class Route:
    """How a county figure is divided: by a printed activity measure, and to which services.

    `basis`     what the areas' shares are taken from (see `apportion.basis_weights`)
    `services`  services with a share: None means by the same basis, a number fixes the share
    """

    basis: str
    services: dict[str, float | None] = field(default_factory=dict)


PLANS = Route("cp-plans", {DISABILITY: None})
CARE = Route("lac-rest", {CARE_LEAVERS: 0.38, UASC_SERVICE: 0.14, DISABILITY: 0.03})
ADOPTED = Route("lac-rest", {ADOPTION: 0.18})
OWN_CHILDREN = Route("lac-rest", {DISABILITY: None, ADOPTION: None})
AUDITS = Route("caseloads", {DISABILITY: None, UASC_SERVICE: None, CARE_LEAVERS: None})
POSTS = Route(
    "caseloads", {DISABILITY: None, UASC_SERVICE: None, ADOPTION: None, CARE_LEAVERS: None}
)

ROUTES = {
    "1": Route("referrals", {DISABILITY: None, UASC_SERVICE: None, ADOPTION: None}),
    "2": Route("assessments", {DISABILITY: None, UASC_SERVICE: None}),
    "3": Route("assessments", {DISABILITY: None}),
    "4": Route("assessments", {DISABILITY: None, UASC_SERVICE: None}),
    "5": Route("in-need", {DISABILITY: None}),
    "6": Route("in-need", {DISABILITY: None}),
    "7": Route("in-need", {DISABILITY: None}),
    "8": Route("pf-cases of teams"),
    "9": Route("caseloads", {DISABILITY: 0.03, UASC_SERVICE: 0.12}),
    **dict.fromkeys(("10", "11", "12", "13", "14", "15", "16", "39"), PLANS),
    **dict.fromkeys(("19", "20"), OWN_CHILDREN),
    **dict.fromkeys(("28", "30"), ADOPTED),
    "31": Route("lac-rest", {DISABILITY: 0.05, ADOPTION: 0.05}),
    "29": Route("lac-rest", {DISABILITY: 0.05, ADOPTION: 0.05}),
    **dict.fromkeys(("32", "33", "34", "35"), CARE),
    **dict.fromkeys(("36", "37", "38"), AUDITS),
    "40": Route("lac", {DISABILITY: None, UASC_SERVICE: None}),
    **dict.fromkeys(("41", "42"), POSTS),
    "43": Route("caseloads of CIC"),
    "44": Route("caseloads of CSWT"),
    "45": Route("lac-rest"),
}

# The nine indicators published for the areas: services that hold the remainder, other than UASC.
PUBLISHED_FOR_AREAS = {
    "17": (DISABILITY, ADOPTION),
    "18": (DISABILITY,),
    "21": (DISABILITY, ADOPTION),
    "22": (DISABILITY, ADOPTION),
    "23": (DISABILITY, ADOPTION),
    "24": (DISABILITY, ADOPTION),
    "25": (DISABILITY,),
    "26": (DISABILITY,),
    "27": (DISABILITY,),
}

# Denominators that are printed unit by unit: the activity measure, and in which months.
UNIT_DENOMINATORS = {
    "2": ("assessments", ("2016-08",)),
    "10": ("cp-plans", ("2016-07", "2016-08")),
    "13": ("cp-starts", ("2016-08",)),
    "14": ("cp-ends", ("2016-08",)),
}

# Scatter of an area's lasting difference from the county: log odds, or a share of a ratio.
AREA_EFFECT = 0.22
AREA_RATIO_EFFECT = 0.05
AREA_DAYS_EFFECT = 0.14
