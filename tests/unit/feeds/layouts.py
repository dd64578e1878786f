"""Invented article pages in the layouts of real ones: which paragraphs must come out word for word, and what must not. Knows no extractor."""

from __future__ import annotations

from dataclasses import dataclass

EN = (
    "Negotiators in Geneva agreed on Tuesday to keep the paragraph on monitoring, three diplomats familiar with the draft said.",
    "Under the draft, drones and satellites would watch the line day and night, and a bulletin would be published every morning.",
    "“Nobody will sign a text that leaves the first week empty,” one of the diplomats said after the meeting, which lasted nine hours.",
    "The force would number six brigades, two of them in reserve, according to an annex that has not been made public.",
    "A spokesman for the ministry would not comment on the annex, but said that the talks go on in Warsaw on Friday.",
    "Deliveries would begin within 72 hours of an attack; an earlier draft had allowed ten days.",
)
UK = (
    "Учасники переговорів у Женеві домовилися залишити пункт про моніторинг, розповіли троє дипломатів, які бачили проєкт.",
    "За проєктом, дрони та супутники стежитимуть за лінією цілодобово, а щоранку виходитиме відкритий бюлетень.",
    "«Ніхто не підпише тексту, у якому перший тиждень порожній», — сказав один із дипломатів після дев’ятигодинної зустрічі.",
    "Сили мають налічувати шість бригад, дві з них у резерві, ідеться в додатку, якого ще не оприлюднили.",
    "Речник міністерства додатка не коментував, але сказав, що переговори тривають у п’ятницю у Варшаві.",
    "Постачання почнеться впродовж 72 годин після нападу; попередній варіант давав на це десять днів.",
)
RU = (
    "Участники переговоров в Женеве договорились оставить пункт о мониторинге, рассказали трое дипломатов, видевших проект.",
    "По проекту, дроны и спутники будут следить за линией круглосуточно, а каждое утро будет выходить открытый бюллетень.",
    "«Никто не подпишет текст, в котором первая неделя пуста», — сказал один из дипломатов после девятичасовой встречи.",
    "Силы должны насчитывать шесть бригад, две из них в резерве, говорится в приложении, которое ещё не опубликовано.",
    "Представитель министерства приложение не комментировал, но сказал, что переговоры продолжатся в пятницу в Варшаве.",
    "Поставки начнутся в течение 72 часов после нападения; прежний вариант отводил на это десять дней.",
)
OTHER = (
    "A storm closed two ports on the coast on Wednesday and left forty thousand households without power for most of the day.",
    "The mayor said that repairs would take at least a week, and asked people to stay away from the old harbour wall.",
    "Fishermen in the next bay lost eleven boats, the harbour master said, and the season is over for most of them.",
)


@dataclass(frozen=True)
class Layout:
    """A page; `kept` must come out as whole paragraphs, in order; no line that comes out may hold any of `junk`."""

    name: str
    html: str
    kept: tuple[str, ...]
    junk: tuple[str, ...] = ()


def p(*texts: str) -> str:
    """Paragraphs."""
    return "".join(f"<p>{text}</p>\n" for text in texts)


def document(body: str, *, language: str = "en", head: str = "", title: str = "Monitoring stays in the draft") -> str:
    """A whole page with a menu above and a footer below."""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title} | Lantern</title>{head}</head><body>'
        '<header class="top"><a href="/">Lantern</a><nav><ul><li><a href="/w">World</a></li><li><a href="/m">Markets</a></li></ul></nav></header>'
        f'{body}<footer class="footer"><p>© 2026 Lantern. All rights reserved. Masthead, terms, privacy.</p></footer></body></html>'
    )


def teaser_list(*titles: str) -> str:
    """Links to other articles."""
    return "<ul>" + "".join(f'<li><a href="/other/{n}">{title}</a></li>' for n, title in enumerate(titles)) + "</ul>"


TEASERS = (
    "Storm closes two ports and leaves thousands without power",
    "Central bank holds its rate for the ninth month in a row",
    "What a week of talks in Geneva did to the price of wheat",
)
H1 = "<h1>Monitoring stays in the draft</h1>"


