"""Turn what a person gives as the ground of a word into a source: an address, a document, or what they know themselves."""

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from graph.errors import BadValue
from graph.model import Source
from loaders.base import DATE
from loaders.curated.rows import slug
from loaders.desk.people import Reviewer

LOADER = "desk"
ADDRESS, DOCUMENT, OWN = "address", "document", "own knowledge"
KINDS = (ADDRESS, DOCUMENT, OWN)
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Grounds:
    """On what a person's word rests: `text` is the address or the document's title, `date` its day; of an internal one nothing leaves."""

    kind: str = OWN
    text: str = ""
    date: str = ""
    internal: bool = False

    def source(self, reviewer: Reviewer) -> Source:
        """The source that the word names.

        Raises BadValue for an address that is none, a document without a title, or a date that is none.
        """
        if self.date and not DATE.fullmatch(self.date):
            raise BadValue(name="The date", value=self.date, remedy="Write it as 2024, 2024-10 or 2024-10-09.")
        found = self._address() if self.kind == ADDRESS else self._document() if self.kind == DOCUMENT else _own(reviewer)
        id = f"internal {found.id}" if self.internal else found.id
        return Source(id, found.title, found.url, found.publisher, found.tier, date=self.date, loader=LOADER, internal=self.internal)

    def _address(self) -> Source:
        url = self.text.strip()
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:
            host = ""
        if not url.startswith(("http://", "https://")) or "." not in host or re.search(r"\s", url) or len(url) > LONGEST:
            raise BadValue(name="The address", value=url[:80], remedy="Write it in full, as https://example.org/page.")
        return Source(url, url=url, publisher=host.removeprefix("www."))

    def _document(self) -> Source:
        title = " ".join(self.text.split())
        if not title or len(title) > LONGEST:
            raise BadValue(name="The document", value=title[:80], remedy="Write its title, and where it can be found.")
        return Source(f"document {slug(title)[:60]} {_digest(title)}", title)


def _own(reviewer: Reviewer) -> Source:
    return Source(f"own knowledge {slug(reviewer.name)} {_digest(reviewer.text)}", "Own knowledge", publisher=reviewer.text, tier="own_knowledge")


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
