"""Walking a site as one persona: every kind of page that its links lead to, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

ANONYMOUS = ""
# Addresses that are not pages: downloads, and what ends the walk.
FILES = (
    "mfa_download_recovery_codes",
    "profiles:document_download",
    "profiles:workbook_download",
    "readiness:workbook",
    "dashboards:report_file",
    "register:differences_csv",
)
LEAVE_OUT = ("account_logout", *FILES)
# Kinds of page that show something else at another address: a scan in progress or submitted.
SEVERAL = {"readiness:result": 2}


@dataclass(frozen=True)
class Visit:
    """One page: the name of its address, the address, and the answer's status."""

    name: str
    url: str
    status: int


def name_of(path: str) -> str | None:
    """Full name of the address, or None for static files and what is not ours."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


@dataclass
class Walk:
    """Breadth first from the home page; of each kind of page the first address is visited.

    Of the kinds in ``SEVERAL`` that many addresses are.
    """

    page: Page
    base_url: str
    accept: Callable[[str], bool] = lambda name: True
    starts: tuple[str, ...] = ("/",)
    seen: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)

    def visits(self) -> Iterator[Visit]:
        """Go to each page; the caller looks at it before the next one opens."""
        queue = [urljoin(self.base_url, path) for path in self.starts]
        opened: set[str] = set()
        while queue:
            url = queue.pop(0)
            name = name_of(urlsplit(url).path)
            if name is None or name in LEAVE_OUT or not self.accept(name):
                continue
            if url in opened or self.counts[name] >= SEVERAL.get(name, 1):
                continue
            opened.add(url)
            self.counts[name] += 1
            self.seen.add(name)
            response = self.page.goto(url)
            assert response is not None, url
            yield Visit(name, self.page.url, response.status)
            queue.extend(self._links())

    def _links(self) -> list[str]:
        hrefs = self.page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        own = urlsplit(self.base_url).netloc
        return [
            href.split("#")[0]
            for href in hrefs
            if urlsplit(href).netloc == own and urlsplit(href).scheme.startswith("http")
        ]
