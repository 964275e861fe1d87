"""How long a scan takes: words of the published questionnaire, as minutes of reading and deciding.

Run: ``python -m tests.benchmarks.scan_minutes``. It reads the texts that come with the
portal (what is published on a new portal) and no database, so it gives the same numbers
everywhere. A model, not a measurement of people: what is assumed stands below, by name.

Reading: silent reading of non-fiction by adults. English at 238 words a minute for words
of 4.6 letters (Brysbaert 2019, "How many words do we read per minute? A review and
meta-analysis of reading rate", Journal of Memory and Language 109, 104047); Dutch at 238
words a minute for words of 5.1 letters, faster for shorter words and slower for longer
ones in proportion (Brysbaert and others 2021, "Improving reading rate prediction with word
length information: Evidence from Dutch", Quarterly Journal of Experimental Psychology, doi
10.1177/17470218211017100). Most adults lie between 175 and 300 (Brysbaert
2019), so the slow end is printed too. Every word is counted as read once: title,
introduction, statement and all five levels. Not counted: "not applicable" and "don't
know", which are the same at each statement, and typing notes.

Deciding: DECIDE_SECONDS for each statement, our own assumption; the script also prints how
many seconds would still fit in the 25 minutes. Turning a page: PAGE_SECONDS.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass

LIMIT_MINUTES = 25.0
WORDS_A_MINUTE = 238.0
SLOW_WORDS_A_MINUTE = 175.0
LETTERS_A_WORD = {"nl": 5.1, "en": 4.6}
DECIDE_SECONDS = 5.0
PAGE_SECONDS = 5.0
NEEDS = 4
WORD = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True)
class Text:
    """Counts over some text."""

    words: int = 0
    letters: int = 0

    def __add__(self, other: Text) -> Text:
        return Text(self.words + other.words, self.letters + other.letters)

    def minutes(self, language: str, words_a_minute: float = WORDS_A_MINUTE) -> float:
        """Minutes to read it; the rate is for words of the usual length."""
        return self.letters / (LETTERS_A_WORD[language] * words_a_minute)


def text_of(sentences: Iterable[str]) -> Text:
    """Words and their letters; punctuation is neither."""
    found = [word for sentence in sentences for word in WORD.findall(sentence)]
    return Text(len(found), sum(len(word) for word in found))


@dataclass(frozen=True)
class Part:
    """One page: its text, its examples, and how many answers it asks."""

    name: str
    text: Text
    examples: Text
    answers: int


def parts_in(language: str) -> list[Part]:
    """The pages of a scan in order, with the support needs as the last one."""
    from django.utils import translation

    from assessments.readiness.content.reading import SHIPPED_EDITION, read_questionnaire
    from assessments.readiness.forms.needs import NEED_EXAMPLES
    from assessments.readiness.models import TEAM_SHARE_LABELS
    from assessments.readiness.models.questionnaire import SUPPORT_NEED_LABELS

    found = []
    for part in read_questionnaire(SHIPPED_EDITION).transitions:
        own = [part.title, part.intro]
        for statement in part.statements:
            own += [statement.text, *statement.levels]
        examples = [statement.example for statement in part.statements]
        found.append(
            Part(
                part.slug,
                text_of(getattr(wording, language) for wording in own),
                text_of(getattr(wording, language) for wording in examples),
                len(part.statements),
            )
        )
    with translation.override(language):
        labels = [*SUPPORT_NEED_LABELS.values(), *NEED_EXAMPLES.values()]
        bands = list(TEAM_SHARE_LABELS.values()) * NEEDS
        found.append(Part("support-needs", text_of(map(str, [*labels, *bands])), Text(), NEEDS))
    return found


def total(parts: Iterable[Part]) -> Part:
    """All pages together."""
    text, examples, answers = Text(), Text(), 0
    for part in parts:
        text, examples, answers = text + part.text, examples + part.examples, answers + part.answers
    return Part("all", text, examples, answers)


def report(language: str) -> Iterable[str]:
    """The lines for one language."""
    parts = parts_in(language)
    whole = total(parts)
    yield f"\n{language}: {whole.answers} answers on {len(parts)} pages, texts read in full"
    yield f"{'part':18s} {'answers':>7s} {'words':>6s} {'read':>6s} {'all':>6s} {'examples':>9s}"
    for part in [*parts, whole]:
        pages = len(parts) if part is whole else 1
        beside = (part.answers * DECIDE_SECONDS + pages * PAGE_SECONDS) / 60
        read = part.text.minutes(language)
        examples = part.examples.minutes(language)
        yield (
            f"{part.name:18s} {part.answers:7d} {part.text.words:6d} {read:6.1f}"
            f" {read + beside:6.1f} {examples:+9.1f}"
        )
    pages = len(parts) * PAGE_SECONDS / 60
    deciding = whole.answers * DECIDE_SECONDS / 60
    letters = whole.text.letters / whole.text.words
    for label, speed in (("average", WORDS_A_MINUTE), ("slow", SLOW_WORDS_A_MINUTE)):
        read = whole.text.minutes(language, speed)
        examples = whole.examples.minutes(language, speed)
        room = (LIMIT_MINUTES - pages - read) * 60 / whole.answers
        yield (
            f"{label} reader ({speed:.0f} words a minute; words of {letters:.1f} letters):"
            f" {read + pages + deciding:.1f} minutes, with all examples"
            f" {read + examples + pages + deciding:.1f}; {room:.1f} s an answer fit"
        )


def main() -> int:
    """Print both languages; 1 when an average reader needs more than the limit."""
    write = sys.stdout.write
    write(
        f"reading {WORDS_A_MINUTE:.0f} words a minute (Brysbaert 2019; Dutch 2021), deciding"
        f" {DECIDE_SECONDS:.0f} s an answer, {PAGE_SECONDS:.0f} s a page; limit"
        f" {LIMIT_MINUTES:.0f} minutes\n"
    )
    over = False
    for language in LETTERS_A_WORD:
        for line in report(language):
            write(f"{line}\n")
        parts = parts_in(language)
        whole = total(parts)
        beside = (whole.answers * DECIDE_SECONDS + len(parts) * PAGE_SECONDS) / 60
        over = over or whole.text.minutes(language) + beside > LIMIT_MINUTES
    return int(over)


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    sys.exit(main())
