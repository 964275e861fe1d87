"""Reference data of the register."""

from __future__ import annotations

import pytest

from companies.register.models import PostalPoint, WatchedNace
from companies.register.selectors import find_postal_point
from companies.register.services import load_reference


@pytest.mark.django_db
def test_reference_data_loads_once_and_again_the_same() -> None:
    load_reference()
    first = (PostalPoint.objects.count(), WatchedNace.objects.count())
    load_reference()
    assert first == (PostalPoint.objects.count(), WatchedNace.objects.count())
    assert first[0] == 1149
    point = find_postal_point(" 2070 ")
    assert point is not None
    assert (point.name, point.province) == ("Zwijndrecht", "oost-vlaanderen")
    assert find_postal_point("9999") is None


@pytest.mark.django_db
def test_a_code_that_the_administrator_took_off_the_list_stays_off() -> None:
    load_reference()
    WatchedNace.objects.filter(prefix="46").delete()
    load_reference()
    assert not WatchedNace.objects.filter(prefix="46").exists()
    assert WatchedNace.objects.exists()


@pytest.mark.django_db
def test_a_changed_point_follows_the_file_again() -> None:
    load_reference()
    PostalPoint.objects.filter(postcode="1000").update(name="?")
    load_reference()
    assert PostalPoint.objects.get(postcode="1000").name == "Brussel"
