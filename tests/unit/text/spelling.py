"""Numbers written out as people do in English, Ukrainian and Russian, for tests that read them back."""

from __future__ import annotations

_EN = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_UK = [
    "нуль",
    "один",
    "два",
    "три",
    "чотири",
    "п'ять",
    "шість",
    "сім",
    "вісім",
    "дев'ять",
    "десять",
    "одинадцять",
    "дванадцять",
    "тринадцять",
    "чотирнадцять",
    "п'ятнадцять",
    "шістнадцять",
    "сімнадцять",
    "вісімнадцять",
    "дев'ятнадцять",
]
_UK_TENS = ["двадцять", "тридцять", "сорок", "п'ятдесят", "шістдесят", "сімдесят", "вісімдесят", "дев'яносто"]
_UK_HUNDREDS = ["сто", "двісті", "триста", "чотириста", "п'ятсот", "шістсот", "сімсот", "вісімсот", "дев'ятсот"]
_RU = [
    "ноль",
    "один",
    "два",
    "три",
    "четыре",
    "пять",
    "шесть",
    "семь",
    "восемь",
    "девять",
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
]
_RU_TENS = ["двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"]
_RU_HUNDREDS = ["сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"]


def spelled_out(number: int, language: str) -> str:
    """`number` (1 to 999,999) in words."""
    return _english(number) if language == "en" else _slavic(number, language)


def _english(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    head = f"{_english_below(thousands)} thousand" if thousands else ""
    return " ".join(part for part in (head, _english_below(rest)) if part)


def _english_below(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    head = f"{_EN[hundreds]} hundred" if hundreds else ""
    if not rest:
        return head
    tail = _EN[rest] if rest < 20 else _EN_TENS[rest // 10 - 2] + (f"-{_EN[rest % 10]}" if rest % 10 else "")
    return f"{head} and {tail}" if head else tail


def _slavic(number: int, language: str) -> str:
    thousands, rest = divmod(number, 1000)
    head = f"{_slavic_below(thousands, language, feminine=True)} {_thousand(thousands, language)}" if thousands else ""
    return " ".join(part for part in (head, _slavic_below(rest, language)) if part)


def _thousand(count: int, language: str) -> str:
    one, few, many = ("тисяча", "тисячі", "тисяч") if language == "uk" else ("тысяча", "тысячи", "тысяч")
    if 11 <= count % 100 <= 14:
        return many
    return one if count % 10 == 1 else few if 2 <= count % 10 <= 4 else many


def _slavic_below(number: int, language: str, *, feminine: bool = False) -> str:
    units, tens, all_hundreds = (_UK, _UK_TENS, _UK_HUNDREDS) if language == "uk" else (_RU, _RU_TENS, _RU_HUNDREDS)
    hundreds, rest = divmod(number, 100)
    parts = [all_hundreds[hundreds - 1]] if hundreds else []
    if rest >= 20:
        parts.append(tens[rest // 10 - 2])
        rest %= 10
    if rest:
        parts.append(
            {1: "одна", 2: "дві" if language == "uk" else "две"}.get(rest, units[rest]) if feminine else units[rest]
        )
    return " ".join(parts)