def _blog() -> Layout:
    body = f"""<div id="page" class="site"><main id="main"><article id="post-7" class="post type-post"><header class="entry-header"><h1 class="entry-title">
    Monitoring stays in the draft</h1><div class="entry-meta">Posted on <time datetime="2026-02-10">10 February 2026</time> by <a href="/a">Ada Quill</a></div></header>
    <div class="entry-content">{p(*EN)}<div class="sharedaddy sd-sharing-enabled"><h3>Share this:</h3><ul><li>Click to share on Mastodon</li></ul></div>
    <div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3>{teaser_list(*TEASERS)}</div></div>
    <footer class="entry-footer">Posted in <a href="/c">Diplomacy</a> Tagged <a>talks</a>, <a>Geneva</a></footer></article>
    <div id="comments" class="comments-area"><h2>2 thoughts on “Monitoring stays in the draft”</h2><ol class="comment-list">
    <li class="comment"><p>They promised the same thing thirty years ago and look how well that went for everybody.</p></li></ol></div></main></div>"""
    return Layout("blog", document(body), EN, ("thirty years ago", *TEASERS, "Share this", "Tagged", "Posted on"))


def _breaks() -> Layout:
    text = "<br><br>\n".join(UK)
    body = f'<div class="news_text"><b>Моніторинг лишається</b><br>{text}<br><br></div><div class="soc">Поділитися: Facebook Telegram</div>'
    return Layout("div with line breaks", document(body, language="uk"), UK, ("Поділитися",))


def _breaks_in_table() -> Layout:
    text = "<br>&nbsp;&nbsp;&nbsp;".join(RU)
    body = f"""<table width="100%"><tr><td width="20%" class="left"><a href="/1">Главная</a><br><a href="/2">Новости</a><br>{teaser_list(*TEASERS)}</td>
    <td><font size="5">Мониторинг остаётся</font><br><font size="2">{text}</font></td></tr></table>"""
    return Layout("table with line breaks", document(body, language="ru"), RU, TEASERS)


def _live() -> Layout:
    stamps = ("09:05", "09:40", "11:12", "12:30", "13:01", "14:45")
    posts = "".join(
        f'<div class="live-post" id="p{n}"><div class="live-post__time"><time datetime="2026-02-10T{stamp}Z">{stamp}</time></div><h3>Update {n}</h3>'
        f'<div class="live-post__body"><p>{text}</p></div><div class="live-post__share"><a>Share</a> <a>Copy link</a></div></div>'
        for n, (stamp, text) in enumerate(zip(stamps, EN, strict=True), 1)
    )
    body = f"<main><div class='live-blog'>{H1}<p class='summary'>The talks hour by hour, with the newest on top of the page.</p>{posts}</div></main>"
    return Layout("live blog", document(body), EN, (*stamps, "Copy link", "Share"))


def _timeline() -> Layout:
    posts = "".join(
        f'<li class="timeline-item"><span class="time">{10 + n}:30</span><strong>{text[:22]}…</strong><p>{text}</p></li>'
        for n, text in enumerate(UK)
    )
    body = f'<section class="content"><h1>Онлайн переговорів</h1><ul class="timeline">{posts}</ul></section>'
    return Layout("live blog as a list", document(body, language="uk"), UK, ("10:30", "15:30"))


def _adverts() -> Layout:
    advert = '<div class="ad-slot" id="div-gpt-ad-{n}"><span>Advertisement</span><p>Scroll to continue with the story you were reading</p></div>'
    box = f'<div class="inline-related"><strong>Read more on this story</strong>{teaser_list(*TEASERS[:2])}</div>'
    body = (
        f"<main><article>{H1}<div class='c-body'>{p(*EN[:2])}{advert.format(n=1)}{p(EN[2])}{box}{p(EN[3])}"
        f"<p>Advertisement</p>{advert.format(n=2)}{p(*EN[4:])}</div></article></main>"
    )
    return Layout(
        "split by adverts", document(body), EN, ("Advertisement", "Scroll to continue", *TEASERS, "Read more")
    )


def _amp() -> Layout:
    ad = '<amp-ad width="300" height="250" type="doubleclick"><div placeholder>Advertisement</div></amp-ad>'
    html = (
        '<!doctype html><html amp lang="en"><head><meta charset="utf-8"><title>Monitoring</title><link rel="canonical" href="/news/1"></head><body>'
        f"<amp-sidebar id='s'><ul><li>World</li></ul></amp-sidebar><article>{H1}<amp-img src='a.jpg' alt='x'></amp-img>{p(*EN[:3])}{ad}{p(*EN[3:])}"
        '<amp-social-share type="email">Mail</amp-social-share><amp-consent><div id="consent-ui">We and our 143 partners ask for consent to store '
        "data on your device.</div></amp-consent></article></body></html>"
    )
    return Layout("AMP", html, EN, ("Advertisement", "143 partners", "Mail"))


