"""What rooms above have to say about entries of the register, without being imported.

The register shows what the business register says. Somebody who wants no proposals, or an
entry that continues as another one, is known further up: such rooms register a provider in
their ``AppConfig.ready()``, as they do for the navigation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from companies.register.models import Establishment


@dataclass(frozen=True)
class Remark:
    """Something to show beside an entry; ``continues_as`` is the number that replaces it."""

    text: Any
    continues_as: str = ""


Provider = Callable[[Sequence[Establishment]], Mapping[str, Sequence[Remark]]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Ask ``provider`` from now on; it answers remarks by establishment number."""
    _providers.append(provider)


def remarks_on(places: Sequence[Establishment]) -> dict[str, list[Remark]]:
    """All remarks by establishment number, for the places that have any."""
    found: dict[str, list[Remark]] = {}
    for provider in _providers if places else ():
        for number, remarks in provider(places).items():
            found.setdefault(number, []).extend(remarks)
    return found
