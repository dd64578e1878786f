# Дайджести й зміни.
digest-title = Що змінилося · { $window }
window = { $since } — { $until }
kind-new = нове
kind-new-value = { $now } (нове)
kind-correction = спростовано
kind-conflict = джерела розходяться
kind-conflict-of = { $one } чи { $other }? Джерела розходяться
kind-settled = розбіжність знято: { $now }, а не { $before }
kind-deadline = кінцевий строк: { $now }
kind-passed = { $before } — ця дата минула
now-was = { $now }, було { $before }
now-only = { $now }
fresh-points = Нові тези: { $places }
fresh-in = { $subject } — { $count }

more-rung = змінився і статус
more-stance = змінилася й позиція
more-value = змінилося і значення
more-conflict = джерела щодо цього розходяться
more-correction = це спростовує раніше сказане
more-settled = знято й розбіжність між джерелами
more-deadline = названо й дату
more-passed = минула й названа дата
more-conflict-over = спершу джерела розходилися
more-new = є і щось нове

count-value = { $count ->
    [one] { $count } змінене значення
    [few] { $count } змінені значення
   *[many] { $count } змінених значень
}
count-rung = { $count ->
    [one] { $count } зміна статусу
    [few] { $count } зміни статусу
   *[many] { $count } змін статусу
}
count-stance = { $count ->
    [one] { $count } зміна позиції
    [few] { $count } зміни позицій
   *[many] { $count } змін позицій
}
count-conflict = { $count ->
    [one] { $count } розбіжність між джерелами
    [few] { $count } розбіжності між джерелами
   *[many] { $count } розбіжностей між джерелами
}
count-correction = { $count ->
    [one] { $count } спростування
    [few] { $count } спростування
   *[many] { $count } спростувань
}
count-settled = { $count ->
    [one] { $count } знята розбіжність
    [few] { $count } зняті розбіжності
   *[many] { $count } знятих розбіжностей
}
count-deadline = { $count ->
    [one] { $count } названа дата
    [few] { $count } названі дати
   *[many] { $count } названих дат
}
count-passed = { $count ->
    [one] { $count } дата, що минула
    [few] { $count } дати, що минули
   *[many] { $count } дат, що минули
}
count-new = { $count ->
    [one] { $count } нова теза
    [few] { $count } нові тези
   *[many] { $count } нових тез
}

nothing-moved = З { $clock } { $day } нічого не змінилося.
nothing-read = За цей час не прочитано жодної статті, тож сказати про нього нічого.
none-relevant = Прочитано { $articles ->
    [one] { $articles } статтю
    [few] { $articles } статті
   *[many] { $articles } статей
}, про план — жодної.
all-known = Прочитано { $articles ->
    [one] { $articles } статтю
    [few] { $articles } статті
   *[many] { $articles } статей
}, із них про план — { $relevant }, усе вже відоме.
some-known = Прочитано { $articles ->
    [one] { $articles } статтю
    [few] { $articles } статті
   *[many] { $articles } статей
}, із них про план — { $relevant }.
longest-silence = Найдовше без змін: { $subject }, { $days ->
    [one] { $days } день
    [few] { $days } дні
   *[many] { $days } днів
}.
silent = Без змін: { $silences }.
silent-days = { $subject } { $days ->
    [one] { $days } день
    [few] { $days } дні
   *[many] { $days } днів
}
left-out = Не ввійшло: { $reasons }.
left-repeat = { $count ->
    [one] { $count } повтор
    [few] { $count } повтори
   *[many] { $count } повторів
}
left-copy = { $count ->
    [one] { $count } копія повідомлення
    [few] { $count } копії повідомлень
   *[many] { $count } копій повідомлень
}
left-told-before = { $count } уже в попередніх дайджестах
left-too-old = { $count } із давніх публікацій
left-over-limit = { $count } через брак місця
left-unsure = { $count ->
    [one] { $count } непевна теза
    [few] { $count } непевні тези
   *[many] { $count } непевних тез
}
left-returned = { $count } із поверненням до попереднього
left-not-chosen = { $count } про рівні, які тут не обрано

sources-unread = З { $day } не вдається прочитати { $count ->
    [one] { $count } джерело
    [few] { $count } джерела
   *[many] { $count } джерел
} із { $sources }: { $outlets }.
sources-unread-ever = Не вдається прочитати { $count ->
    [one] { $count } джерело
    [few] { $count } джерела
   *[many] { $count } джерел
} із { $sources }: { $outlets }.
unread-since = { $outlet } (з { $day })
sources-not-yet = Ще не прочитано { $count ->
    [one] { $count } джерело
    [few] { $count } джерела
   *[many] { $count } джерел
} із { $sources }.

next-digest = Наступний дайджест: { $near ->
    [today] сьогодні,{ " " }
    [tomorrow] завтра,{ " " }
   *[later] { "" }
}{ $weekday ->
    [0] у понеділок
    [1] у вівторок
    [2] у середу
    [3] у четвер
    [4] у п’ятницю
    [5] у суботу
   *[6] у неділю
}, { $day }, { $hour ->
    [11] об
   *[other] о
} { $clock } ({ $city }).
subscribed = Відтепер дайджест «{ $topic }» надходитиме сюди щодня { $hour ->
    [11] об
   *[other] о
} { $clock } ({ $city }).
subscribed-again = Змінено: дайджест «{ $topic }» надходитиме сюди щодня { $hour ->
    [11] об
   *[other] о
} { $clock } ({ $city }).
how-to-change = Інша година: /subscribe 20:15 Париж. Припинити: /unsubscribe.
unsubscribed = { $count ->
    [one] Дайджест сюди більше не надходитиме.
   *[other] Дайджести сюди більше не надходитимуть (скасовано: { $count }).
} На запитання відповідатиму й далі.
language-set = Відтепер тут говоритиму українською.
topics-title = Плани, за якими тут можна стежити
topic-current = обрано в цьому чаті
topic-set = Відтепер цей чат про «{ $topic }». Оформлена підписка на дайджест лишається без змін.
