"""A new company of average size tells its whole profile with at most 40 inputs changed.

Every change of a field, tick, choice and "we have none" goes through ``Hand``, which
counts it; buttons that only save or go on are counted apart. In Dutch everything is saved
by itself, in English without JavaScript by the Save button.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.harness import describe, open_context, watch
from tests.browser.site import Site
from tests.journeys.test_from_sign_up_to_dashboard import (
    FREE_NUMBERS,
    Traveller,
    sign_up_company,
    sign_up_person,
)

pytestmark = pytest.mark.browser

MOST_INPUTS = 40
TRAVELLERS = (
    Traveller("ria@voorbeeld.test", "nl", javascript=True, position=0),
    Traveller("tom@voorbeeld.test", "en", javascript=False, position=1),
)
# Three activities with their share of turnover: packing, metal and wood.
ACTIVITIES = ((7, "50"), (3, "30"), (2, "20"))
# 200 target-group workers: heads and FTE of the combinations that there are.
WORKFORCE = (
    ("arbeidshandicap", "hoog", "60", "48"),
    ("arbeidshandicap", "midden", "70", "58"),
    ("psychosociaal", "midden", "40", "34"),
    ("psychosociaal", "laag", "30", "26"),
)
CUSTOMERS = (
    ("Koekjesbakker", "10", "30"),
    ("Deurenmaker", "16", "20"),
    ("Machinebouwer", "28", "15"),
    ("Groothandel", "46", "10"),
)
OFFERS = (("enclave", "12"), ("fvdt", "20"))


@dataclass
class Hand:
    """The hand of the manager: the only way in which this journey changes anything."""

    page: Page
    javascript: bool
    inputs: int = 0
    saves: int = 0

    def fill(self, name: str, value: str) -> None:
        """Type in a field."""
        self.page.fill(f"[name='{name}']", value)
        self.inputs += 1

    def check(self, name: str) -> None:
        """Tick a box."""
        self.page.check(f"[name='{name}']")
        self.inputs += 1

    def choose(self, name: str, value: str) -> None:
        """Choose from a list."""
        self.page.select_option(f"[name='{name}']", value)
        self.inputs += 1

    def tick_first(self, name: str) -> None:
        """Tick the first of a list of boxes."""
        self.page.locator(f"input[name='{name}']").first.check()
        self.inputs += 1

    def say_none(self) -> None:
        """Answer that the company has none of this."""
        self.page.locator("main form[action*='/confirm/'] button").click()
        self.inputs += 1

    def save(self) -> None:
        """Wait until it saved itself; without JavaScript press Save."""
        if self.javascript:
            # The state is "saved" only when the answer is about the last change.
            expect(self.page.locator("[data-portal-autosave-status]")).to_have_attribute(
                "data-state", "saved"
            )
        else:
            self.page.locator("form:has([name=state_token]) button[type=submit]").first.click()
            self.saves += 1


def tell_activities(hand: Hand) -> None:
    for position, share in ACTIVITIES:
        hand.check(f"activity-{position}-is_done")
        details = hand.page.locator(
            "details", has=hand.page.locator(f"[name=activity-{position}-turnover_share]")
        )
        if details.get_attribute("open") is None:
            details.locator("summary").first.click()  # opens, changes nothing
        hand.fill(f"activity-{position}-turnover_share", share)
    hand.save()


def tell_workforce(hand: Hand) -> None:
    for group, level, heads, fte in WORKFORCE:
        hand.fill(f"heads_{group}_{level}", heads)
        hand.fill(f"fte_{group}_{level}", fte)
    hand.fill("guides_fte", "18")
    hand.fill("supervision_fte", "9,5")
    hand.save()


def tell_customers(hand: Hand) -> None:
    for row, (name, sector, share) in enumerate(CUSTOMERS):
        if not hand.page.locator(f"[name=customer-{row}-name]").count():
            hand.save()
            hand.page.reload()
        hand.fill(f"customer-{row}-name", name)
        hand.choose(f"customer-{row}-nace_division", sector)
        hand.fill(f"customer-{row}-turnover_share", share)
    hand.save()


def tell_offers(hand: Hand) -> None:
    for opportunity, amount in OFFERS:
        hand.fill(f"amount_{opportunity}", amount)
    hand.save()


def tell_competences(hand: Hand) -> None:
    hand.tick_first("certificates")
    hand.tick_first("skills")
    hand.save()


TELL = {
    "activities": tell_activities,
    "workforce": tell_workforce,
    "customers": tell_customers,
    "offers": tell_offers,
    "competences": tell_competences,
}


def parts_to_do(page: Page, profile: str) -> list[str]:
    """The parts that the company's page calls missing, by their address."""
    page.goto(profile)
    missing = page.locator("#profile-heading ~ ul > li", has=page.locator(".status-warning"))
    links = [item.locator("a").first.get_attribute("href") for item in missing.all()]
    return [str(link).rstrip("/").rsplit("/", 1)[-1] for link in links]


@pytest.mark.parametrize("who", TRAVELLERS, ids=lambda who: who.language)
def test_profile_complete_within_forty_inputs(browser: Browser, site: Site, who: Traveller) -> None:
    numbers = site.manage("shell", "--verbosity", "0", "-c", FREE_NUMBERS).split()
    context = open_context(browser, language=who.language, javascript=who.javascript)
    faults = watch(context)
    page = context.new_page()
    sign_up_person(page, site, who)
    company = sign_up_company(page, site, numbers[who.position])
    profile = f"{site.url}/companies/{company}/"

    hand = Hand(page, who.javascript)
    todo = parts_to_do(page, profile)
    assert todo, "a new company has something to tell"
    for part in todo:
        page.goto(f"{profile}{part}/")
        # A part without a story here is one that this company has nothing of.
        TELL.get(part, Hand.say_none)(hand)

    assert parts_to_do(page, profile) == []
    expect(page.locator("#profile-complete")).to_be_visible()
    assert hand.inputs <= MOST_INPUTS, f"{hand.inputs} inputs"
    assert hand.inputs >= 2 * len(ACTIVITIES) + 2 * len(WORKFORCE) + 3 * len(CUSTOMERS)
    page.goto(f"{profile}workforce/")
    expect(page.locator("[name=heads_arbeidshandicap_hoog]")).to_have_value("60")
    assert not faults.csp, describe(faults)
    assert not faults.errors, describe(faults)
    context.close()
