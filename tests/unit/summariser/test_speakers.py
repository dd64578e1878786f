"""Who said it, and through whom, as the sentence names him. All sentences are invented."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest

from bot.model.languages import LanguagePack
from bot.model.stories import SourceKind
from bot.summariser.annotating import Annotator
from bot.summariser.speakers import speaker_of
from tests.builders import an_article

if TYPE_CHECKING:
    from tests.unit.summariser.conftest import Say

OFFICIAL, UNNAMED, DOCUMENT, OUTLET = SourceKind.OFFICIAL, SourceKind.UNNAMED, SourceKind.DOCUMENT, SourceKind.OUTLET

# (sentence, name, kind, via)
ENGLISH = [
    ("The cap stays at 800,000, Foreign Minister Sybiha said.", "Foreign Minister Sybiha", OFFICIAL, ""),
    ("“The cap stays,” said President Zelensky.", "President Zelensky", OFFICIAL, ""),
    ("According to two European diplomats, the force would number 15,000.", "two European diplomats", UNNAMED, ""),
    ("The force would number 15,000, according to a draft seen by Lantern.", "a draft", DOCUMENT, ""),
    ("Officials said the force would number 15,000.", "Officials", UNNAMED, ""),
    ("Bloomberg reported, citing officials, that the force would number 15,000.", "officials", UNNAMED, "Bloomberg"),
    ("The US will offer 15 years, Bloomberg reports, citing two people familiar with the talks.", "two people familiar with the talks", UNNAMED, "Bloomberg"),
    ("According to Reuters, the draft provides for 800,000 troops.", "", OUTLET, "Reuters"),
    ("Officials told Reuters the force would number 15,000.", "Officials", UNNAMED, "Reuters"),
    ("A European diplomat told the Financial Times that Kyiv would accept.", "A European diplomat", UNNAMED, "the Financial Times"),
    ("The Harbour Post, quoting a planning paper, says 20,000.", "a planning paper", DOCUMENT, "The Harbour Post"),
    ("The Wall Street Journal reported on Monday that the US would offer 15 years.", "", OUTLET, "The Wall Street Journal"),
    ("Mr Zelensky told reporters in Kyiv that the cap stays.", "Mr Zelensky", OFFICIAL, ""),
    ("Zelensky's office said the cap stays.", "Zelensky's office", OFFICIAL, ""),
    ("On Tuesday, German Chancellor Friedrich Merz said Berlin would not send troops.", "German Chancellor Friedrich Merz", OFFICIAL, ""),
    ("German Defence Minister Boris Pistorius, speaking in Brussels, said the force would number 15,000.", "German Defence Minister Boris Pistorius", OFFICIAL, ""),
    ("The force would number 15,000, French Foreign Minister Odile Varrot told lawmakers.", "French Foreign Minister Odile Varrot", OFFICIAL, ""),
    ("Speaking on condition of anonymity, a senior NATO official said the plan was ready.", "a senior NATO official", UNNAMED, ""),
    ("Two sources close to the negotiations said the text was agreed.", "Two sources close to the negotiations", UNNAMED, ""),
    ("The Kremlin has repeatedly said it will not accept foreign troops.", "The Kremlin", OFFICIAL, ""),
    ("Italy's foreign minister on Tuesday said Rome would send no troops.", "Italy's foreign minister", OFFICIAL, ""),
    ("The Senate will vote in May, officials said.", "officials", UNNAMED, ""),
    ("“We will sign,” Anna Hollis, the committee's spokeswoman, told reporters.", "Anna Hollis, the committee's spokeswoman", OFFICIAL, ""),
    ("Since early March the answer from Warsaw had been nobody at all.", "", OUTLET, ""),
    ("It said the cap stays.", "", OUTLET, ""),
    ("“We are done,” he said on condition of anonymity.", "", UNNAMED, ""),
    ("By midnight the White House had declared that the plan was ready.", "the White House", OFFICIAL, ""),
    ("The diplomat and a second official said the text was closed.", "The diplomat and a second official", UNNAMED, ""),
    ("A person who was in the room said the text was closed.", "", OUTLET, ""),
    ("Two people who know the text have told us that tanks stay.", "Two people", UNNAMED, ""),
    ("One of the diplomats said the text was closed.", "One of the diplomats", UNNAMED, ""),
    ("The force has a fixed date, said the office of Senator Rhoda Quill.", "the office of Senator Rhoda Quill", OFFICIAL, ""),
    ("It is to run for 25 years, according to the signed copy.", "the signed copy", DOCUMENT, ""),
    ("An official at the defence ministry said the brigade was ready.", "An official at the defence ministry", UNNAMED, ""),
    ("The ministers had a long argument about the report.", "", OUTLET, ""),
    ("If Ukraine declares an alarm, the guarantors have 24 hours.", "", OUTLET, ""),
    ("Ukraine's foreign ministry confirmed the figure.", "Ukraine's foreign ministry", OFFICIAL, ""),
    ("Poland said it would open a hub.", "Poland", OFFICIAL, ""),
    ("The coalition's staff confirmed that it would be 20,000 strong.", "The coalition's staff", OFFICIAL, ""),
    ("We reported, on the word of two officials, that help had to come within 48 hours.", "two officials", UNNAMED, ""),
]  # fmt: skip
UKRAINIAN = [
    ("За словами міністра оборони, чисельність не зміниться.", "міністра оборони", OFFICIAL, ""),
    ("Чисельність не зміниться, заявив Зеленський.", "Зеленський", OFFICIAL, ""),
    ("Президент України заявив, що чисельність не зміниться.", "Президент України", OFFICIAL, ""),
    ("За даними двох дипломатів, сили налічуватимуть 15 тисяч.", "двох дипломатів", UNNAMED, ""),
    ("Bloomberg із посиланням на чиновників повідомляє, що сили налічуватимуть 15 тисяч.", "чиновників", UNNAMED, "Bloomberg"),
    ("Про це пише Financial Times із посиланням на джерела в уряді.", "джерела в уряді", UNNAMED, "Financial Times"),
    ("За даними Reuters, проєкт передбачає 800 тисяч військових.", "", OUTLET, "Reuters"),
    ("Як повідомив речник МЗС Лесь Горобець, документ погоджено.", "речник МЗС Лесь Горобець", OFFICIAL, ""),
    ("Про це заявив президент України Володимир Зеленський під час брифінгу в Києві.", "президент України Володимир Зеленський", OFFICIAL, ""),
    ("Міністр закордонних справ Андрій Сибіга сказав, що гарантії мають бути договором.", "Міністр закордонних справ Андрій Сибіга", OFFICIAL, ""),
    ("Видання «Обрій» із посиланням на трьох дипломатів стверджує, що текст готовий.", "трьох дипломатів", UNNAMED, "Видання «Обрій»"),
    ("У Кремлі заявили, що не погодяться на іноземні війська.", "У Кремлі", OFFICIAL, ""),
    ("Співрозмовник агентства у Брюсселі розповів про деталі плану.", "Співрозмовник агентства у Брюсселі", UNNAMED, ""),
    ("У Міноборони Німеччини підтвердили участь бригади.", "У Міноборони Німеччини", OFFICIAL, ""),
    ("За словами високопоставленого європейського дипломата, текст готовий.", "високопоставленого європейського дипломата", UNNAMED, ""),
    ("Міністр оборони Тарас Гнатюк у вівторок заявив, що текст готовий.", "Міністр оборони Тарас Гнатюк", OFFICIAL, ""),
    ("Строк повертається до 72 годин, повідомили «Обрію» двоє дипломатів.", "двоє дипломатів", UNNAMED, ""),
    ("«Мости цілі», — сказав Обрію посадовець міністерства.", "посадовець міністерства", UNNAMED, ""),
    ("«Три підписи є підсумком праці», — зазначила речниця міністерства Оксана Заруба після церемонії в Брюсселі.", "речниця міністерства Оксана Заруба", OFFICIAL, ""),
    ("«Нам треба два покоління», — пояснив співробітник апарату.", "співробітник апарату", UNNAMED, ""),
    ("Якщо стоїть «щонайменше», ми за, каже радник Офісу президента Левко Маляр.", "радник Офісу президента Левко Маляр", OFFICIAL, ""),
    ("Передовий штаб буде в Києві, повідомила пресслужба коаліції.", "пресслужба коаліції", OFFICIAL, ""),
    ("За словами одного з них, снаряди рахуватимуть.", "одного з них", UNNAMED, ""),
    ("«Поставки почнуться за десять днів», — сказав він на умовах анонімності.", "", UNNAMED, ""),
    ("The Northern Courier писав про спільний моніторинг.", "", OUTLET, "The Northern Courier"),
    ("Хтось у Любляні написав «сімсот п'ятдесят тисяч».", "", OUTLET, ""),
    ("Водночас народний депутат Павло Бондар нагадав, що Україна пропонувала тридцять років.", "народний депутат Павло Бондар", OFFICIAL, ""),
    ("Дату перенесли, повідомив сьогодні мальтійський уряд.", "мальтійський уряд", OFFICIAL, ""),
    ("Італійський уряд теж оголосив, що своїх військових не дасть.", "Італійський уряд", OFFICIAL, ""),
    ("Російське зовнішньополітичне відомство повторило, що не терпітиме чужих військ.", "Російське зовнішньополітичне відомство", OFFICIAL, ""),
    ("Польща повідомила, що відкриє хаб.", "Польща", OFFICIAL, ""),
    ("«Жоден солдат», — так говорила в Сеймі заступниця міністра оборони Марта Ковальська.", "заступниця міністра оборони Марта Ковальська", OFFICIAL, ""),
    ("Британський міністр на порозі нагадав про бригаду.", "Британський міністр", OFFICIAL, ""),
    ("Про перенесення повідомив офіс сенатора Гарві Бренда.", "офіс сенатора Гарві Бренда", OFFICIAL, ""),
    ("Гаранти мусять відповісти за добу, сказав «Обрію» член делегації в Утрехті.", "член делегації в Утрехті", UNNAMED, ""),
    ("Сили налічуватимуть 15 тисяч.", "", OUTLET, ""),
    ("«Ми не стоятимемо під дверима», — сказав він.", "", OUTLET, ""),
    ("У проєкті документа чисельність визначено на рівні 15 000.", "", DOCUMENT, ""),
    ("Якщо Україна оголосить тривогу, гаранти мають добу.", "", OUTLET, ""),
    ("Київ, каже, чекає його голосів.", "", OUTLET, ""),
    ("Канцелярія польського прем'єра оголосила дату.", "Канцелярія польського прем'єра", OFFICIAL, ""),
]  # fmt: skip
RUSSIAN = [
    ("По словам министра обороны, численность не изменится.", "министра обороны", OFFICIAL, ""),
    ("Численность не изменится, заявил Песков.", "Песков", OFFICIAL, ""),
    ("Bloomberg со ссылкой на чиновников сообщает, что силы составят 15 тысяч.", "чиновников", UNNAMED, "Bloomberg"),
    ("Об этом сообщил пресс-секретарь президента России Дмитрий Песков.", "пресс-секретарь президента России Дмитрий Песков", OFFICIAL, ""),
    ("По данным Reuters, проект предусматривает 800 тысяч военных.", "", OUTLET, "Reuters"),
    ("В МИД РФ заявили, что не согласятся на иностранные войска.", "В МИД РФ", OFFICIAL, ""),
    ("Источник в правительстве Германии рассказал о деталях плана.", "Источник в правительстве Германии", UNNAMED, ""),
    ("Как пишет «Обрыв» со ссылкой на двух дипломатов, текст готов.", "двух дипломатов", UNNAMED, "«Обрыв»"),
    ("Министр иностранных дел Сергей Лавров во вторник заявил, что войска неприемлемы.", "Министр иностранных дел Сергей Лавров", OFFICIAL, ""),
    ("Песков 15 марта заявил, что войска неприемлемы.", "Песков", OFFICIAL, ""),
    ("В ночь на четверг Белый дом сообщил, что стоит за планом.", "Белый дом", OFFICIAL, ""),
    ("Поддержку придётся начать на десятый день, рассказал собеседник издания в одной из европейских делегаций.", "собеседник издания в одной из европейских делегаций", UNNAMED, ""),
    ("Пресс-секретарь Яна Реттих подтвердила позже эту линию.", "Пресс-секретарь Яна Реттих", OFFICIAL, ""),
    ("Россия отвергает план, заявил журналистам представитель МИД РФ Глеб Стрижов.", "представитель МИД РФ Глеб Стрижов", OFFICIAL, ""),
    ("Это не предмет для торга, заявил Геннадий Варенников на брифинге.", "Геннадий Варенников", OFFICIAL, ""),
    ("Немцы снова сказали, что ещё не определились.", "Немцы", OFFICIAL, ""),
    ("Парламент одобрил соглашение, сообщил спикер.", "спикер", OFFICIAL, ""),
    ("Во французском министерстве обороны «Обрыву» подтвердили готовность послать солдат.", "Во французском министерстве обороны", OFFICIAL, ""),
    ("«Мы не закрываем дверь», — ответил источник, близкий к министерству.", "источник", UNNAMED, ""),
    ("Собеседник агентства в аппарате Рады объяснил, что одного мало.", "Собеседник агентства в аппарате Рады", UNNAMED, ""),
    ("Дипломаты отметили, что Вашингтон желает иного.", "Дипломаты", UNNAMED, ""),
    ("«Пятнадцать были ставкой в торге», — объяснил газете офицер, участвовавший в работе.", "офицер", UNNAMED, ""),
    ("Поляки, по словам делегата, устали узнавать обо всём последними.", "делегата", UNNAMED, ""),
    ("Президент, по словам его пресс-секретаря, с выбором не спешит.", "пресс-секретаря", OFFICIAL, ""),
    ("«Это ладонь», — заметил один из них, отставной полковник.", "один из них", UNNAMED, ""),
    ("Гаранты обязаны начать консультации, рассказали «Обрыву» три чиновника.", "три чиновника", UNNAMED, ""),
    ("Если Украина объявит тревогу, гаранты соберутся, рассказали «Обрыву» три чиновника.", "три чиновника", UNNAMED, ""),
    ("МИД России заявил, что готов к разговору.", "МИД России", OFFICIAL, ""),
    ("Такой порядок Киев объявил сегодня.", "Киев", OFFICIAL, ""),
    ("Численность ограничена кораблями, двое турецких чиновников сказали в понедельник.", "двое турецких чиновников", UNNAMED, ""),
    ("На земле им помогали бы наблюдатели, уточняет чиновник одной из стран Балтии, читавший раздел.", "чиновник", UNNAMED, ""),
    ("Заместитель министра Геннадий Варенников заявил, что торга не будет.", "Заместитель министра Геннадий Варенников", OFFICIAL, ""),
    ("Москва не будет настаивать, сообщил замглавы МИД РФ Аркадий Совков.", "замглавы МИД РФ Аркадий Совков", OFFICIAL, ""),
    ("Министр обороны объявила об этом утром.", "Министр обороны", OFFICIAL, ""),
    ("Российское министерство иностранных дел опровергло в четверг эту цифру.", "Российское министерство иностранных дел", OFFICIAL, ""),
    ("Силы составят 15 тысяч.", "", OUTLET, ""),
    ("Он также повторил, что чужих военных Москва не примет.", "", OUTLET, ""),
    ("Ранее западные СМИ сообщили о двадцати тысячах.", "", OUTLET, "западные СМИ"),
    ("Двухдневная встреча закрылась, германский дипломат на условиях анонимности рассказал.", "германский дипломат", UNNAMED, ""),
    ("Копия, показанная агентству Ternfield Wire, говорит о 18 000.", "Копия, показанная агентству Ternfield Wire", DOCUMENT, ""),
    ("По утверждению источника в делегации, текст готов.", "источника в делегации", UNNAMED, ""),
]  # fmt: skip
SAID = [(language, *row) for language, rows in (("en", ENGLISH), ("uk", UKRAINIAN), ("ru", RUSSIAN)) for row in rows]


@pytest.mark.parametrize(("language", "text", "name", "kind", "via"), SAID)
def test_a_statement_is_given_to_the_one_who_made_it(
    said: Say, packs: Mapping[str, LanguagePack], language: str, text: str, name: str, kind: SourceKind, via: str
) -> None:
    speaker = speaker_of(said(language, text), packs[language].names)
    assert (speaker.name, speaker.kind, speaker.via) == (name, kind, via)


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Said and done."), ("uk", "«»"), ("ru", "Сказано — сделано."), ("en", "According to")]
)
def test_a_sentence_that_names_nobody_is_the_outlets_own(
    said: Say, packs: Mapping[str, LanguagePack], language: str, text: str
) -> None:
    speaker = speaker_of(said(language, text), packs[language].names)
    assert (speaker.name, speaker.kind, speaker.via) == ("", SourceKind.OUTLET, "")


def test_a_name_is_never_longer_than_a_person_would_write(said: Say, packs: Mapping[str, LanguagePack]) -> None:
    long = "According to " + " ".join(["Zelensky"] * 60) + ", the cap stays."
    assert len(speaker_of(said("en", long), packs["en"].names).name.split()) <= 12


@pytest.mark.parametrize(
    "piece", ["«Причал» ", "said of the ", "who, ", "and the minister ", "«", "по словам ", "told Reuters "]
)
def test_a_hostile_sentence_names_nobody_at_length(
    annotator: Annotator, packs: Mapping[str, LanguagePack], piece: str
) -> None:
    annotated = annotator.annotate(an_article(text="A " + piece * 300 + "said", language="en"))
    assert annotated is not None
    assert all(len(speaker_of(line, packs["en"].names).name) < 400 for line in annotated.sentences)
