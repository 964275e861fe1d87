"""Activity codes that make an establishment a possible partner, per opportunity.

The same digits can mean another trade in another version of NACE, so each list
stands per version: for example 2562 is machining of metal in NACE 2008 but locks and
hinges in NACE 2025, and 3832 changed from recovery of sorted materials to landfill.
A prefix of two digits stands for a whole division whose meaning is the same in both.

The cells of the study come first (agriculture, food, textile, metal, wood, printing,
packaging), then what each opportunity adds. This is the first version; the list is
kept in the database afterwards, where the administrator edits it.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.common.vocabulary import NaceVersion, Opportunity

# Divisions and classes with the same meaning in NACE 2008 and NACE 2025.
AGRICULTURE = ("011", "012", "016", "8130")
FOOD = ("10", "11")
TEXTILE = ("13", "14")
METAL = ("24", "25", "28")
WOOD = ("16", "31")
PRINTING = ("18", "5811")
PACKAGING = ("8292",)
CELLS = AGRICULTURE + FOOD + TEXTILE + METAL + WOOD + PRINTING + PACKAGING
OTHER_INDUSTRY = ("15", "17", "20", "21", "22", "26", "27", "29", "32")
LOGISTICS = ("494", "521", "5224", "532")
TRADE_IN_CONSUMER_GOODS = ("464",)
SHELTERED_WORK = ("8810", "8899")

SAME_IN_BOTH: dict[Opportunity, tuple[str, ...]] = {
    # Principals: they make, or have made abroad, what a maatwerk company can make.
    Opportunity.RESHORING: (
        *CELLS, *OTHER_INDUSTRY, "30", *TRADE_IN_CONSUMER_GOODS, "466",
    ),
    # Front-runners as mentors, and suppliers of technology.
    Opportunity.FVDT: ("22", "25", "26", "27", "28", "29", "33", "62", "7112", "721"),
    # Channels and co-developers: producers of the same goods, wholesale, retail.
    Opportunity.EIGEN_PRODUCTEN: (
        "10", "11", "13", "14", "15", "16", "18", "31", "32", "46", "47", "5811",
    ),
    # Other maatwerk companies, and suppliers and neighbours in the chain.
    Opportunity.SAMENWERKING: (
        *SHELTERED_WORK, *CELLS, "17", "20", "22", *LOGISTICS,
    ),
    # Hosts: a team can work in their core activity.
    Opportunity.ENCLAVE: (*CELLS, *OTHER_INDUSTRY, "33", *LOGISTICS, "812"),
}  # fmt: skip

# Logistics services, other support of transport, and intermediation for freight: one class
# in NACE 2008, three in NACE 2025. Who was in it may be in any of them now.
FORMERLY_5229 = ("5225", "5226", "5231")

ONLY_IN: dict[NaceVersion, dict[Opportunity, tuple[str, ...]]] = {
    NaceVersion.NACE_2025: {
        Opportunity.RESHORING: ("8210",),
        # 3821 recovery of materials; 4682, 4683, 4686 wholesale of metal, wood, intermediates.
        Opportunity.SAMENWERKING: (
            "3821",
            "4682",
            "4683",
            "4686",
            "4687",
            *FORMERLY_5229,
            "8210",
        ),
        # 8210 office support with direct mail; 9610 laundries.
        Opportunity.ENCLAVE: ("3821", *FORMERLY_5229, "8210", "9610"),
    },
    NaceVersion.NACE_2008: {
        Opportunity.RESHORING: ("8219",),
        Opportunity.SAMENWERKING: ("3832", "4672", "4673", "4676", "4677", "5229", "8219"),
        Opportunity.ENCLAVE: ("3832", "5229", "8219", "9601"),
    },
}


def watched() -> Iterator[tuple[NaceVersion, str, Opportunity]]:
    """Every (version, prefix, opportunity) of the first version of the list."""
    for version, own in ONLY_IN.items():
        for opportunity in Opportunity:
            for prefix in (*SAME_IN_BOTH[opportunity], *own.get(opportunity, ())):
                yield version, prefix, opportunity
