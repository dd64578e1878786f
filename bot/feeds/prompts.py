"""The words by which pages stand in a reader's way: paywalls, log-ins, consent, challenges, scripts, pages not found. Knows words, no markup.

Each is an expression narrow enough not to meet a sentence of news: "Finland is already a member", «прибув, щоб продовжити переговори» are none.
"""

from __future__ import annotations

import re

from bot.model.feeds import NoText

_SHORT = 400  # characters; a longer paragraph tells something, whatever words it has
_WORDS: dict[NoText, tuple[str, ...]] = {
    NoText.PAYWALL: (
        # en
        r"subscribe (?:now |today )?to (?:continue|read|unlock|keep)", r"subscription (?:is )?required",
        r"already a (?:subscriber|(?:member|reader)\?)",
        r"to continue reading", r"(?:for|to) (?:our |paid |premium )*subscribers only", r"for subscribers[ .:]*$", r"subscribers?-only",
        r"(?:exclusive|reserved) (?:to|for) (?:our )?subscribers", r"unlock (?:this|the (?:full|whole|rest)|full) ",
        r"free articles? (?:left|remaining|this month)", r"(?:rest|remainder) of this (?:article|story) is",
        # uk
        r"(?:щоб|аби) (?:прочитати (?:далі|повністю|повну|весь|цей|статтю)|читати далі|дочитати|продовжити чит)",
        r"(?:лише|тільки) (?:для )?(?:наших )?(?:передплатник|підписник)", r"(?:матеріал|стаття|текст|доступн\w+) для (?:перед|під)пла\w+",
        r"оформіть (?:перед|під)?(?:плату|писку)", r"доступн\w+ (?:лише |тільки )?(?:за передплатою|передплатникам)", r"платний доступ",
        # ru
        r"чтобы (?:прочитать (?:дальше|полностью|весь|эту|статью)|читать дальше|дочитать|продолжить чт)", r"только (?:для )?(?:наших )?подписчик",
        r"(?:материал|статья|текст|доступн\w+) для подписчиков", r"оформите подписку", r"доступ\w* (?:только )?(?:по подписке|подписчикам)",
        r"платный доступ",
        # de, fr, pl
        r"nur für abonnenten", r"jetzt (?:abonnieren|abo)", r"mit .{0,20}abo (?:weiter)?lesen", r"réservé (?:à nos|aux) abonnés",
        r"il vous reste .{0,20} à (?:lire|découvrir)", r"tylko dla (?:subskrybentów|prenumeratorów)", r"aby czytać dalej",
        r"dostęp (?:tylko )?dla subskrybentów",
    ),
    NoText.LOGIN: (
        r"(?:sign|log) in to (?:continue|read|view|access|your)", r"register to (?:continue|read|view)", r"create an? (?:free )?account to",
        r"you (?:must|need to) (?:be )?log(?:ged)? in", r"forgot(?:ten)? (?:your )?password",
        r"(?:увійдіть|авторизуйтеся|зареєструйтеся),? (?:щоб|аби|для)", r"забули пароль",
        r"(?:войдите|авторизуйтесь|зарегистрируйтесь),? (?:чтобы|для)", r"забыли пароль",
        r"bitte (?:melden sie sich an|anmelden)", r"zaloguj się,? aby",
    ),
    NoText.CONSENT: (
        r"before you continue to", r"(?:accept|allow|reject) (?:all )?cookies",
        r"(?:uses?|stores?|access)\b.{0,60}(?:\bcookies\b|on (?:a|your) device)",
        r"manage (?:your )?(?:cookies?|privacy|consent)", r"your privacy choices",
        r"прийняти (?:всі |усі )?(?:файли )?cookie", r"(?:використову|зберіга)\w+ (?:файли )?cookie", r"згод[аиу] на обробку (?:перс|дан)",
        r"принять (?:все )?(?:файлы )?cookie", r"(?:использу|сохраня|храни)\w+ (?:файлы )?cookie", r"соглас\w+ на обработку (?:перс|дан)",
        r"wir verwenden cookies", r"zgod\w+ na pliki cookie",
    ),
    NoText.CHALLENGE: (
        r"(?:verify|confirm) (?:that )?you(?:’|'| a)?re (?:a )?(?:not a robot|human)", r"checking (?:if the site|that you|your browser)",
        r"unusual traffic from", r"enable (?:javascript and )?cookies to continue", r"^access (?:to this page )?(?:has been )?(?:denied|blocked)",
        r"перевір\w+,? (?:що|чи) ви не робот", r"підтвердіть,? що ви (?:не робот|людина)", r"перевірка (?:вашого )?браузера",
        r"провер\w+,? (?:что|не) вы не робот", r"подтвердите,? что вы (?:не робот|человек)", r"проверка (?:вашего )?браузера", r"^\W*я не робот",
    ),
    NoText.SCRIPT: (
        r"(?:enable|turn on|requires?|needs?|without) java ?script", r"java ?script (?:is|must be|has been)? ?(?:required|disabled|enabled)",
        r"увімкніть java ?script", r"браузер не підтримує", r"включите java ?script", r"браузер не поддерживает",
        r"bitte aktivieren sie javascript", r"włącz obsługę javascript",
    ),
}  # fmt: skip
_PROMPTS = tuple((why, re.compile("|".join(words), re.IGNORECASE)) for why, words in _WORDS.items())
_CONSENT_WORDS = re.compile(
    r"cookies?\b|your (?:consent|privacy|choices|device)|privacy (?:policy|notice|settings)|personal data|\b\d{2,4} (?:partners|vendors)"
    r"|конфіденційн|конфиденциальн|персональн\w+ дан",
    re.IGNORECASE,
)
_NOT_FOUND = re.compile(
    r"(?:error |помилка |ошибка )?404(?:\s*[-–—|:.!].*|\s+(?:error|page|not found|помилка|ошибка|сторінк|страниц).*)?"
    r"|(?:page |nothing (?:was )?)?not found"
    r"|.{0,40}\bpage\b.{0,30}\b(?:(?:not|cannot|can.t) (?:be )?found|(?:no longer|not) (?:available|exist\w*)|does(?:n.t| not) exist).{0,60}"
    r"|.{0,20}\bсторінк\w*.{0,30}(?:не (?:була |було )?знайден|не існу|видален).{0,60}"
    r"|.{0,20}\bстраниц\w*.{0,30}(?:не (?:была |был )?найден|не существу|удал[её]н).{0,60}"
    r"|seite nicht gefunden.{0,60}|strona nie (?:została znaleziona|istnieje).{0,60}|page (?:introuvable|non trouvée).{0,60}",
    re.IGNORECASE,
)
_GONE = re.compile(  # weaker: headlines say so of documents, too
    r"\b(?:article|story|content|material)\b.{0,40}\b"
    r"(?:not (?:be )?found|no longer available|does(?:n.t| not) exist|(?:was|has been) (?:removed|deleted))"
    r"|\b(?:матеріал|статт|публікаці)\w*.{0,30}(?:не знайден|не існу|видален)"
    r"|\b(?:материал|стать|публикаци)\w*.{0,30}(?:не найден|не существу|удал[её]н)",
    re.IGNORECASE,
)
_LONGEST_TITLE = 120


def prompt_in(paragraph: str) -> NoText | None:
    """Which wall a short paragraph speaks for, asking for a subscription, a log-in, consent, a proof or a script."""
    if len(paragraph) > _SHORT:
        return None
    return next((why for why, words in _PROMPTS if words.search(paragraph)), None)


def speaks_of_consent(paragraph: str) -> bool:
    """Whether it has words of cookies and consent: of one paragraph that means little, of most of a page that it is a wall."""
    return _CONSENT_WORDS.search(paragraph) is not None


def titles_an_absence(title: str) -> bool:
    """Whether a title is that of a page which was not found."""
    return len(title) <= _LONGEST_TITLE and _NOT_FOUND.fullmatch(title.strip(" .!")) is not None


def tells_an_absence(paragraph: str) -> bool:
    """Whether a short paragraph says that an article was taken down: sure only where there is little else."""
    return len(paragraph) <= _SHORT and _GONE.search(paragraph) is not None
