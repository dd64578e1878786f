# Найновіше, пояснення, джерела, довідка.
latest-title = Найновіші тези · { $topic }
why-title = Чому так · { $subject }
why-relevant = Стосується плану (оцінка { $score }): { $why }
why-not-relevant = Плану не стосується (оцінка { $score }): { $why }
why-filed = Віднесено до: { $subject }
why-stance = Позиція, яку з цього видно: { $stance }
why-rung = Ідеться про такий етап: { $rung }
why-numbers = Числа в реченні: { $numbers }
why-joined = Об’єднано з іншими згадками того самого факту: /why { $id }
why-told = { $points ->
    [one] { $points } згадка
    [few] { $points } згадки
   *[many] { $points } згадок
}, { $reports ->
    [one] { $reports } незалежне повідомлення
    [few] { $reports } незалежні повідомлення
   *[many] { $reports } незалежних повідомлень
}, уперше { $first }, востаннє { $last }.
why-rule = Правило: { $why }
why-sure = Певність: { $percent } %
why-changes = Що через це змінилося

sources-title = Джерела · { $topic }
no-sources = Для цього плану не задано жодного джерела. Адміністратор додає його командою: planwatch feeds add АДРЕСА
sources-blind = Недоступні: { $sources }.
sources-silent = Понад місяць без новин: { $sources }.
sources-paused = Вимкнені: { $sources }.
page-of = Сторінка { $page } із { $pages }
newest-since = найновіше — { $day }
health-new = ще не прочитано
health-never = досі не прочитано, невдовзі нова спроба
health-silent = мовчить
health-good = читається
health-failing = збій, невдовзі нова спроба
health-blind = недоступне, спроба щодня
health-gone = закрите, спроб більше немає
health-paused = вимкнено
trouble-address-refused = адреса приватна, її відхилено
trouble-bad-address = за такою адресою читати неможливо
trouble-dns = імені сервера не знайдено
trouble-connection = сервер недосяжний
trouble-timeout = сервер надто довго не відповідав
trouble-too-large = обсяг перевищує дозволений
trouble-too-many-redirects = нескінченне перенаправлення
trouble-http-status = сервер відповів помилкою
trouble-rate-limited = сервер просить звертатися рідше
trouble-gone = стрічку закрито
trouble-not-a-feed = за адресою немає стрічки новин
trouble-broken-feed = стрічку пошкоджено
trouble-tls = недійсний сертифікат
trouble-challenge-page = сайт пускає лише браузери
trouble-robots = сайт не дозволяє читати себе програмам
trouble-internal = збій читання на нашому боці, подробиці в журналі

find-title = Знайдено { $count ->
    [one] { $count } стрічку
    [few] { $count } стрічки
   *[many] { $count } стрічок
}: { $site }
find-known = уже читається
find-known-but = уже в переліку: { $state }
find-how = Що тут читати, вирішує той, хто запустив planwatch. Щоб додати цю стрічку:
find-who-adds = Що тут читати, вирішує той, хто запустив planwatch.
find-none = За адресою { $site } стрічки новин не знайдено. Спробуйте сторінку новин або адресу самої стрічки.
find-failed = Не вдалося переглянути { $site }: { $reason }.

help-title = Про що можна запитати
introduction = Стежу за одним планом у новинах: { $topic }. Кожен рядок — опубліковане речення з джерелом або підрахунок таких речень.
start-how = Дайджест щоранку: /subscribe 08:00 Київ. Усе інше: /help.
help-names = Рівень можна назвати номером, назвою або її початком: /layer { $number }, /layer { $name }, /layer { $id }. Так само й сторону.
help-promise = Чого не каже жодне джерело, того тут немає; де джерела розходяться, показано обидва.

# Причини, які занотовує аналіз.
reason-first-telling = перша згадка
reason-first-value-told = перше назване значення
reason-an-earlier-value-told-as-background = давніше значення, подане як передісторія
reason-two-reports-give-different-values-neither-says-that-it-replaces-the-other = два повідомлення подають різні значення, і жодне не каже, що заступає інше
reason-later-reports-settle-it-for-what-stood-before = пізніші повідомлення підтвердили те, що було
reason-a-second-report-tells-it-too = про це пише й друге повідомлення
reason-the-day-that-was-stated-is-over = названий день минув
reason-what-put-it-there-was-taken-back = те, на чому це трималося, спростовано
reason-a-later-report-gives-another-value = новіше повідомлення називає інше значення
reason-first-word-on-this = перше слово про це
reason-another-stance-of-the-same-party-on-the-same-point = інша позиція тієї самої сторони щодо того самого
reason-takes-back-or-denies-an-earlier-report = спростовує або відкликає раніше сказане
reason-nothing-of-where-the-plan-plays = немає нічого про місце дії
reason-about-another-country = ідеться про іншу країну
reason-its-words-mean-something-else-here = ті самі слова тут означають інше
reason-does-not-name-the-plan = план не згадано
reason-names-the-plan = план згадано
reason-speaks = ідеться про таке: { $subject }
reason-speaks-and-names = ідеться про таке: { $subject }; є слова { $names }
reason-only-names = є слова { $names }, але жодне речення не каже, що в плані
reason-rung = { $rung }: офіційних повідомлень { $officials }, незалежних { $outlets }; потрібно офіційних { $official } або незалежних { $outlet }

# Звідки взято текст статті і що змінила нова версія.
text-of-feed = Текст узято зі стрічки: { $reason }.
no-text-not-a-page = посилання веде не на вебсторінку
no-text-pdf = посилання веде на PDF
no-text-challenge = сторінка пускає лише браузери
no-text-login = сторінка просить пароль
no-text-consent = сторінка спершу просить згоди
no-text-paywall = доступ до сторінки платний
no-text-script = без скриптів сторінка порожня
no-text-stub = на сторінці майже немає тексту
no-text-not-found = сторінки вже немає
no-text-front-page = посилання веде на головну сторінку сайту
no-text-too-slow = сторінка читалася надто довго
no-text-broken = сторінку не вдалося розібрати
no-text-unread = сторінку не вдалося прочитати, причина: { $trouble }
article-version = Версія { $version }: { $changes }.
edit-title = новий заголовок
edit-added = { $count ->
    [one] додано { $count } речення
    [few] додано { $count } речення
   *[many] додано { $count } речень
}
edit-removed = { $count ->
    [one] вилучено { $count } речення
    [few] вилучено { $count } речення
   *[many] вилучено { $count } речень
}
edit-reworded = { $count ->
    [one] переписано { $count } речення
    [few] переписано { $count } речення
   *[many] переписано { $count } речень
}
