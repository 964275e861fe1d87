"""Affinities of the ten cells with trades, version 1, in percent (see ``policy_v1``)."""

from __future__ import annotations

from portal.common.vocabulary import Cell

Fits = dict[str, int]

# Hosts: the core activity of the partner is the work of the team.
ENCLAVE: dict[Cell, Fits] = {
    Cell.GRONDSTOFFEN_LANDBOUW: {
        "crops": 85,
        "vegetables": 90,
        "pome fruit": 95,
        "agricultural services": 80,
        "landscaping": 80,
        "fruit and vegetable processing": 60,
        "food": 20,
    },
    Cell.GRONDSTOFFEN_VOEDING: {
        "food": 60,
        "fruit and vegetable processing": 90,
        "ready meals": 80,
        "other food": 75,
        "drinks": 50,
        "crops": 45,
        "agricultural services": 50,
    },
    Cell.GRONDSTOFFEN_TEXTIEL: {
        "textile": 85,
        "clothing": 45,
        "leather": 40,
        "recovery of materials": 40,
        "laundry": 50,
    },
    Cell.MAAK_METAAL: {
        "metal products": 75,
        "machining": 80,
        "coating of metal": 70,
        "metal structures": 75,
        "other metal products": 85,
        "machines": 80,
        "basic metals": 45,
        "electrical equipment": 65,
        "electronics": 55,
        "vehicles": 65,
        "repair and installation": 50,
        "rubber and plastics": 30,
    },
    Cell.MAAK_HOUT: {
        "wood products": 85,
        "pallets and wooden packaging": 90,
        "furniture": 85,
        "paper and board": 20,
        "other industry": 30,
    },
    Cell.MAAK_TEXTIEL: {
        "clothing": 85,
        "textile": 80,
        "leather": 60,
        "furniture": 35,
        "laundry": 45,
    },
    Cell.MAAK_DRUKKERIJ: {
        "printing": 85,
        "finishing of print": 90,
        "book publishing": 50,
        "paper and board": 60,
        "office support and mailing": 70,
        "packaging": 35,
    },
    Cell.HANDLING_VERPAKKING: {
        "packaging": 95,
        "food": 70,
        "chocolate and sweets": 90,
        "coffee, tea and spices": 80,
        "bakery": 75,
        "drinks": 70,
        "cosmetics and cleaning products": 75,
        "chemicals": 40,
        "pharmaceuticals": 65,
        "plastics": 55,
        "rubber and plastics": 40,
        "other industry": 55,
        "toys and games": 70,
        "medical instruments": 60,
        "warehousing": 75,
        "cargo handling": 60,
        "logistics services": 65,
        "parcels": 60,
        "road freight": 25,
        "paper and board": 50,
        "printing": 45,
        "office support and mailing": 65,
        "recovery of materials": 35,
        "electronics": 45,
        "electrical equipment": 45,
    },
    Cell.HANDLING_VOEDING: {
        "food": 80,
        "chocolate and sweets": 95,
        "bakery": 85,
        "ready meals": 85,
        "fruit and vegetable processing": 80,
        "drinks": 70,
        "packaging": 70,
        "vegetables": 45,
        "pome fruit": 60,
        "warehousing": 40,
    },
    Cell.HANDLING_TEXTIEL: {
        "clothing": 80,
        "textile": 75,
        "laundry": 85,
        "leather": 50,
        "warehousing": 50,
        "logistics services": 45,
        "recovery of materials": 45,
    },
}