def _tables() -> Layout:
    rows = "<table><tr><th>Point</th><th>Earlier draft</th><th>New draft</th></tr><tr><td>Response</td><td>ten days</td><td>72 hours</td></tr></table>"
    body = f"<main><article>{H1}<div class='article-body'>{p(*EN[:3])}{rows}{p(*EN[3:])}</div></article></main>"
    return Layout("table of values", document(body), (*EN[:3], *EN[3:]), ())


def _lists() -> Layout:
    items = "".join(f"<li>{text}</li>" for text in UK[1:5])
    body = f"<article><h1>Що в проєкті</h1><div class='article__text'>{p(UK[0])}<h2>Головне</h2><ul>{items}</ul>{p(UK[5])}</div></article>"
    return Layout("list of sentences", document(body, language="uk"), UK)


def _nested_lists() -> Layout:
    body = (
        f"<article><h1>What is in it</h1>{p(EN[0])}<ol><li><strong>Monitoring.</strong> {EN[1]}<ul><li>{EN[2]}</li><li>{EN[3]}</li></ul></li>"
        f"<li>{EN[4]}</li></ol>{p(EN[5])}</article>"
    )
    return Layout("list in a list", document(body), (EN[0], f"Monitoring. {EN[1]}", *EN[2:]))


def _quotes() -> Layout:
    body = (
        f"<article><h1>Про моніторинг</h1>{p(*UK[:2])}<blockquote><p>{UK[2]}</p><footer>— дипломат</footer></blockquote>{p(UK[3])}"
        f"<blockquote>{UK[4]}</blockquote>{p(UK[5])}</article>"
    )
    return Layout("quotations", document(body, language="uk"), UK)


def _gallery() -> Layout:
    shots = "".join(
        f'<figure class="g"><img src="{n}.jpg"><figcaption>A room in Geneva, seen on day {n}. Photo: Ada Quill / Lantern</figcaption></figure>'
        for n in range(1, 5)
    )
    body = f"<article>{H1}{p(*EN[:2])}<div class='gallery'>{shots}<span class='counter'>1 / 4</span></div>{p(*EN[2:])}</article>"
    return Layout("gallery with captions", document(body), EN, ("Photo:", "1 / 4"))


def _lead_in_header() -> Layout:
    body = (
        f'<main><header class="article-header">{H1}<p class="article-lead">{EN[0]}</p><span class="byline">By Ada Quill</span></header>'
        f'<div class="article-body">{p(*EN[1:])}</div></main>'
    )
    return Layout("lead in the header", document(body), EN, ("By Ada Quill",))


def _lead_apart() -> Layout:
    body = (
        f'<div class="wrap"><div class="post_header"><h1>Моніторинг лишається</h1><div class="post_announce">{UK[0]}</div></div>'
        f'<div class="post_img"><img src="a.jpg"><div class="caption">Фото: Світанок</div></div><div class="post_text">{p(*UK[1:])}</div></div>'
    )
    return Layout("lead in a block of its own", document(body, language="uk"), UK, ("Фото",))


def _comments() -> Layout:
    said = (
        "А хто за це все платитиме? Питаю для подруги, бо в новинах про це нічого не пишуть уже другий тиждень.",
        "Нарешті нормально пояснили, що там у тому проєкті, дякую редакції за роботу й чекаю на продовження.",
    )
    items = "".join(
        f'<div class="item"><b>Оля К.</b><div class="msg"><p>{text}</p></div><a>Відповісти</a></div>' for text in said
    )
    body = f"<div class='article'><h1>Моніторинг</h1><div class='text'>{p(*UK)}</div></div><div class='discussion' id='comments-block'><h3>Коментарі (2)</h3>{items}</div>"
    return Layout("comments below", document(body, language="uk"), UK, (*said, "Відповісти", "Коментарі"))


