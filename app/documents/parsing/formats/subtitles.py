"""Subtitles (SRT, WebVTT, SBV, ASS): what is said, joined to sentences, with the time as the place of each passage."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.text import decode
from app.documents.parsing.text_cleanup import clean, collapse_spaces
from app.errors import DocumentFailure

CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,]\d{1,3}"
TIMES = re.compile(rf"\s*{CLOCK}\s*(?:-->|,)\s*{CLOCK}(?:\s.*)?$")
TITLE = re.compile(r"WEBVTT[ \t]+(?:-\s*)?(.+)")
VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,100})>")
TAGS = re.compile(
    r"</?(?:v|c|i|b|u|s|em|font|span|ruby|rt|lang)\b[^<>]{0,200}>|<[\d:.]{5,15}>|\{\\[^{}]{0,100}\}", re.IGNORECASE
)
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
DASH = re.compile(r"[-–—]\s*(?=\S)")
SECTION_S = 60  # seconds of a passage, at least
PAUSE_S, LONG_PAUSE_S = 4, 20  # silence that ends a paragraph after a sentence, and within one
MAX_CHARS = 1500  # of a paragraph without the end of a sentence
ROLLING = 0.5  # share of cues that begin with what the cue before showed, in captions that roll


@dataclass(frozen=True, slots=True)
class Cue:
    """Lines that are shown from `start` to `end`, in seconds."""

    start: int
    end: int
    lines: tuple[str, ...]


@dataclass(slots=True)
class _Speech:
    """The paragraph that is being said."""

    speaker: str = ""
    start: int = 0
    end: int = 0
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return collapse_spaces(" ".join(self.words))

    def ends_before(self, cue: Cue, speaker: str | None, words: str) -> bool:
        """True if these words of a cue are another's, or begin another paragraph."""
        if DASH.match(words) or speaker not in {None, self.speaker}:
            return True
        text, pause = self.text, cue.start - self.end
        late = pause >= PAUSE_S or cue.start - self.start >= SECTION_S
        return len(text) > MAX_CHARS or pause >= LONG_PAUSE_S or (late and SENTENCE_END.search(text) is not None)

    def say(self, cue: Cue, speaker: str | None, words: str) -> None:
        if not self.words:
            self.start = cue.start
        self.end = cue.end
        self.speaker = self.speaker if speaker is None else speaker
        self.words.append(DASH.sub("", words, count=1) if DASH.match(words) else words)


def parse(data: bytes, builder: DocumentBuilder) -> None:
    text = clean(decode(data))
    lines = text.split("\n")
    cues = _unrolled([*_cues(lines), *_dialogue(lines)])
    if not cues:
        raise DocumentFailure("no_text", "The file has no subtitles with times such as 00:01:05,000 --> 00:01:07,000.")
    if title := TITLE.match(text):
        builder.title = builder.title or title[1]
    section: int | None = None
    for speech in _speeches(cues):
        if section is None or speech.start >= section + SECTION_S:
            section = speech.start
        said = f"{speech.speaker}: {speech.text}" if speech.speaker else speech.text
        builder.add("paragraph", said, section=_clock(section))


def _cues(lines: list[str]) -> Iterator[Cue]:
    """Cues end at blank lines, or where the next one begins without any."""
    place = 0
    while place < len(lines):
        times = TIMES.match(lines[place])
        place += 1
        if times is None:
            continue
        shown: list[str] = []
        while place < len(lines) and lines[place].strip() and not TIMES.match(lines[place]):
            shown.append(lines[place].strip())
            place += 1
        if shown and shown[-1].isdigit() and place < len(lines) and TIMES.match(lines[place]):
            shown.pop()  # the number of the next cue
        yield Cue(_seconds(*times.groups()[:3]), _seconds(*times.groups()[3:]), tuple(shown))


def _dialogue(lines: list[str]) -> Iterator[Cue]:
    """Cues of ASS and SSA: `Dialogue: 0,0:00:01.00,0:00:02.00,Style,Name,0,0,0,,Words`."""
    for line in lines:
        fields = line.removeprefix("Dialogue:").split(",", 9) if line.startswith("Dialogue:") else []
        times = TIMES.match(f"{fields[1].strip()} --> {fields[2].strip()}") if len(fields) == 10 else None
        if times is not None:
            words = [part.strip() for part in re.split(r"\\[Nn]", fields[9])]
            name = fields[4].strip()
            shown = (f"<v {name}>{words[0]}", *words[1:]) if name else tuple(words)
            yield Cue(_seconds(*times.groups()[:3]), _seconds(*times.groups()[3:]), shown)


def _unrolled(cues: list[Cue]) -> list[Cue]:
    """The cues without the lines that captions repeat while they roll."""
    plain = [Cue(cue.start, cue.end, tuple(line for line in cue.lines if _plain(line))) for cue in cues]
    repeated = [_overlap(above, cue) for above, cue in pairwise(plain)]
    if sum(map(bool, repeated)) <= ROLLING * len(plain):
        return plain
    return [*plain[:1], *(Cue(c.start, c.end, c.lines[n:]) for c, n in zip(plain[1:], repeated, strict=True))]


def _overlap(above: Cue, cue: Cue) -> int:
    """How many lines of the cue the end of the one above it showed already."""
    before, now = [_plain(line) for line in above.lines], [_plain(line) for line in cue.lines]
    return next((n for n in range(min(len(before), len(now)), 0, -1) if before[-n:] == now[:n]), 0)


def _speeches(cues: list[Cue]) -> Iterator[_Speech]:
    """Paragraphs: they end with a speaker's turn, or at the end of a sentence before a pause or after a while."""
    speech = _Speech()
    for cue in cues:
        for speaker, words in (turn for line in cue.lines for turn in _turns(line)):
            if speech.words and speech.ends_before(cue, speaker, words):
                yield speech
                speech = _Speech(speech.speaker)
            speech.say(cue, speaker, words)
    if speech.words:
        yield speech


def _turns(line: str) -> Iterator[tuple[str | None, str]]:
    """(speaker, words) of a line; the speaker is None where the line names none."""
    before, *rest = VOICE.split(line)
    for speaker, words in [(None, before), *zip(rest[::2], rest[1::2], strict=True)]:
        if said := _plain(words):
            yield (collapse_spaces(speaker) if speaker else None), said


def _plain(line: str) -> str:
    return collapse_spaces(html.unescape(TAGS.sub("", line)))


def _seconds(hours: str | None, minutes: str, seconds: str) -> int:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