# Principals: they make, or have made abroad, what the company can make.
RESHORING: dict[Cell, Fits] = {
    Cell.GRONDSTOFFEN_LANDBOUW: {
        "crops": 40,
        "agricultural services": 40,
        "fruit and vegetable processing": 50,
        "food": 20,
    },
    Cell.GRONDSTOFFEN_VOEDING: {
        "food": 50,
        "fruit and vegetable processing": 65,
        "ready meals": 55,
        "drinks": 35,
    },
    Cell.GRONDSTOFFEN_TEXTIEL: {
        "textile": 80,
        "clothing": 65,
        "furniture": 40,
        "vehicles": 30,
        "wholesale of textiles and clothing": 65,
    },
    Cell.MAAK_METAAL: {
        "metal products": 75,
        "machining": 80,
        "coating of metal": 60,
        "other metal products": 85,
        "machines": 85,
        "electrical equipment": 80,
        "electronics": 75,
        "vehicles": 75,
        "other transport equipment": 75,
        "basic metals": 35,
        "wholesale of machines": 45,
        "medical instruments": 55,
        "furniture": 35,
    },
    Cell.MAAK_HOUT: {
        "furniture": 90,
        "wood products": 75,
        "pallets and wooden packaging": 70,
        "toys and games": 65,
        "wholesale of furniture": 60,
        "other industry": 40,
    },
    Cell.MAAK_TEXTIEL: {
        "clothing": 95,
        "textile": 85,
        "leather": 60,
        "wholesale of textiles and clothing": 75,
        "furniture": 40,
        "vehicles": 35,
        "medical instruments": 40,
    },
    Cell.MAAK_DRUKKERIJ: {
        "printing": 75,
        "finishing of print": 80,
        "book publishing": 70,
        "paper and board": 60,
        "office support and mailing": 40,
    },
    Cell.HANDLING_VERPAKKING: {
        "packaging": 65,
        "cosmetics and cleaning products": 60,
        "pharmaceuticals": 50,
        "plastics": 60,
        "rubber and plastics": 45,
        "electronics": 65,
        "electrical equipment": 65,
        "other industry": 55,
        "toys and games": 70,
        "medical instruments": 60,
        "chocolate and sweets": 45,
        "food": 30,
        "wholesale of consumer goods": 55,
    },
    Cell.HANDLING_VOEDING: {
        "food": 45,
        "chocolate and sweets": 55,
        "ready meals": 50,
        "packaging": 45,
    },
    Cell.HANDLING_TEXTIEL: {
        "clothing": 75,
        "textile": 65,
        "wholesale of textiles and clothing": 70,
        "leather": 45,
    },
}

# Channels and co-developers of the same product group.
EIGEN_PRODUCTEN: dict[Cell, Fits] = {
    Cell.GRONDSTOFFEN_LANDBOUW: {
        "wholesale of farm produce": 80,
        "wholesale of food": 75,
        "food shops": 85,
        "supermarkets": 60,
        "fruit and vegetable processing": 65,
        "food": 25,
        "home and garden shops": 35,
    },
    Cell.GRONDSTOFFEN_VOEDING: {
        "food": 55,
        "fruit and vegetable processing": 70,
        "ready meals": 65,
        "drinks": 50,
        "wholesale of food": 80,
        "food shops": 85,
        "supermarkets": 70,
    },
    Cell.GRONDSTOFFEN_TEXTIEL: {
        "textile": 70,
        "wholesale of textiles and clothing": 75,
        "home and garden shops": 50,
        "clothing and other shops": 40,
    },
    Cell.MAAK_METAAL: {
        "home and garden shops": 60,
        "wholesale of machines": 55,
        "wholesale of metal": 50,
        "wholesale of consumer goods": 45,
        "furniture": 45,
        "other industry": 35,
    },
    Cell.MAAK_HOUT: {
        "furniture": 75,
        "wood products": 65,
        "wholesale of furniture": 85,
        "home and garden shops": 80,
        "toys and games": 65,
        "book and toy shops": 45,
        "wholesale of wood and building materials": 50,
    },
    Cell.MAAK_TEXTIEL: {
        "clothing": 75,
        "textile": 70,
        "leather": 50,
        "wholesale of textiles and clothing": 85,
        "clothing and other shops": 80,
        "home and garden shops": 40,
    },
    Cell.MAAK_DRUKKERIJ: {
        "book publishing": 85,
        "printing": 70,
        "finishing of print": 70,
        "book and toy shops": 80,
        "wholesale of consumer goods": 35,
    },
    Cell.HANDLING_VERPAKKING: {
        "food": 35,
        "chocolate and sweets": 55,
        "wholesale of food": 50,
        "wholesale of consumer goods": 55,
        "food shops": 45,
        "toys and games": 40,
        "clothing and other shops": 25,
    },
    Cell.HANDLING_VOEDING: {
        "food": 50,
        "chocolate and sweets": 75,
        "bakery": 60,
        "drinks": 55,
        "wholesale of food": 75,
        "food shops": 85,
        "supermarkets": 65,
    },
    Cell.HANDLING_TEXTIEL: {
        "clothing": 60,
        "textile": 55,
        "wholesale of textiles and clothing": 70,
        "clothing and other shops": 70,
    },
}

