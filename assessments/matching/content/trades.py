"""Trades by their codes in NACE 2025 and NACE 2008, so that a trap is met once.

The same digits can mean another trade: 2562 was machining and is now locks and
hinges, 2561 was coating and is now cutlery, 3832 was recovery of sorted materials and
is now landfill. Each trade therefore names its codes per version; policies name trades.
Source: comparison of both code lists (reference facts, section 5.3).
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.common.vocabulary import NaceVersion


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade with its code prefixes in each version."""

    nace_2025: tuple[str, ...]
    nace_2008: tuple[str, ...]

    def prefixes(self, version: NaceVersion) -> tuple[str, ...]:
        """Code prefixes in a version; none for the version of 2003."""
        return {
            NaceVersion.NACE_2025: self.nace_2025,
            NaceVersion.NACE_2008: self.nace_2008,
        }.get(version, ())


def same(*prefixes: str) -> Trade:
    """A trade whose codes did not change."""
    return Trade(prefixes, prefixes)


TRADES: dict[str, Trade] = {
    # Agriculture and green work
    "crops": same("011", "012"),
    "vegetables": same("0113"),
    "pome fruit": same("0124"),
    "agricultural services": same("016"),
    "landscaping": same("8130"),
    # Food
    "food": same("10"),
    "fruit and vegetable processing": same("103"),
    "bakery": same("107"),
    "chocolate and sweets": same("1082"),
    "coffee, tea and spices": same("1083", "1084"),
    "ready meals": same("1085"),
    "other food": same("1089"),
    "drinks": same("11"),
    # Textile
    "textile": same("13"),
    "clothing": same("14"),
    "leather": same("15"),
    "laundry": Trade(("9610",), ("9601",)),
    # Metal and machines
    "basic metals": same("24"),
    "metal products": same("25"),
    "metal structures": same("251"),
    "machining": Trade(("2553",), ("2562",)),
    "coating of metal": Trade(("2551",), ("2561",)),
    "other metal products": same("259"),
    "electronics": same("26"),
    "electrical equipment": same("27"),
    "machines": same("28"),
    "vehicles": same("29"),
    "other transport equipment": same("30"),
    "repair and installation": same("33"),
    # Wood and furniture
    "wood products": same("16"),
    "pallets and wooden packaging": same("1624"),
    "furniture": same("31"),
    # Paper, printing, publishing
    "paper and board": same("17"),
    "printing": same("18"),
    "finishing of print": same("1813", "1814"),
    "book publishing": same("5811"),
    "office support and mailing": Trade(("8210",), ("8219",)),
    # Other industry
    "chemicals": same("20"),
    "cosmetics and cleaning products": same("204"),
    "pharmaceuticals": same("21"),
    "rubber and plastics": same("22"),
    "plastics": same("222"),
    "other industry": same("32"),
    "toys and games": same("324"),
    "medical instruments": same("325"),
    # Packaging, logistics, recovery, cleaning
    "packaging": same("8292"),
    "road freight": same("494"),
    "warehousing": same("521"),
    "cargo handling": same("5224"),
    "logistics services": Trade(("5225", "5226", "5231"), ("5229",)),
    "parcels": same("532"),
    "recovery of materials": Trade(("3821",), ("3832",)),
    "cleaning": same("812"),
    # Trade
    "wholesale of farm produce": same("462"),
    "wholesale of food": same("463"),
    "wholesale of consumer goods": same("464"),
    "wholesale of textiles and clothing": same("4641", "4642"),
    "wholesale of furniture": same("4647"),
    "wholesale of machines": same("466"),
    "wholesale of metal": Trade(("4682",), ("4672",)),
    "wholesale of wood and building materials": Trade(("4683",), ("4673",)),
    "wholesale of intermediates": Trade(("4686",), ("4676",)),
    "wholesale of scrap": Trade(("4687",), ("4677",)),
    "supermarkets": same("471"),
    "food shops": same("472"),
    "home and garden shops": same("475"),
    "book and toy shops": same("476"),
    "clothing and other shops": same("477"),
    # Technology and knowledge
    "software": same("62"),
    "engineering": same("7112"),
    "technical research": same("721"),
    # Social economy
    "sheltered work": same("8810", "8899"),
}