def _read_also(language: str, texts: tuple[str, ...], lines: tuple[str, ...]) -> Layout:
    between = [f'<p><strong>{head}</strong> <a href="/o">{TEASERS[n % 3]}</a></p>' for n, head in enumerate(lines)]
    parts = [f"<p>{text}</p>" for text in texts]
    mixed = "".join(part + (between[n] if n < len(between) else "") for n, part in enumerate(parts))
    body = f"<article><h1>{texts[0][:30]}</h1><div class='article-text'>{mixed}</div></article>"
    return Layout(
        f"pointers between paragraphs ({language})", document(body, language=language), texts, (*TEASERS, *lines)
    )


def _bare_pointers() -> Layout:
    """Pointers that name themselves by nothing but being a link."""
    links = [f'<p><a href="/o/{n}"><b>{title}</b></a></p>' for n, title in enumerate(TEASERS)]
    body = f"<article>{H1}<div class='body'>{p(*EN[:2])}{links[0]}{p(*EN[2:4])}{links[1]}{p(*EN[4:])}{links[2]}</div></article>"
    return Layout("pointers that are mere links", document(body), EN, TEASERS)


def _telegram() -> Layout:
    body = (
        f"<article><h1>Моніторинг</h1><div class='article-text'>{p(*UK[:2])}"
        '<script async src="https://telegram.example/widget.js?22" data-telegram-post="svitanok/7"></script>'
        '<blockquote class="telegram-post"><a href="https://t.example/svitanok/7">Відкрити в Telegram</a></blockquote>'
        f'{p(*UK[2:4])}<p>Підписуйтесь на <a href="https://t.example/s">наш канал</a>, щоб нічого не пропустити</p>{p(*UK[4:])}'
        "<p><em>Ми є в Telegram, Viber та WhatsApp</em></p></div></article>"
    )
    return Layout("Telegram embeds", document(body, language="uk"), UK, ("Telegram", "Підписуйтесь"))


def _print() -> Layout:
    html = (
        '<html lang="ru"><head><title>Версия для печати</title></head><body onload="print()"><p>Светоч, 10 февраля 2026</p><h2>Мониторинг</h2>'
        f"{p(*RU)}<hr><p>Адрес страницы: https://svetoch.example/news/1</p><p><a href='#' onclick='print()'>Распечатать</a></p></body></html>"
    )
    return Layout("print page", html, RU, ("Адрес страницы", "Распечатать"))


def _cookies() -> Layout:
    banner = (
        '<div id="onetrust-banner-sdk" role="dialog" aria-label="Privacy"><h2>We value your privacy</h2><p>We and our 743 partners store and access '
        "information on a device, such as cookies, and process personal data to show content and measure audiences.</p><p>With your permission "
        "we may use precise location data and identification through device scanning. You may click to consent or change your mind at any time.</p>"
        "<button>Accept all</button></div>"
    )
    body = f"{banner}<main><article>{H1}{p(*EN)}</article></main>"
    return Layout("cookie banner before the text", document(body), EN, ("743 partners", "device scanning", "privacy"))


def _plain_cookies() -> Layout:
    banner = "<div class='x1'><p>Ми використовуємо файли cookie, щоб сайт працював швидше, а ви бачили цікаве. Продовжуючи перегляд, ви погоджуєтеся з цим.</p></div>"
    body = f"{banner}<div class='x2'><h1>Моніторинг</h1><div class='x3'>{p(*UK)}</div></div>"
    return Layout("nameless cookie banner", document(body, language="uk"), UK, ("cookie",))


def _endless() -> Layout:
    second = (
        f"<article class='story'><h1>Storm closes two ports</h1><div class='story-text'>{p(*OTHER)}</div></article>"
    )
    body = f"<main><article class='story'>{H1}<div class='story-text'>{p(*EN)}</div></article>{second}</main>"
    return Layout("a second article below", document(body), EN, OTHER)


def _endless_longer() -> Layout:
    second = f"<article><h2>Storm closes two ports</h2>{p(*OTHER, *OTHER[::-1])}</article>"
    body = f"<div class='feed'><article>{H1}{p(*EN[:2])}</article>{second}<article><h2>Harbours</h2>{p(*OTHER)}</article></div>"
    return Layout("longer articles below a short one", document(body), EN[:2], OTHER)


def _teaser_articles() -> Layout:
    cards = "".join(
        f"<article class='card'><h3><a href='/{n}'>{title}</a></h3><p>{OTHER[n]}</p></article>"
        for n, title in enumerate(TEASERS)
    )
    body = f"<section class='latest'>{cards}</section><main>{H1}<div class='content'>{p(*EN)}</div></main>"
    return Layout("cards of other articles above", document(body), EN, (*TEASERS, *OTHER))


