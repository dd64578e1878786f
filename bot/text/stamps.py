"""Lines that say when something was put up and how often it was read. Knows their words in several languages, not where they stand."""

from __future__ import annotations

import re

_PUT_UP = r"(?:(?:first |last )?(?:published|updated|modified|posted)|опубліковано|оновлено|додано|опубликовано|обновлено|добавлено)\b"
_MOMENT = r"(?:\d{1,2}:\d{2}|\b(?:19|20)\d{2}\b|\d{1,2}[./]\d{1,2}|\bago\b|\btoday\b|тому\b|сьогодні|назад\b|сегодня)"
_WHEN = (
    rf"(?:{_PUT_UP}\W*)+(?:[^.!?]{{0,40}}{_MOMENT}[^!?]{{0,30}})?"  # "Published proposals name six brigades" is none
)
_DATE = (
    r"(?:[^\W\d]{2,12},? )?\d{1,2}[.\s/-](?:\d{1,2}|[^\W\d]{3,10})[.\s/-]+\d{4}[\s,|·]*(?:р\.|г\.|року|года)?[\s,|·]*"
    r"(?:\d{1,2}:\d{2}.{0,12})?"
)
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?"
_COUNTED = (
    r"views?|reads?|comments?|shares?|likes?|min(?:ute)?s? read|перегляд(?:ів|и)?|коментар\w*|хв(?:илин\w*)? читання|поширен(?:ь|ня)"
    r"|просмотр\w*|комментари\w*|мин(?:ут\w*)? чтения|прочитали"
)
_STAMP = re.compile(rf"\W*(?:{_WHEN}|{_DATE}|{_CLOCK})\W*", re.IGNORECASE)
_COUNTER = re.compile(
    rf"[\W\d_]*(?:{_COUNTED})[\W\d_]*|\d{{1,3}}\s*(?:/|of|з|із|из|von)\s*\d{{1,3}}|[\W_]+", re.IGNORECASE
)
_IN_BRACKETS = re.compile(rf"\s*[(\[](?:{_WHEN}|{_CLOCK})[)\]]", re.IGNORECASE)
_LONGEST = 120  # characters


def is_stamp(line: str) -> bool:
    """Whether a whole line is a date, a clock time, "updated at …", or a counter of views, comments or pictures."""
    return len(line) <= _LONGEST and (_STAMP.fullmatch(line) is not None or _COUNTER.fullmatch(line) is not None)


def unstamped(line: str) -> str:
    """The line without stamps in brackets: "The talks go on (updated 12:05)"."""
    return _IN_BRACKETS.sub("", line)
