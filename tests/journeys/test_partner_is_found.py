"""A REC company signs up, says that it seeks an enclave, is accepted, and a company finds it.

In Dutch with JavaScript; the other journeys go without it.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from assessments.dashboards.content.demo_people import DEMO_PASSWORD
from companies.register.domain.numbers import format_number
from tests.browser.harness import axe_violations, describe, log_in, open_context, watch
from tests.browser.site import Site
from tests.journeys.test_from_sign_up_to_dashboard import Traveller, sign_up_person, submit

pytestmark = pytest.mark.browser

WHO = Traveller("pim@voorbeeld.test", "nl", javascript=True, position=0)
FREE_PLACE = (
    "from companies.register.models import Establishment;"
    "from companies.profiles.models import Company;"
    "taken = Company.objects.values('enterprise_number');"
    "print(Establishment.objects.filter(is_active=True, enterprise__is_active=True,"
    " enterprise__is_natural_person=False, partner__isnull=True, province='oost-vlaanderen')"
    ".exclude(enterprise__in=taken).order_by('-number').values_list('number', flat=True)[0])"
)
SOUGHT = "Zes mensen om geschenkdozen te vullen."


def find_in_register(page: Page, site: Site, number: str) -> None:
    """A wrong digit is told at its place; the right number leads to what the register says."""
    page.goto(f"{site.url}/partners/sign-up/")
    wrong = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    page.fill("input[name=q]", wrong)
    page.locator("main form[role=search] button[type=submit]").click()
    expect(page.locator("input[name=q][aria-invalid=true]")).to_have_value(wrong)
    page.fill("input[name=q]", format_number(number))
    page.locator("main form[role=search] button[type=submit]").click()
    expect(page.locator("main")).to_contain_text(format_number(number))


def state_enclave_need(page: Page, partner: str) -> None:
    page.locator(f"main a[href='{partner}needs/add/enclave/']").click()
    page.fill("input[name=contact_phone]", "09 000 00 00")
    submit(page)
    # Neither what is sought nor whose number this is was said; what was typed stays.
    expect(page.locator("main [aria-invalid=true]")).to_have_count(2)
    expect(page.locator("input[name=contact_phone]")).to_have_value("09 000 00 00")
    page.fill("textarea[name=description]", SOUGHT)
    page.fill("input[name=amount]", "6")
    page.fill("input[name=contact_name]", "Pim Partner")
    submit(page)
    expect(page.locator("main")).to_contain_text(SOUGHT)


def agree_to_be_shown(page: Page, partner: str) -> None:
    page.locator(f"main a[href='{partner}consents/']").first.click()
    assert not axe_violations(page)
    page.locator(f"form[action='{partner}consents/show/give/'] button").click()
    expect(page.locator(f"form[action='{partner}consents/show/withdraw/']")).to_have_count(1)


def accept_as_adviser(browser: Browser, site: Site, partner: str) -> None:
    context = open_context(browser)
    page = context.new_page()
    log_in(page, site.url, "adviseur@demo.example", DEMO_PASSWORD)
    page.goto(f"{site.url}/partners/queue/")
    assert not axe_violations(page)
    asked = page.locator("main li.card", has=page.locator(f"a[href='{partner}']"))
    asked.locator("form[action$='/accept/'] button").click()
    expect(page.locator(f"main a[href='{partner}']")).to_have_count(0)
    context.close()


def test_a_partner_is_found(browser: Browser, site: Site) -> None:
    number = site.manage("shell", "--verbosity", "0", "-c", FREE_PLACE).strip()
    context = open_context(browser, language=WHO.language)
    faults = watch(context)
    page = context.new_page()
    sign_up_person(page, site, WHO)
    find_in_register(page, site, number)
    page.select_option("select[name=capacity]", "operations")
    page.check("input[name=terms]")
    submit(page)
    found = re.search(r"(/partners/\d+/)", page.url)
    assert found, page.inner_text("main")
    partner = found.group(1)
    state_enclave_need(page, partner)
    agree_to_be_shown(page, partner)

    company = open_context(browser)
    member = company.new_page()
    log_in(member, site.url, "eigenaar@demo.example", DEMO_PASSWORD)
    looked = member.goto(f"{site.url}{partner}")
    assert looked is not None
    assert looked.status == 404
    accept_as_adviser(browser, site, partner)
    member.goto(f"{site.url}/partners/?opportunity=enclave&province=oost-vlaanderen")
    member.locator(f"main a[href='{partner}']").click()
    expect(member.locator("main")).to_contain_text(SOUGHT)
    expect(member.locator("main")).not_to_contain_text("Pim Partner")
    assert not axe_violations(member)
    company.close()

    page.goto(f"{site.url}{partner}")
    assert not axe_violations(page)
    assert not faults.csp, describe(faults)
    assert not faults.errors, describe(faults)
    context.close()
