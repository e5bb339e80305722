"""Someone with a phone (or at a desk): what she reads, where she taps, what she types. Taps are counted."""

import re
from collections import Counter
from urllib.parse import urlsplit

from playwright.sync_api import FilePayload, Locator, Page, expect

LATE_MS = 10_000  # long enough for an act's page to be there
MOST_LOOKS = 200  # at a mailbox: letters leave by themselves, a moment after they are written


class Phone:
    """The one page of a person's phone. Words are those she reads, in French; spaces that do not break are spaces."""

    def __init__(self, page: Page, name: str, *, touch: bool = True) -> None:
        self.page = page
        self.name = name
        self._touch = touch
        self.taps = 0
        self._opened: Counter[str] = Counter()  # mails, by their subject

    @property
    def email(self) -> str:
        """Her mail address."""
        return f"{self.name.lower()}@example.org"

    @property
    def path(self) -> str:
        """Where she is."""
        return urlsplit(self.page.url).path

    @property
    def main(self) -> Locator:
        """What the page is about, without its frame."""
        return self.page.locator("main")

    @property
    def title(self) -> str:
        """What the page is called, on one line."""
        return " ".join(self.main.get_by_role("heading", level=1).inner_text().split())

    def open(self, path: str) -> None:
        """Open an address: that is no tap."""
        answer = self.page.goto(path)
        assert answer is None or answer.ok, f"{path}: {answer.status}"
        self.taps = 0

    def tap(self, words: str, within: Locator | None = None) -> None:
        """Tap what begins with these words: a button, a link, a fold, or a choice of a form."""
        escaped = re.escape(words).replace("\\ ", r"\s").replace("/", r"\/")
        place, begins = within or self.main, re.compile(rf"^\s*{escaped}")
        pressed = place.get_by_role("button", name=begins).or_(place.get_by_role("link", name=begins))
        self.touch(pressed.or_(place.locator("summary, label:has(input)").filter(has_text=begins)).first)

    def touch(self, what: Locator) -> None:
        """Tap one thing, or click it where there is no touch."""
        if self._touch:
            what.tap()
        else:
            what.click()
        self.taps += 1

    def type(self, question: str, answer: str, within: Locator | None = None) -> None:
        """Answer a question of a form."""
        (within or self.main).get_by_label(question).first.fill(answer)

    def choose(self, question: str, answer: str) -> None:
        """Choose from a list."""
        self.main.get_by_label(question).first.select_option(label=answer)

    def photograph(self, question: str, picture: bytes) -> None:
        """Answer with a photo."""
        payload = FilePayload(name="photo.png", mimeType="image/png", buffer=picture)
        self.main.get_by_label(question).first.set_input_files(payload)

    def reads(self, *sentences: str) -> None:
        """See that the page says all of these, at the latest when it is asked for again.

        An act's page waits half a second for what follows from it; on a busy machine that comes later.
        """
        for sentence in sentences:
            try:
                expect(self.main).to_contain_text(sentence, use_inner_text=True, timeout=LATE_MS)
            except AssertionError:
                self.page.reload()
                expect(self.main).to_contain_text(sentence, use_inner_text=True)

    def does_not_read(self, *sentences: str) -> None:
        """See that the page says none of these."""
        for sentence in sentences:
            expect(self.main).not_to_contain_text(sentence, use_inner_text=True)

    def card(self, words: str) -> Locator:
        """Return the smallest card or row that holds these words."""
        return self.main.locator("li, section, article, tr").filter(has_text=words).last

    def place(self, words: str) -> None:
        """Go to one of the five places, by the bar."""
        self.tap(words, self.page.get_by_role("navigation", name="Les cinq lieux"))

    def letter(self, subject: str) -> None:
        """Open a mail just come with these words in its subject, and press its last link, to the page: one tap."""
        mine = self.page.locator("article").filter(has_text=self.email).filter(has_text=subject)
        self.page.goto("/mailbox")
        for _ in range(MOST_LOOKS):
            if mine.count() > self._opened[subject]:
                break
            self.page.reload()
        self._opened[subject] += 1
        self.taps = 0
        self.touch(mine.first.get_by_role("link").last)  # of its links the last shows all of it

    def id_in(self, pattern: str) -> str:
        """Return what the address holds once she is there: `bookings/(.+)`."""
        self.page.wait_for_url(re.compile(pattern))
        found = re.search(pattern, self.page.url)
        assert found
        return found[1]
