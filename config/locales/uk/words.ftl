# Слова, з яких складаються інші речення.
list-end = { $beginning } і { $last }
moment = { $day }, { $clock }
in-zone = { $moment } ({ $city })
today-clock = сьогодні, { $clock }
yesterday-clock = учора, { $clock }
since-day = від { $day }
process = Перебіг
not-known = невідомо
position-of = { $party } (позиція)

mark-en = (англ.)
mark-uk = (укр.)
mark-ru = (рос.)
language-en = Англійською
language-uk = Українською
language-ru = Російською
language-unknown = Іншими мовами

rung-unknown = поки невідомо
rung-floated = озвучено
rung-proposed = запропоновано
rung-agreed-in-principle = погоджено в принципі
rung-text-agreed = текст узгоджено
rung-signed = підписано
rung-ratified = ратифіковано
rung-in-force = набуло чинності
rung-since = { $rung } — від { $day }
side-disputed = є розбіжності
side-stalled = без поступу
side-rejected = відхилено
side-withdrawn = відкликано

standing-standing = чинне
standing-superseded = є новіше повідомлення
standing-disputed = є розбіжності
standing-corrected = спростовано

stance-proposes = пропозиція
stance-supports = підтримка
stance-accepts = згода
stance-conditional = за певних умов
stance-undecided = рішення немає
stance-rejects = відмова
stance-none = позиція невідома
party-proposes = { $party }: пропозиція
party-supports = { $party }: підтримка
party-accepts = { $party }: згода
party-conditional = { $party }: за певних умов
party-undecided = { $party }: рішення немає
party-rejects = { $party }: відмова
party-silent = { $party }: відповіді немає
party-no-whole = { $party }: відповіді загалом немає
members = { $count } { $count ->
    [one] учасник
    [few] учасники
   *[many] учасників
}

role-at-least = щонайменше { $amount }
role-at-most = щонайбільше { $amount }
role-about = приблизно { $amount }
value-offered = { $value } (пропозиція)
value-offered-by = { $value } (пропозиція: { $party })
value-asked = { $value } (запит)
value-asked-by = { $value } (запит: { $party })
value-possible = можливо, { $value }
value-possible-by = можливо, { $value } ({ $party })
value-denied = { $value } (заперечено)
value-denied-by = { $value } (заперечення: { $party })
value-named-by = { $value } ({ $party })
value-was = { $value }, було { $before }
value-since = { $value } · від { $day }

amount-million = { $amount } млн
amount-billion = { $amount } млрд
unit-people = { $amount } { $n ->
    [one] особа
    [few] особи
    [other] особи
   *[many] осіб
}
unit-countries = { $amount } { $n ->
    [one] країна
    [few] країни
    [other] країни
   *[many] країн
}
unit-hours = { $amount } { $n ->
    [one] година
    [few] години
    [other] години
   *[many] годин
}
unit-days = { $amount } { $n ->
    [one] день
    [few] дні
    [other] дня
   *[many] днів
}
unit-weeks = { $amount } { $n ->
    [one] тиждень
    [few] тижні
    [other] тижня
   *[many] тижнів
}
unit-months = { $amount } { $n ->
    [one] місяць
    [few] місяці
    [other] місяця
   *[many] місяців
}
unit-years = { $amount } { $n ->
    [one] рік
    [few] роки
    [other] року
   *[many] років
}
unit-brigades = { $amount } { $n ->
    [one] бригада
    [few] бригади
    [other] бригади
   *[many] бригад
}
unit-battalions = { $amount } { $n ->
    [one] батальйон
    [few] батальйони
    [other] батальйону
   *[many] батальйонів
}
unit-votes = { $amount } { $n ->
    [one] голос
    [few] голоси
    [other] голосу
   *[many] голосів
}
unit-pages = { $amount } { $n ->
    [one] сторінка
    [few] сторінки
    [other] сторінки
   *[many] сторінок
}
unit-km = { $amount } км
unit-percent = { $amount } %
unit-EUR = { $amount } євро
unit-USD = { $amount } { $n ->
    [one] долар
    [few] долари
    [other] долара
   *[many] доларів
}
unit-GBP = { $amount } { $n ->
    [one] фунт
    [few] фунти
    [other] фунта
   *[many] фунтів
}
unit-UAH = { $amount } { $n ->
    [one] гривня
    [few] гривні
    [other] гривні
   *[many] гривень
}

citing = , з посиланням на { $outlet }
also = { " " }· також { $outlets }
one-source = { " " }· поки одне джерело
