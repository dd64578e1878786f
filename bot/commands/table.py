"""The one command table behind menus, slash commands, /help, the console and the docs. Knows no platform and does nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.model.topics import Localised


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One autocompletion: what is shown and what is typed for it."""

    label: str
    value: str


class Argument(StrEnum):
    """What kind of word a command takes."""

    NONE = "none"
    LAYER = "layer"
    TOPIC = "topic"
    ITEM = "item"
    HOUR_AND_ZONE = "hour_and_zone"
    LANGUAGE = "language"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One typed value, as platforms with named options show it. Values are joined in order to a request's `arguments`."""

    name: str  # lower case Latin letters
    argument: Argument
    summary: Localised
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing a person can ask for."""

    name: str  # lower case Latin letters
    summary: Localised  # at most 100 characters, for menus
    example: str  # as typed, with slash
    options: tuple[Option, ...] = ()
    manages: bool = False  # changes the chat's settings: needs the right to manage it
    in_menu: bool = True
    tells_managers_more: bool = False  # its answer holds more for those who may manage the chat
    aliases: tuple[str, ...] = ()


def _t(en: str, uk: str) -> Localised:
    return Localised((("en", en), ("uk", uk)))


_LAYER = Option(
    name="name",
    argument=Argument.LAYER,
    summary=_t("layer: its name, number or beginning", "рівень: назва, номер або початок назви"),
    required=True,
)

COMMANDS: tuple[Command, ...] = (
    Command(
        name="start",
        aliases=("старт",),
        summary=_t("What this is, and the board", "Що це таке та поточна картина"),
        example="/start",
    ),
    Command(
        name="layers",
        aliases=("board", "рівні"),
        summary=_t("The board: every layer of the plan", "Усі рівні плану на одному екрані"),
        example="/layers",
    ),
    Command(
        name="layer",
        aliases=("рівень",),
        summary=_t("One layer: its points with sources", "Один рівень: тези з джерелами"),
        example="/layer force",
        options=(_LAYER,),
    ),
    Command(
        name="status",
        aliases=("стан",),
        summary=_t("Who stands where, what is open, what moved", "Позиції сторін, відкриті питання, зміни"),
        example="/status",
    ),
    Command(
        name="digest",
        aliases=("дайджест",),
        summary=_t("What moved in the last day or week", "Що змінилося за добу чи тиждень"),
        example="/digest week",
        options=(
            Option(
                name="span",
                argument=Argument.TEXT,
                summary=_t(
                    "day, week, or new: since somebody here last looked",
                    "доба, тиждень або нове: відтоді, як тут дивилися востаннє",
                ),
            ),
        ),
    ),
    Command(
        name="latest",
        aliases=("найновіше",),
        summary=_t("The newest points, as they came", "Найновіші тези"),
        example="/latest",
    ),
    Command(
        name="subscribe",
        aliases=("підписатися",),
        summary=_t("A daily digest here, at your hour", "Щоденний дайджест сюди о зручній годині"),
        example="/subscribe 08:00 Kyiv",
        options=(
            Option(
                name="time", argument=Argument.HOUR_AND_ZONE, summary=_t("hour, such as 08:00", "година, як-от 08:00")
            ),
            Option(
                name="zone",
                argument=Argument.HOUR_AND_ZONE,
                summary=_t("city or time zone, such as Kyiv", "місто або часовий пояс, як-от Київ"),
            ),
        ),
        manages=True,
    ),
    Command(
        name="unsubscribe",
        aliases=("відписатися",),
        summary=_t("Stop the daily digest here", "Більше не надсилати дайджест сюди"),
        example="/unsubscribe",
        manages=True,
    ),
    Command(
        name="sources",
        aliases=("джерела",),
        summary=_t("What is read, and how well", "Які джерела читаємо та їхній стан"),
        example="/sources",
        options=(
            Option(
                name="page",
                argument=Argument.TEXT,
                summary=_t("which page of a long list", "сторінка довгого переліку"),
            ),
        ),
    ),
    Command(
        name="feeds",
        aliases=("стрічки",),
        summary=_t("Which feeds a site has, and which are read here", "Які стрічки має сайт і які з них тут читають"),
        example="/feeds example.org",
        options=(
            Option(
                name="address",
                argument=Argument.TEXT,
                summary=_t("a site’s address, such as example.org", "адреса сайту, як-от example.org"),
                required=True,
            ),
        ),
        tells_managers_more=True,
    ),
    Command(
        name="why",
        aliases=("чому",),
        summary=_t("Why something was picked, joined or moved", "Чому обрано, об’єднано чи змінено"),
        example="/why force",
        options=(
            Option(
                name="id",
                argument=Argument.ITEM,
                summary=_t("an id, or a layer’s name", "ідентифікатор або назва рівня"),
                required=True,
            ),
        ),
    ),
    Command(
        name="language",
        aliases=("мова",),
        summary=_t("Speak English or Ukrainian here", "Мова: англійська чи українська"),
        example="/language uk",
        options=(
            Option(name="language", argument=Argument.LANGUAGE, summary=_t("en or uk", "en або uk"), required=True),
        ),
        manages=True,
    ),
    Command(
        name="topic",
        aliases=("тема",),
        summary=_t("Which plan this chat follows", "За яким планом стежить цей чат"),
        example="/topic ukraine-guarantees",
        options=(Option(name="topic", argument=Argument.TOPIC, summary=_t("a topic’s name", "назва теми")),),
        manages=True,
    ),
    Command(name="help", aliases=("довідка",), summary=_t("All commands", "Усі команди"), example="/help"),
)


def command_named(name: str) -> Command | None:
    """The command with that name or alias, in any letter case."""
    wanted = name.casefold()
    return next((command for command in COMMANDS if wanted == command.name or wanted in command.aliases), None)
