"""What stands around an article on its page, by language: menus, boxes, comments. Knows words, not pages.

Some of it tempts on purpose: a reader of pages must not take a related headline or a comment for the article.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Furniture:
    """The words of one language."""

    sample: str
    menu: tuple[str, ...]
    cookies: str
    accept: str
    decline: str
    published: str
    updated: str
    share: str
    related: str
    most_read: str
    newsletter: str
    newsletter_text: str
    subscribe: str
    comments: str
    voices: tuple[tuple[str, str], ...]
    author: str
    about_author: str
    contact: str
    rights: str


_ENGLISH = Furniture(
    sample="Invented sample article",
    menu=("Home", "World", "Politics", "Business", "Opinion", "Sport", "Weather"),
    cookies="We and our 143 partners store cookies on your device to measure audiences and show content you may like.",
    accept="Accept all",
    decline="Manage choices",
    published="Published",
    updated="Updated",
    share="Share",
    related="Related stories",
    most_read="Most read",
    newsletter="The evening letter",
    newsletter_text="The day in five minutes, sent to your inbox at six. You can unsubscribe at any time.",
    subscribe="Sign up",
    comments="Comments",
    voices=(
        ("oldharbour", "They promised the same thing thirty years ago and look how that went."),
        ("K. Lindqvist", "Can somebody explain who pays for all this? Asking for my tax return."),
        ("teapot_71", "First decent piece on this all week, thanks."),
    ),
    author="By our correspondent",
    about_author="Our correspondent has covered the capital for eleven years and keeps bees at weekends.",
    contact="Press office, ground floor, weekdays from nine to six.",
    rights="All rights reserved. Reproduction only with permission.",
)
_UKRAINIAN = Furniture(
    sample="Вигадана стаття-зразок",
    menu=("Головна", "Новини", "Політика", "Економіка", "Думки", "Спорт", "Погода"),
    cookies="Ми та наші партнери зберігаємо файли cookie, щоб сайт працював і показував те, що вам цікаво.",
    accept="Прийняти все",
    decline="Налаштувати",
    published="Опубліковано",
    updated="Оновлено",
    share="Поділитися",
    related="Читайте також",
    most_read="Найпопулярніше",
    newsletter="Вечірній лист",
    newsletter_text="Головне за день у вашій скриньці о шостій вечора. Відписатися можна будь-коли.",
    subscribe="Підписатися",
    comments="Коментарі",
    voices=(
        ("степовик", "Таке вже обіцяли тридцять років тому, і де воно?"),
        ("Оля К.", "А хто за це все платитиме? Питаю для подруги."),
        ("сусід знизу", "Нарешті нормально пояснили, дякую редакції."),
    ),
    author="Від нашого кореспондента",
    about_author="Кореспондент редакції пише про політику одинадцять років, а у вихідні доглядає пасіку.",
    contact="Пресслужба, перший поверх, у будні з дев’ятої до шостої.",
    rights="Усі права захищено. Передрук лише з дозволу редакції.",
)
_RUSSIAN = Furniture(
    sample="Вымышленная статья-образец",
    menu=("Главная", "Новости", "Политика", "Экономика", "Мнения", "Спорт", "Погода"),
    cookies="Мы и наши партнёры храним файлы cookie, чтобы сайт работал и показывал то, что вам интересно.",
    accept="Принять все",
    decline="Настроить",
    published="Опубликовано",
    updated="Обновлено",
    share="Поделиться",
    related="Читайте также",
    most_read="Самое читаемое",
    newsletter="Вечернее письмо",
    newsletter_text="Главное за день в вашем ящике в шесть вечера. Отписаться можно в любой момент.",
    subscribe="Подписаться",
    comments="Комментарии",
    voices=(
        ("старый боцман", "Это уже обещали тридцать лет назад, и что?"),
        ("Ира М.", "А кто за всё это заплатит? Спрашиваю для подруги."),
        ("сосед снизу", "Впервые за неделю понятно объяснили, спасибо."),
    ),
    author="От нашего корреспондента",
    about_author="Корреспондент редакции одиннадцать лет пишет о политике, а по выходным держит пчёл.",
    contact="Пресс-служба, первый этаж, по будням с девяти до шести.",
    rights="Все права защищены. Перепечатка только с разрешения редакции.",
)
_BY_LANGUAGE = {"en": _ENGLISH, "uk": _UKRAINIAN, "ru": _RUSSIAN}


def furniture(language: str) -> Furniture:
    """The words in `language`, else in English."""
    return _BY_LANGUAGE.get(language, _ENGLISH)