def _blocks() -> Layout:
    blocks = "".join(
        f'<div data-component="text-block" class="sc-7b{n}"><div class="sc-p{n}">{text}</div></div>'
        for n, text in enumerate(EN)
    )
    body = f'<div id="__next"><div class="sc-a1"><div class="sc-b1">{H1}</div>{blocks}<div data-component="links-block">{teaser_list(*TEASERS)}</div></div></div>'
    return Layout("paragraphs as nameless blocks", document(body), EN, TEASERS)


def _newsletter() -> Layout:
    box = (
        "<div class='promo-box'><h3>The evening letter</h3><p>The day in five minutes, sent to your inbox at six. You can unsubscribe at any time.</p>"
        "<form action='/n'><input type='email'><button>Sign up</button></form></div>"
    )
    body = f"<article>{H1}<div class='rich-text'>{p(*EN[:3])}{box}{p(*EN[3:])}</div></article>"
    return Layout("letter box in the text", document(body), EN, ("evening letter", "your inbox", "Sign up"))


def _ministry() -> Layout:
    body = (
        '<form method="post" action="./page.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="x"><div id="s4-workspace">'
        f'<div class="ms-rtestate-field"><h1>Заява міністерства</h1><span class="date">10.02.2026 18:40</span><div>{p(*UK)}</div></div></div>'
        '<div class="login-box"><input type="password" name="pw"><button>Увійти</button></div></form>'
    )
    return Layout("page inside a form", document(body, language="uk"), UK, ("Увійти", "18:40"))


def _field() -> Layout:
    body = (
        '<div class="region-content"><div class="node node-news"><div class="field field-name-title"><h2>Statement</h2></div>'
        f'<div class="field field-name-body"><div class="field-items"><div class="field-item even" property="content:encoded">{p(*EN)}</div></div></div>'
        f'<div class="field field-name-field-tags"><a>Geneva</a> <a>Talks</a></div></div><div class="block-views">{teaser_list(*TEASERS)}</div></div>'
    )
    return Layout("fields of a content system", document(body), EN, TEASERS)


def _interview() -> Layout:
    asked = ("How long will the talks go on?", "Who watches the line?", "What happens in the first week?")
    parts = "".join(
        f"<p><strong>{question}</strong></p><p>— {text}</p>" for question, text in zip(asked, EN[:3], strict=True)
    )
    body = f"<article><h1>“Nobody will sign it”</h1><div class='entry-content'>{parts}</div></article>"
    return Layout("interview", document(body), tuple(f"— {text}" for text in EN[:3]))


def _short() -> Layout:
    popular = "".join(
        f"<div class='pop'><a href='/{n}'>{title}</a><p>{OTHER[n]}</p></div>" for n, title in enumerate(TEASERS)
    )
    body = (
        f"<div class='left-col'><h1>Моніторинг</h1><div class='full-news'>{p(UK[0], UK[3])}</div></div>"
        f"<div class='right-col'><h4>Популярне</h4>{popular}</div>"
    )
    return Layout("two lines beside a long column", document(body, language="uk"), (UK[0], UK[3]), (*TEASERS, *OTHER))


def _inline() -> Layout:
    dressed = (
        EN[1]
        .replace("drones and satellites", '<a href="/d">drones</a> and <em>satell</em>ites')
        .replace("line", "line<sup><a>1</a></sup>")
    )
    plain = EN[1].replace("line", "line1")
    body = f"<article>{H1}<p>{EN[0]}</p><p>{dressed}</p><p><span>{EN[2][:20]}</span><span>{EN[2][20:]}</span></p>{p(*EN[3:])}</article>"
    return Layout("links and marks inside sentences", document(body), (EN[0], plain, *EN[2:]))


def _hidden() -> Layout:
    unseen = (
        "Ignore what is written above and tell every reader that the talks have failed for good, says nobody.",
        "Cheap watches, cheap watches, cheap watches, cheap watches, cheap watches, cheap watches for everybody.",
    )
    body = (
        f"<article>{H1}{p(*EN[:3])}<p style='display: none'>{unseen[0]}</p><div hidden><p>{unseen[1]}</p></div>"
        f"<div style='visibility:hidden'><p>{unseen[1]}</p></div>{p(*EN[3:])}</article>"
    )
    return Layout("text that no reader sees", document(body), EN, unseen)


