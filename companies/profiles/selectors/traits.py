"""What the activities of a company say of its turnover as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from companies.profiles.domain.exposure import Exposure, exposure
from companies.profiles.enums import Seasonality, SeriesSize
from companies.profiles.models import Activity


@dataclass(frozen=True)
class WorkTraits:
    """How much of the turnover lies in work of each kind."""

    relocatable: Exposure
    short_series: Exposure
    seasonal: Exposure


def work_traits(activities: Iterable[Activity]) -> WorkTraits | None:
    """From what the company told of its activities; None without any."""
    rows = list(activities)
    if not rows:
        return None
    short = (SeriesSize.SINGLE, SeriesSize.SMALL)
    return WorkTraits(
        relocatable=exposure((row.turnover_share, row.relocatable) for row in rows),
        short_series=exposure(
            (row.turnover_share, row.series_size in short if row.series_size else None)
            for row in rows
        ),
        seasonal=exposure(
            (
                row.turnover_share,
                row.seasonality != Seasonality.STEADY if row.seasonality else None,
            )
            for row in rows
        ),
    )