# Front-runners as mentors, and suppliers of technology; mentors of the own trade first.
_TECHNOLOGY: Fits = {
    "software": 55, "engineering": 60, "technical research": 55, "machines": 60,
    "electronics": 60, "electrical equipment": 45, "repair and installation": 35,
}  # fmt: skip
FVDT: dict[Cell, Fits] = {
    cell: _TECHNOLOGY | own
    for cell, own in {
        Cell.GRONDSTOFFEN_LANDBOUW: {"machines": 50},
        Cell.GRONDSTOFFEN_VOEDING: {"machines": 65},
        Cell.GRONDSTOFFEN_TEXTIEL: {"machines": 65},
        Cell.MAAK_METAAL: {
            "metal products": 75, "machining": 85, "machines": 85, "vehicles": 75,
            "electrical equipment": 65, "rubber and plastics": 40,
        },
        Cell.MAAK_HOUT: {"machines": 70, "rubber and plastics": 35},
        Cell.MAAK_TEXTIEL: {"machines": 70, "rubber and plastics": 35},
        Cell.MAAK_DRUKKERIJ: {"machines": 70, "software": 60},
        Cell.HANDLING_VERPAKKING: {"machines": 75, "rubber and plastics": 40, "software": 60},
        Cell.HANDLING_VOEDING: {"machines": 75, "rubber and plastics": 35},
        Cell.HANDLING_TEXTIEL: {"machines": 65},
    }.items()
}  # fmt: skip

# Other maatwerk companies first, then neighbours and suppliers in the chain.
_EVERYBODY: Fits = {"sheltered work": 80}
SAMENWERKING: dict[Cell, Fits] = {
    cell: _EVERYBODY | own
    for cell, own in {
        Cell.GRONDSTOFFEN_LANDBOUW: {
            "crops": 65, "agricultural services": 70, "landscaping": 75, "packaging": 50,
            "fruit and vegetable processing": 65,
        },
        Cell.GRONDSTOFFEN_VOEDING: {
            "food": 50, "fruit and vegetable processing": 65, "crops": 55, "packaging": 60,
            "warehousing": 35,
            "drinks": 35,
        },
        Cell.GRONDSTOFFEN_TEXTIEL: {
            "textile": 65, "clothing": 55, "recovery of materials": 60, "wholesale of scrap": 35,
        },
        Cell.MAAK_METAAL: {
            "metal products": 65, "machining": 75, "coating of metal": 80, "machines": 55,
            "basic metals": 50, "wholesale of metal": 70, "rubber and plastics": 35,
        },
        Cell.MAAK_HOUT: {
            "wood products": 70, "furniture": 65, "paper and board": 30,
            "wholesale of wood and building materials": 70,
        },
        Cell.MAAK_TEXTIEL: {
            "textile": 75, "clothing": 65, "wholesale of intermediates": 45,
        },
        Cell.MAAK_DRUKKERIJ: {
            "printing": 70, "finishing of print": 80, "book publishing": 50,
            "paper and board": 65, "office support and mailing": 60,
        },
        Cell.HANDLING_VERPAKKING: {
            "packaging": 75, "paper and board": 55,
            "chemicals": 25, "plastics": 45, "rubber and plastics": 35,
            "warehousing": 65, "logistics services": 65, "road freight": 50, "parcels": 50,
            "cargo handling": 45, "office support and mailing": 50, "food": 25,
        },
        Cell.HANDLING_VOEDING: {
            "food": 55, "packaging": 65, "warehousing": 50, "road freight": 40,
            "paper and board": 35,
        },
        Cell.HANDLING_TEXTIEL: {
            "textile": 55, "clothing": 55, "recovery of materials": 55, "warehousing": 50,
            "wholesale of scrap": 40, "logistics services": 45,
        },
    }.items()
}  # fmt: skip