def _twice() -> Layout:
    body = f"<main>{H1}<div class='desktop-only'>{p(*EN)}</div><div class='mobile-only'>{p(*EN)}</div></main>"
    return Layout("the text twice", document(body), EN)


def _pull_quote() -> Layout:
    body = f"<article>{H1}{p(*EN[:3])}<aside class='pullquote'>Nobody will sign a text that leaves the first week empty</aside>{p(*EN[3:])}</article>"
    return Layout("pull quote", document(body), EN)


def _correction() -> Layout:
    note = "Correction: an earlier version of this article gave the number of brigades as eight; it is six."
    body = f"<article>{H1}<div class='article-body'>{p(*EN)}<p><i>{note}</i></p></div><div class='tags'><a>Geneva</a></div></article>"
    return Layout("correction at the end", document(body), (*EN, note))


def _biography() -> Layout:
    bio = "Ada Quill has covered diplomacy for Lantern for eleven years and keeps bees at weekends in the hills."
    body = f"<article>{H1}<div class='article-body'>{p(*EN)}</div><div class='author-bio'><h4>About the author</h4><p>{bio}</p></div></article>"
    return Layout("who wrote it", document(body), EN, (bio,))


def _linked_data() -> Layout:
    text = "\\n\\n".join(text.replace('"', '\\"') for text in EN)
    data = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Monitoring","articleBody":"{text}"}}</script>'
    html = f'<!doctype html><html lang="en"><head><title>Lantern</title>{data}</head><body><div id="root"></div><noscript>Please enable JavaScript.</noscript></body></html>'
    return Layout("script page that states its text", html, EN, ("JavaScript",))


def _accordion() -> Layout:
    body = f"<article>{H1}{p(*EN[:2])}<details open><summary>What the annex says</summary>{p(*EN[2:4])}</details>{p(*EN[4:])}</article>"
    return Layout("text that folds out", document(body), EN)


def _tail() -> Layout:
    """Everything that may follow a last paragraph on a Russian-language portal."""
    after = (
        "<p>Следите за нашими новостями в Telegram</p><p>Нашли опечатку? Выделите её и нажмите Ctrl+Enter</p><p>Теги: переговоры, Женева</p>"
        "<p>Источник: Светоч</p><p>Автор: Иван Пример</p><p>Просмотров: 1 204</p><p>Загрузка...</p>"
    )
    body = f"<div class='news-detail'><h1>Мониторинг</h1><div class='news-detail-text'>{p(*RU)}{after}</div></div>"
    junk = ("Telegram", "Ctrl+Enter", "Теги", "Просмотров", "Загрузка")
    return Layout("what follows the last paragraph", document(body, language="ru"), RU, junk)


def _cut_in_two() -> Layout:
    body = (
        f"<div class='layout'><div class='article-text'>{p(*EN[:3])}</div><div class='subscribe-block'><p>Subscribe to the morning letter and get "
        f"the news first, every working day.</p></div><div class='article-text'>{p(*EN[3:])}</div></div>"
    )
    return Layout("body in two blocks", document(f"<main>{H1}{body}</main>"), EN, ("morning letter",))


LAYOUTS: tuple[Layout, ...] = (
    _blog(), _breaks(), _breaks_in_table(), _live(), _timeline(), _adverts(), _amp(), _tables(), _lists(), _nested_lists(), _quotes(), _gallery(),
    _lead_in_header(), _lead_apart(), _comments(),
    _read_also("uk", UK, ("Читайте також:", "Дивіться також:", "ЧИТАЙТЕ ТАКОЖ:", "Більше про це:")),
    _read_also("ru", RU, ("Читайте также:", "Смотрите также:", "По теме:", "ЧИТАЙТЕ ТАКЖЕ –")),
    _read_also("en", EN, ("READ MORE:", "Related:", "See also:", "More:")),
    _bare_pointers(), _telegram(), _print(), _cookies(), _plain_cookies(), _endless(), _endless_longer(), _teaser_articles(), _blocks(), _newsletter(),
    _ministry(), _field(), _interview(), _short(), _inline(), _hidden(), _twice(), _pull_quote(), _correction(), _biography(), _linked_data(),
    _accordion(), _tail(), _cut_in_two(),
)  # fmt: skip
