"""What one sentence says: whose stance it is, how firmly it is told, which rung is reached, which value is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.model.stories import Modality, Role
from bot.model.topics import Category, PartyId, Rung, SideState, Stance, Topic
from bot.summariser import readings, stances, values
from bot.summariser.weighing import Weights
from bot.summariser.whose import member_of

if TYPE_CHECKING:
    from tests.unit.summariser.conftest import Say

STANCES = [
    ("en", "russia", "Russia rejects any foreign troops in Ukraine, the Kremlin said.", "rejects"),
    ("en", "russia", "Moscow has not said whether it would agree to the plan.", "undecided"),
    ("en", "russia", "Whether Moscow will agree remains unknown.", "undecided"),
    ("en", "russia", "The Kremlin declined to comment on the draft.", "undecided"),
    ("en", "us", "The US does not support the proposal.", "rejects"),
    ("en", "us", "Washington offers guarantees for 15 years.", "proposes"),
    ("en", "us", "A US official, speaking on condition of anonymity, described the draft.", None),
    ("en", "europe", "Poland will not send troops to the force.", "rejects"),
    ("en", "europe", "France supports the force, while Russia rejects it.", "supports"),
    ("en", "russia", "France supports the force, while Russia rejects it.", "rejects"),
    ("en", "europe", "Germany has not decided whether to join the force.", "undecided"),
    ("en", "europe", "Italy will take part only if Congress votes.", "conditional"),
    ("en", "ukraine", "Ukraine accepts the cap on its army.", "accepts"),
    ("en", "ukraine", "Ukraine did not accept the cap.", "rejects"),
    ("en", "ukraine", "Kyiv asks for guarantees of 50 years.", "proposes"),
    ("en", "russia", "Europe supports the plan.", None),
    ("uk", "russia", "Росія відкидає будь-які іноземні війська в Україні.", "rejects"),
    ("uk", "russia", "У Кремлі відмовилися від коментарів щодо проєкту.", "undecided"),
    ("uk", "russia", "Чи погодиться Москва, невідомо.", "undecided"),
    ("uk", "us", "США не підтримують цю пропозицію.", "rejects"),
    ("uk", "us", "США пропонують гарантії на 15 років.", "proposes"),
    ("uk", "us", "Американський посадовець на умовах анонімності описав документ.", None),
    ("uk", "europe", "Польща не надішле військ до складу сил.", "rejects"),
    ("uk", "europe", "Франція підтримує створення сил, а Росія їх відкидає.", "supports"),
    ("uk", "russia", "Франція підтримує створення сил, а Росія їх відкидає.", "rejects"),
    ("uk", "europe", "Італія візьме участь лише якщо Конгрес проголосує.", "conditional"),
    ("uk", "ukraine", "Україна не погоджується на таку межу.", "rejects"),
    ("ru", "russia", "Россия отвергает любые иностранные войска на Украине.", "rejects"),
    ("ru", "russia", "В Кремле отказались от комментариев.", "undecided"),
    ("ru", "russia", "Согласится ли Москва, неизвестно.", "undecided"),
    ("ru", "us", "США не поддерживают это предложение.", "rejects"),
    ("ru", "us", "США предлагают гарантии на 15 лет.", "proposes"),
    ("ru", "us", "Американский чиновник на условиях анонимности описал документ.", None),
    ("ru", "europe", "Польша не отправит войска в Украину.", "rejects"),
    ("ru", "europe", "Франция поддерживает создание сил, а Россия их отвергает.", "supports"),
    ("ru", "russia", "Франция поддерживает создание сил, а Россия их отвергает.", "rejects"),
    ("ru", "europe", "Италия примет участие только если Конгресс проголосует.", "conditional"),
]


@pytest.mark.parametrize(("language", "party", "text", "stance"), STANCES)
def test_a_stance_is_given_to_the_party_that_takes_it(
    said: Say, plan: Topic, weights: Weights, language: str, party: str, text: str, stance: str | None
) -> None:
    found = stances.stance_of(plan, PartyId(party), said(language, text), weights)
    assert found == (Stance(stance) if stance else None)


REACHED = [
    ("en", "The declaration was signed in Paris on Tuesday.", Rung.SIGNED),
    ("en", "The text is agreed in full, the minister said.", Rung.TEXT_AGREED),
    ("en", "The sides agreed in principle on the force.", Rung.AGREED_IN_PRINCIPLE),
    ("en", "Parliament ratified the treaty.", Rung.RATIFIED),
    ("en", "The agreement entered into force on Monday.", Rung.IN_FORCE),
    ("en", "The plan was signed in Paris.", Rung.SIGNED),
    ("uk", "План підписано в Парижі.", Rung.SIGNED),
    ("uk", "Декларацію підписано в Парижі.", Rung.SIGNED),
    ("uk", "Декларацію підписали у вівторок.", Rung.SIGNED),
    ("uk", "Конгрес ратифікував договір.", Rung.RATIFIED),
    ("uk", "Сторони принципово домовилися про сили.", Rung.AGREED_IN_PRINCIPLE),
    ("uk", "Угода набула чинності.", Rung.IN_FORCE),
    ("ru", "Декларация подписана в Париже.", Rung.SIGNED),
    ("ru", "Конгресс ратифицировал договор.", Rung.RATIFIED),
    ("ru", "Договор вступил в силу.", Rung.IN_FORCE),
]
NOT_REACHED = [
    ("en", "The declaration would be signed in March."),
    ("en", "The declaration could be signed in March."),
    ("en", "The declaration may be signed soon."),
    ("en", "The declaration is expected to be signed in March."),
    ("en", "The declaration has not been signed."),
    ("en", "The declaration has not yet been signed."),
    ("en", "The leaders will sign the declaration."),
    ("en", "Zelensky is ready to sign the declaration."),
    ("en", "It is a sign of progress."),
    ("en", "The signing ceremony comes in March."),
    ("en", "If it is signed, the text goes to Congress."),
    ("en", "The sides have not agreed in principle on the force."),
    ("en", "The treaty is to be ratified in May."),
    ("en", "The treaty is due to have entered into force by May."),
    ("uk", "Декларацію підпишуть у березні."),
    ("uk", "Лідери мають підписати декларацію."),
    ("uk", "Декларацію ще не підписано."),
    ("uk", "Декларацію можуть підписати у травні."),
    ("uk", "Декларацію буде підписано у травні."),
    ("uk", "Конгрес ратифікує договір у травні."),
    ("uk", "Угода набуде чинності після ратифікації."),
    ("ru", "Декларацию подпишут в марте."),
    ("ru", "Декларация не подписана."),
    ("ru", "Декларация будет подписана в марте."),
    ("ru", "Договор вступит в силу в мае."),
    ("ru", "Конгресс ратифицирует договор в мае."),
]


@pytest.mark.parametrize(("language", "text", "rung"), REACHED)
def test_what_is_done_puts_the_layer_on_its_rung(said: Say, language: str, text: str, rung: Rung) -> None:
    assert readings.rung_of(said(language, text)) is rung


@pytest.mark.parametrize(("language", "text"), NOT_REACHED)
def test_what_is_only_ahead_or_denied_reaches_no_rung_above_a_proposal(said: Say, language: str, text: str) -> None:
    found = readings.rung_of(said(language, text))
    assert found is None or found.height <= Rung.PROPOSED.height


@pytest.mark.parametrize(
    ("language", "text", "side"),
    [
        ("en", "The talks on the force have stalled.", SideState.STALLED),
        ("en", "The talks on the force have not stalled.", None),
        ("uk", "Перемовини зайшли в глухий кут.", SideState.STALLED),
        ("ru", "Переговоры зашли в тупик.", SideState.STALLED),
    ],
)
def test_talks_stall_only_where_a_sentence_says_so(said: Say, language: str, text: str, side: SideState | None) -> None:
    assert readings.sides_of(said(language, text)) is side


@pytest.mark.parametrize(
    ("language", "text", "modality"),
    [
        ("en", "The US would provide monitoring.", "planned"),
        ("en", "The sides agreed on monitoring.", "decided"),
        ("en", "Kyiv wants 50 years.", "asked"),
        ("en", "Washington is prepared to offer 15 years.", "offered"),
        ("en", "The minister denied that monitors would come.", "denied"),
        ("en", "The force could number 15,000.", "possible"),
        ("uk", "Київ просить 50 років.", "asked"),
        ("uk", "США пропонують 15 років.", "offered"),
        ("uk", "Сторони погодили моніторинг.", "decided"),
        ("uk", "Міністр заперечив появу спостерігачів.", "denied"),
        ("uk", "Сили можуть налічувати 15 тисяч.", "possible"),
        ("ru", "Киев просит 50 лет.", "asked"),
        ("ru", "США предлагают 15 лет.", "offered"),
        ("ru", "Стороны согласовали мониторинг.", "decided"),
        ("ru", "Министр опроверг это.", "denied"),
        ("ru", "Силы могут насчитывать 15 тысяч.", "possible"),
    ],
)
def test_a_wish_is_not_told_as_a_decision(said: Say, language: str, text: str, modality: str) -> None:
    assert readings.modality_of(said(language, text)) is Modality(modality)


VALUES = [
    ("en", "army", "Ukraine's army would be capped at 800,000 in peacetime.", ("army_size", 800_000.0)),
    ("uk", "army", "Чисельність армії в мирний час становитиме 800 тисяч осіб.", ("army_size", 800_000.0)),
    ("ru", "army", "Численность армии в мирное время составит 800 тысяч человек.", ("army_size", 800_000.0)),
    ("en", "response", "Allied support would begin within 72 hours of an attack.", ("response_deadline", 3.0)),
    ("uk", "response", "Підтримка союзників почнеться протягом двох тижнів після нападу.", ("response_deadline", 14.0)),
    ("en", "force", "The force would be in place within 30 days of a ceasefire.", ("deploy_days", 30.0)),
]


@pytest.mark.parametrize(("language", "category", "text", "value"), VALUES)
def test_a_tracked_value_is_read_in_the_unit_of_its_slot(
    said: Say, plan: Topic, weights: Weights, language: str, category: str, text: str, value: tuple[str, float]
) -> None:
    assert value in [
        (found.slot, found.quantity.value)
        for found in values.slot_values(plan, Category(category), said(language, text), weights=weights)
    ]


@pytest.mark.parametrize(
    ("category", "text"),
    [
        ("army", "Ukraine's army lost 300 vehicles in Article 5 drills."),
        ("force", "The force would land 2026 crates."),
        ("army", "The army of 5 million would be absurd."),
    ],
)
def test_a_number_out_of_reason_is_nobodys_value(said: Say, plan: Topic, category: str, text: str) -> None:
    found = values.slot_values(plan, Category(category), said("en", text))
    assert "army_size" not in {value.slot for value in found}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The force would have at least 15,000 troops.", Role.AT_LEAST),
        ("The force would have up to 15,000 troops.", Role.AT_MOST),
        ("The force would have about 15,000 troops.", Role.ABOUT),
        ("The force would have 15,000 to 30,000 troops.", Role.RANGE),
        ("The force would have 15,000 troops.", Role.EXACT),
    ],
)
def test_a_ceiling_is_not_told_as_a_figure(said: Say, text: str, role: Role) -> None:
    [quantity] = values.quantities_of(said("en", text))
    assert quantity.role is role
    assert quantity.text in text


def test_an_old_number_beside_the_new_one_is_told_as_background(said: Say, plan: Topic, weights: Weights) -> None:
    line = said("en", "The force would deploy in 30 days instead of 60 days.")
    found = values.slot_values(plan, Category("force"), line, weights=weights)
    assert {(value.quantity.value, value.background) for value in found} == {(30.0, False), (60.0, True)}


def test_a_member_speaks_for_itself_and_not_for_its_party(said: Say, plan: Topic, weights: Weights) -> None:
    europe = PartyId("europe")
    assert member_of(plan, europe, [said("en", "Poland will not send troops.")], weights) == "poland"
    assert member_of(plan, europe, [said("en", "Europe supports the plan.")], weights) is None


def test_a_sentence_that_names_nobody_leans_back_to_who_was_named(said: Say, plan: Topic, weights: Weights) -> None:
    lines = [said("en", "Poland will not send troops."), said("en", "It offers a hub instead.")]
    assert member_of(plan, PartyId("europe"), lines, weights) == "poland"


def test_a_date_that_is_no_day_breaks_nothing() -> None:
    assert values.date_of(-5) is None
    assert values.date_of(1e18) is None
