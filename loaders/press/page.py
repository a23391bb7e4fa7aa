"""A text as the rules see it: folded, cut into sentences, with its dates, names and people, all with their places.

The values here are made once for a text and only read by the rules.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.model import last_day
from loaders.press.gazetteer import Gazetteer, Term
from loaders.press.lexicon import Lexicon
from loaders.press.text import Folded, Sentence

FULL = 10
NEWS_PARAGRAPHS = 9
REPORTED = 7
"""Days after an event that a page still reports it as its own news."""
DATED_THERE = 2
NAMED_FIRST = 1
"""How many mentions a dateline counts for."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A known node named at a place. `how`: name, adjective ("bavarese"), bracket (a country behind its region),
    place (a city or a building of that name)."""

    start: int
    end: int
    kind: str
    id: str
    how: str = "name"


@dataclass(frozen=True, slots=True)
class When:
    """A date at a place; `value` ISO 8601, as precise as stated; `how`: full, relative, month, year."""

    start: int
    end: int
    value: str
    how: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person in public office. `spans` are all places of the name, `phrases` those with the office around it."""

    id: str
    name: str
    region: str = ""
    office: str = ""
    office_kind: str = ""
    portfolio: str = ""
    term: Term | None = None
    known: bool = False
    stated: bool = False
    spans: tuple[tuple[int, int], ...] = ()
    phrases: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One text with all that was found in it."""

    folded: Folded
    lexicon: Lexicon
    gazetteer: Gazetteer
    sentences: tuple[Sentence, ...]
    date: str = ""
    place: str = ""
    seat_of: str = ""
    dateline_end: int = 0
    mentions: tuple[Mention, ...] = ()
    dates: tuple[When, ...] = ()
    people: tuple[Person, ...] = field(default=())

    @property
    def only_day(self) -> str:
        """The one full date that a text without a date of its own states: what else it tells is of that day."""
        days = {when.value for when in self.dates if when.how == "full" and len(when.value) == FULL}
        return next(iter(days)) if len(days) == 1 and not self.date else ""

    @property
    def latest(self) -> str:
        """The last day that the page's date may mean; without one, the last day that it states; "" where it states none."""
        return last_day(self.date) if self.date else max((last_day(when.value) for when in self.dates if when.how == "full"), default="")

    def low(self, sentence: Sentence) -> str:
        """A sentence's words, folded."""
        return self.folded.low[sentence.start:sentence.end]

    def within(self, start: int, end: int, kinds: Iterable[str] = (), *,
               how: tuple[str, ...] = ("name", "adjective")) -> tuple[Mention, ...]:
        """Mentions that begin in a span."""
        wanted = frozenset(kinds)
        return tuple(m for m in self.mentions if start <= m.start < end and m.how in how and (not wanted or m.kind in wanted))

    def regions(self, start: int, end: int) -> tuple[str, ...]:
        """Ids of regions named in a span, and of the regions of people named there, in order, each once."""
        places = [(m.start, m.id) for m in self.within(start, end, ("Region",))]
        places += [(at, person.region) for person in self.people for at, _ in person.spans if person.region and start <= at < end]
        return tuple(dict.fromkeys(region for _, region in sorted(places)))

    def people_in(self, start: int, end: int) -> tuple[Person, ...]:
        """People named in a span, in order."""
        at = [(min(s for s, _ in person.spans if start <= s < end), index) for index, person in enumerate(self.people)
              if any(start <= s < end for s, _ in person.spans)]
        return tuple(self.people[index] for _, index in sorted(at))

    def dates_in(self, start: int, end: int) -> tuple[When, ...]:
        """Dates in a span, in order."""
        return tuple(when for when in self.dates if start <= when.start < end)

    def day_before(self, sentence: Sentence) -> str:
        """The last day told before a sentence in its paragraph, if it may be that of the page or one just before."""
        start = next((s.start for s in self.sentences if s.paragraph == sentence.paragraph), sentence.start)
        days = [when.value for when in self.dates_in(max(start, self.dateline_end), sentence.start)
                if when.how == "relative" and when.value <= self.latest]
        return days[-1] if days else ""

    @property
    def home(self) -> Mention | None:
        """The region that a text speaks for: the one named most often, by itself or by its people, the first of these; a dateline of its
        seat of government speaks for it too."""
        named = [*self.within(0, self.folded.captions_from, ("Region",)),
                 *(Mention(s, e, "Region", person.region, "person") for person in self.people if person.region for s, e in person.spans)]
        counts = Counter(m.id for m in named)
        if self.seat_of in counts:
            counts[self.seat_of] += DATED_THERE
        if named:
            counts[min(named, key=lambda m: m.start).id] += NAMED_FIRST
        best = max(counts.values(), default=0)
        return min((m for m in named if counts[m.id] == best), key=lambda m: m.start, default=None)

    @property
    def event_day(self) -> str:
        """The day that a page reports of where that is not its own: the first one that it tells, if the page appeared just after it."""
        if len(self.date) != FULL:
            return ""
        told = next((when.value for when in self.dates if when.start >= self.dateline_end and when.how in ("relative", "full")
                     and len(when.value) == FULL), "")
        days = (datetime.date.fromisoformat(self.date) - datetime.date.fromisoformat(told)).days if told else -1
        return told if 0 <= days <= REPORTED else ""

    def day_told(self, sentence: Sentence) -> str:
        """When something happened of which a sentence gives no day: the day told before it, the page's event, the page's own."""
        return self.day_before(sentence) or self.event_day or self.date or self.only_day

    def is_background(self, sentence: Sentence) -> bool:
        """Whether a sentence stands so far down, or under such a heading, that it tells of earlier days unless it says otherwise."""
        known = self.lexicon.patterns["background"]
        return sentence.paragraph > NEWS_PARAGRAPHS or any(known.match(self.low(s).strip()) for s in self.sentences if s.end <= sentence.start)

    def prose(self) -> tuple[Sentence, ...]:
        """Sentences that are no captions."""
        return tuple(s for s in self.sentences if not s.caption)
