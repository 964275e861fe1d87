"""Where NACE 2025 gave a trade other digits, or the digits another trade.

Codes have five digits as in the register. Source: comparison of both code lists
(reference facts, section 5.3).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Trap:
    """``in_2008`` and each of ``in_2025`` are the same trade.

    ``other_in_2025`` and ``other_in_2008`` look like it in the other version, and are not.
    """

    in_2008: str
    in_2025: tuple[str, ...]
    other_in_2025: str = ""
    other_in_2008: str = ""


TRAPS: dict[str, Trap] = {
    # 25.62 is locks and hinges now; 25.53 did not exist.
    "machining of metal": Trap("25620", ("25530",), other_in_2025="25620"),
    # 25.61 is cutlery now; group 25.5 was forging.
    "coating of metal": Trap("25610", ("25510",), other_in_2025="25610", other_in_2008="25500"),
    # 38.32 is landfill now; 38.21 was disposal of waste that is not hazardous.
    "recovery of sorted materials": Trap(
        "38320", ("38210",), other_in_2025="38320", other_in_2008="38210"
    ),
    # 16.27 is new: finishing of wood; 16.28 were its other products.
    "other products of wood": Trap("16290", ("16280", "16270")),
    "direct mail and office support": Trap("82190", ("82100",)),
    "support of transport": Trap("52290", ("52250", "52260", "52310")),
    # 14.2 was fur and is other wearing apparel now.
    "outerwear": Trap("14130", ("14210",)),
    "fur and other apparel": Trap("14200", ("14240",)),
    "made-up textile, which became narrower": Trap("13920", ("13920",)),
    # Not in the list of the facts, but of the same kind.
    "laundry": Trap("96010", ("96100",)),
    "wholesale of metal": Trap("46720", ("46820",), other_in_2025="46720"),
}
UNCHANGED = ("01240", "10820", "18120", "81300", "82920", "88990")
