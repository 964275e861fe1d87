"""What is vendored is what was published; what stylesheets name is there."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

STATIC = Path(settings.BASE_DIR) / "static"
VENDOR = STATIC / "vendor"
PACKAGES = json.loads((VENDOR / "manifest.json").read_text())["packages"]
FILES = [(package["folder"], entry) for package in PACKAGES for entry in package["files"]]


def sha512(data: bytes) -> str:
    return hashlib.sha512(data).hexdigest()


@pytest.mark.parametrize(("folder", "entry"), FILES, ids=lambda value: str(value)[:40])
def test_a_vendored_file_is_the_published_one(folder, entry):
    data = (VENDOR / folder / entry["file"]).read_bytes()
    assert sha512(data) == entry["sha512"]
    # Only the line that names a source map, which is not shipped, was left out.
    end = entry.get("removed_end", "")
    assert not end or "sourceMappingURL" in end.splitlines()[1]
    assert sha512(data + end.encode()) == entry["source_sha512"]


def test_the_manifest_names_every_vendored_file():
    named = {f"{folder}/{entry['file']}" for folder, entry in FILES} | {"manifest.json"}
    assert {str(p.relative_to(VENDOR)) for p in VENDOR.rglob("*") if p.is_file()} == named


def test_every_package_comes_with_its_licence():
    for package in PACKAGES:
        assert package["licence"]
        assert re.fullmatch(r"[0-9a-f]{128}", package["tarball_sha512"])
        assert (VENDOR / package["folder"] / "LICENSE.txt").read_text().strip()


def test_static_files_can_be_collected_with_hashed_names(tmp_path, settings):
    """A stylesheet that names a missing file stops the collection."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    css = next(tmp_path.glob("portal/portal.*.css")).read_text()
    assert re.search(r"latin\.[0-9a-f]{12}\.woff2", css)


def rules() -> dict[str, str]:
    """The colour tokens of the theme."""
    css = (STATIC / "portal" / "portal.css").read_text()
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css))


def contrast(one: str, other: str) -> float:
    """Contrast ratio, by the definition in WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((text, ground) for text in ("ink", "ink-soft") for ground in ("paper", "card", "sand")),
        *((text, ground) for text in ("petrol", "rust", "red") for ground in ("paper", "card")),
        ("ink", "petrol-pale"),
        ("petrol", "sand"),
        *((tone, f"{tone}-pale") for tone in ("rust", "green", "amber", "red", "blue")),
        ("focus", "petrol-deep"),
    ],
)
def test_text_can_be_read(text, ground):
    tokens = rules()
    assert contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("ground", ["paper", "card", "sand", "petrol-pale"])
def test_edges_of_fields_and_the_focus_ring_can_be_seen(ground):
    tokens = rules()
    assert contrast(tokens["line-strong"], tokens[ground]) >= 3
    assert contrast(tokens["ink"], tokens[ground]) >= 3


def test_the_focus_ring_can_be_seen_on_the_dark_header():
    tokens = rules()
    assert contrast(tokens["focus"], tokens["petrol-deep"]) >= 3
    assert contrast(tokens["focus"], tokens["petrol"]) >= 3


def test_scripts_and_styles_need_nothing_that_the_policy_forbids():
    script = (STATIC / "portal" / "portal.js").read_text()
    for word in ("eval(", "new Function", "innerHTML", ".style", 'setAttribute("style"'):
        assert word not in script
    assert "@import" not in (STATIC / "portal" / "portal.css").read_text()
