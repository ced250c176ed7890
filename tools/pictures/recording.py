"""The recording of the README: a question is typed, answered with citations, and a citation is opened in its PDF."""

from __future__ import annotations

import io
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

SIZE: ViewportSize = {"width": 1120, "height": 680}
STEP_S = 0.09  # between two frames, at least
KEY_S = 0.045
LAST_S = 3.0
QUALITY = 62
ANSWER_TIMEOUT_MS = 120_000
QUESTION = "How long does a guided tour take, and what does it cost?"


class Film:
    """Frames of a page with the seconds that each is shown; frames that look the same are one."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._frames: list[tuple[bytes, float]] = []
        self._shown_at = time.monotonic()

    def roll(self, seconds: float, *, until: Locator | None = None) -> None:
        """Take frames for this long, or until the locator `until` is visible."""
        started = time.monotonic()
        while time.monotonic() - started < seconds:
            self.shoot()
            if until is not None and until.is_visible():
                return
            time.sleep(STEP_S)

    def shoot(self) -> None:
        now = time.monotonic()
        if self._frames:
            picture, seconds = self._frames[-1]
            self._frames[-1] = picture, seconds + now - self._shown_at
        self._shown_at = now
        taken = self._page.screenshot(type="png", animations="allow")
        if not self._frames or taken != self._frames[-1][0]:
            self._frames.append((taken, 0.0))

    def save(self, path: Path) -> None:
        """As an animated WebP."""
        pictures = [Image.open(io.BytesIO(picture)).convert("RGB") for picture, _ in self._frames]
        durations = [max(20, round(1000 * seconds)) for _, seconds in self._frames]
        durations[-1] = round(1000 * LAST_S)
        first, *others = pictures
        first.save(path, save_all=True, append_images=others, duration=durations, loop=0, quality=QUALITY, method=5)


def record(browser: Browser, url: str, folder: Path) -> None:
    """Write `page.webp`, the screenshot, and `ask.webp`, the recording."""
    context = browser.new_context(viewport=SIZE, locale="en-GB", color_scheme="light")
    page = context.new_page()
    page.set_default_timeout(ANSWER_TIMEOUT_MS)
    page.goto(url)
    field = page.get_by_label("Your question")
    expect(field).to_be_visible()
    page.wait_for_timeout(800)
    film = Film(page)
    film.roll(0.8)
    for letter in QUESTION:
        field.press_sequentially(letter)
        film.shoot()
        time.sleep(KEY_S)
    film.roll(0.4)
    page.keyboard.press("Enter")
    film.roll(60, until=page.get_by_role("button", name="How it was found").last)
    film.roll(1.2)
    page.locator("loracle-answer .cite").first.click()
    marked = page.locator("loracle-source .box, loracle-source mark").first
    film.roll(10, until=marked)
    film.roll(2.5)
    film.save(folder / "ask.webp")
    Image.open(io.BytesIO(page.screenshot(type="png"))).convert("RGB").save(folder / "page.webp", quality=80, method=6)
    context.close()
