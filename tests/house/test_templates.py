"""No template of ours lies about unused."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
# Overrides are found by the library that asks for them; the last are named by Django.
OF_LIBRARIES = {
    "account",
    "admin",
    "allauth",
    "bootstrap5",
    "django_celery_beat",
    "django_celery_results",
    "mfa",
    "registration",
    "socialaccount",
}
BY_CONVENTION = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}


def test_every_template_is_named_somewhere() -> None:
    sources = [
        path.read_text(encoding="utf-8")
        for folder, pattern in (
            ("portal", "*.py"),
            ("companies", "*.py"),
            ("assessments", "*.py"),
            ("templates", "*.html"),
        )
        for path in (ROOT / folder).rglob(pattern)
    ]
    everything = "\n".join(sources)
    unused = []
    for path in TEMPLATES.rglob("*.html"):
        name = path.relative_to(TEMPLATES)
        if name.parts[0] in OF_LIBRARIES or name.as_posix() in BY_CONVENTION:
            continue
        # Named by the version that was accepted.
        if name.parts[1:2] in {("terms",), ("privacy",)}:
            continue
        # A tag may join a folder and a name: f"{FOLDER}/meter.html".
        if f'{name.as_posix()}"' not in everything and f"/{name.name}" not in everything:
            unused.append(name.as_posix())
    assert not unused
