# Картина загалом, один рівень, стан справ.
dispute = { $one } чи { $other }? Не з’ясовано
dispute-since = { $one } чи { $other }? Не з’ясовано з { $day }
newest-by = найновіше:
nothing-told = про це ще нічого не сказано
told-by = { $outlets ->
    [one] { $outlets } видання
    [few] { $outlets } видання
   *[many] { $outlets } видань
}
told-by-last = { $outlets ->
    [one] { $outlets } видання
    [few] { $outlets } видання
   *[many] { $outlets } видань
}, востаннє { $day }
moved-today = зміна сьогодні, { $day }
moved-yesterday = зміна вчора, { $day }
silent-for = без змін { $days ->
    [one] { $days } день
    [few] { $days } дні
   *[many] { $days } днів
}, з { $day }
moved-since-looked = Змінилося відтоді, як сюди востаннє дивилися ({ $moment }): { $moved }.
still-since-looked = Відтоді, як сюди востаннє дивилися ({ $moment }), нічого не змінилося.

read-sources = Прочитано джерел: { $read } із { $sources }.
blind = Недоступні: { $outlets }.
blind-since = { $outlet } з { $day }
not-read-yet = Ще не прочитано: { $sources }.
and-more = { $names } та ще { $count }
last-read = Останнє читання: { $moment }.

no-points-yet = Жодне з джерел, які тут читають, про це ще нічого не сказало.
older-points = Ще { $count ->
    [one] { $count } давніша теза
    [few] { $count } давніші тези
   *[many] { $count } давніших тез
}: /{ $command }
ask-why = Чому теза тут: /why { $id }

status-title = Стан справ · { $topic }
section-parties = Сторони
section-process = Перебіг
section-open = Відкриті питання
section-day = Зміни за останні 24 години
section-week = Зміни за шість днів до того
stance-since = від { $day }
stance-since-was = від { $day } · раніше: { $before }
no-process-yet = Про зустрічі, проєкти, підписи чи дати ще не повідомляли.
nothing-open = Повідомлення одне одному не суперечать.
unsettled-since = джерела розходяться, не з’ясовано з { $day }
rung-not-known = Поки невідомо, як далеко зайшло: { $layers }.
stance-not-known = Загальна позиція невідома: { $parties }.
nothing-moved-short = Змін немає.
section-apart = Інакше, ніж було: { $moment }
nothing-apart = Усе так само, як було тоді.

more-movements = і ще { $count ->
    [one] { $count } зміна
    [few] { $count } зміни
   *[many] { $count } змін
}
more-quotes = Ще { $count ->
    [one] { $count } цитата
    [few] { $count } цитати
   *[many] { $count } цитат
}: /{ $command }

button-layers = Усі рівні
button-digest = Що змінилося
button-status = Хто за що
button-sources = Джерела
button-latest = Найновіше
button-help = Усі команди
button-older = Давніші тези
button-why = Чому так
button-next-page = Далі
button-previous-page = Назад
