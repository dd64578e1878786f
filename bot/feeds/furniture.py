"""Lines of a page that are not the article: invitations, pointers, credits, buttons. Knows nothing of how a page is taken apart.

Only whole short paragraphs are dropped, by how they begin, so that no sentence of an article is ever cut or changed.
"""

from __future__ import annotations

import re

from bot.text.stamps import is_stamp

_SHORT = 220  # characters; the longest invitation seen in tests has 160, a paragraph that merely begins alike is longer

BEGINNINGS: dict[str, tuple[str, ...]] = {
    "en": (
        "read more", "read also", "also read", "read next", "see also", "related:", "related articles", "related stories", "related topics",
        "more on this story", "more from", "sign up", "subscribe", "join our", "join us on", "follow us", "follow our", "follow the topics",
        "get the latest", "get our", "download our app", "download the app", "copyright", "all rights reserved", "support us", "support our",
        "donate", "become a member", "become a patron", "click here", "watch:", "listen:", "recommended", "most read", "newsletter",
        "advertisement", "photo:", "image:", "video:", "image source", "image caption", "share this", "tags:", "topics:", "skip to",
        "we use cookies", "this website uses cookies", "if you notice an error", "found a mistake", "found a typo", "print this", "print page",
        "leave a comment", "story continues below", "article continues below", "scroll to continue", "permalink",
        "address of the page", "reading time", "listen to this",
    ),
    "uk": (
        "дивіться також", "дивіться ще", "дивись також", "читайте також", "читайте ще", "читай також", "читати також", "читати далі",
        "більше новин", "більше про", "підписуйтесь", "підписуйтеся", "підписуйся", "підпишіться", "підпишись", "долучайтесь до", "долучайтеся до",
        "приєднуйтесь до наш", "приєднуйтеся до наш", "стежте за нами", "стежте за наш", "слідкуйте за нами", "слідкуйте за наш", "фото:", "відео:",
        "реклама", "усі права", "всі права", "передрук", "якщо ви помітили помилку", "якщо ви знайшли помилку", "знайшли помилку",
        "помітили помилку", "поділитися", "підтримайте нас", "станьте нашим", "теги:", "популярне", "рекомендуємо", "новини партнерів",
        "наш телеграм", "матеріали по темі", "матеріали за темою", "за темою:", "на цю тему", "головне фото", "цей сайт використовує",
        "ми використовуємо cookie", "ми використовуємо файли cookie", "залишити коментар", "читайте нас", "стежте за новинами",
        "слідкуйте за новинами", "якщо ви помітили", "знайшли одруківку", "помітили одруківку", "адреса сторінки",
        "адреса статті", "версія для друку", "час читання", "прослухати статтю", "прослухати новину",
    ),
    "ru": (
        "смотрите также", "смотрите ещё", "смотрите еще", "читайте также", "читайте ещё", "читайте еще", "читать также", "читать далее",
        "больше новостей", "подписывайтесь", "подписывайся", "подпишитесь", "подпишись", "присоединяйтесь к наш", "следите за нами",
        "следите за наш", "фото:", "видео:", "реклама", "все права", "перепечатка", "если вы нашли ошибку", "если вы заметили ошибку",
        "нашли ошибку", "заметили ошибку", "поделиться", "поддержите нас", "теги:", "популярное", "рекомендуем", "новости партнёров",
        "новости партнеров", "наш телеграм", "материалы по теме", "по теме:", "главное фото", "этот сайт использует", "мы используем cookie",
        "мы используем файлы cookie", "оставить комментарий", "читайте нас", "следите за нашими", "следите за новостями", "нашли опечатку",
        "заметили опечатку", "адрес страницы", "адрес статьи", "версия для печати", "время чтения", "прослушать статью", "прослушать новость",
    ),
}  # fmt: skip

_BUTTON = re.compile(  # whole lines: buttons, and where else the outlet writes
    r"(?:loading|print|share|copy link|download|завантаження|роздрукувати|поділитись|загрузка|распечатать|прослухати|прослушать)\W*"
    r"|(?:we are (?:also )?|(?:follow|find|read) \S+ |ми (?:є )?|мы (?:есть )?|наш \w+ |(?:читайте|стежте|слідкуйте|следите)(?: \S+){1,3} )"
    r"(?:on|в|у) "
    r"(?:telegram|viber|whatsapp|facebook|instagram|youtube|google).{0,80}",
    re.IGNORECASE,
)


class Furniture:
    """The lines to drop. `more` are further beginnings, such as those of the language packs."""

    def __init__(self, more: tuple[str, ...] = ()) -> None:
        own = tuple(beginning for group in BEGINNINGS.values() for beginning in group)
        self._beginnings = tuple(dict.fromkeys((*own, *(word.casefold() for word in more if len(word) > 2))))

    def is_furniture(self, paragraph: str) -> bool:
        """Whether this whole paragraph belongs to the page rather than the article."""
        plain = paragraph.casefold().lstrip('-–—•*>→|©«"“ ')
        if not plain or (paragraph.startswith("©") and len(paragraph) < _SHORT):
            return True
        return len(paragraph) <= _SHORT and (
            plain.startswith(self._beginnings) or is_stamp(paragraph) or _BUTTON.fullmatch(paragraph) is not None
        )
