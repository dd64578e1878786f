"""Words of dates: zones that mail libraries do not know, months in English, Ukrainian and Russian, days told from today. Knows no numbers."""

from __future__ import annotations

ZONES = {  # hours from UTC; abbreviations with two meanings in use (IST, AST, CST in Asia …) are left out or read as mail does (RFC 5322 section 4.3)
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "eest": 3,
    "msk": 3, "мск": 3, "msd": 4, "trt": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "jst": 9, "kst": 9,
}  # fmt: skip
_NAMES = (
    ("jan", "січ", "янв"),
    ("feb", "лют", "фев"),
    ("mar", "бер", "мар"),
    ("apr", "кві", "апр"),
    ("may", "тра", "мая", "май", "мае"),
    ("jun", "чер", "июн"),
    ("jul", "лип", "июл"),
    ("aug", "сер", "авг"),
    ("sep", "вер", "сен"),
    ("oct", "жов", "окт"),
    ("nov", "лис", "ноя"),
    ("dec", "гру", "дек"),
)
MONTHS = {beginning: number for number, beginnings in enumerate(_NAMES, 1) for beginning in beginnings}
DAYS_AGO = {
    "сьогодні": 0, "сегодня": 0, "today": 0, "вчора": 1, "учора": 1, "вчера": 1, "yesterday": 1, "позавчора": 2, "позавчера": 2,
}  # fmt: skip
