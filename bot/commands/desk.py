"""Takes requests from every platform to their commands and always has an answer. Knows no platform.

Mistakes of the person are worded; what nobody foresaw gets a number that stands in the log too.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from hashlib import blake2b

from bot.commands import finding, following, reading
from bot.commands.addresses import address_of_word, address_within
from bot.commands.asking import Asked, Tools
from bot.commands.mending import legible, near_commands, tries
from bot.commands.suggesting import suggestions
from bot.commands.table import Command, Suggestion, command_named
from bot.commands.words import categories, meant
from bot.model.chats import Chat, ChatKind, ChatRef
from bot.model.errors import PersonError, PlanwatchError, UnknownCommand
from bot.model.replies import Reply, Request
from bot.model.topics import POSITION, Topic
from bot.ports import Clock, Log, Store
from bot.present.problems import problem_reply, unexpected_reply
from bot.present.reader import Reader
from bot.present.voices import Voice
from bot.services.browse import Browser
from bot.services.follow import Follower
from bot.services.looks import Looks
from bot.summariser.permits import require

LONGEST_ARGUMENTS = 200  # characters; no command needs more
_DOERS: dict[str, Callable[[Asked, Tools], Awaitable[Reply]]] = {
    "start": reading.start,
    "layers": reading.layers,
    "layer": reading.layer,
    "status": reading.status,
    "digest": reading.digest,
    "latest": reading.latest,
    "subscribe": following.subscribe,
    "unsubscribe": following.unsubscribe,
    "sources": reading.sources,
    "feeds": finding.feeds,
    "why": reading.why,
    "language": following.language,
    "topic": following.topic,
    "help": reading.help_,
}


class Desk:
    """Answers requests. `topics` are those followed, at least one; the first is that of chats which chose none."""

    def __init__(
        self,
        store: Store,
        topics: Sequence[Topic],
        voice: Voice,
        clock: Clock,
        log: Log,
        *,
        browser: Browser,
        follower: Follower,
        looks: Looks,
        zone: str = "UTC",
    ) -> None:
        """`zone` (IANA) is the readers' until their chat names one."""
        if not topics:
            raise ValueError("no topic is followed")
        self._store = store
        self._voice = voice
        self._clock = clock
        self._log = log
        self._zone = zone
        self._tools = Tools(browser=browser, follower=follower, looks=looks, topics=tuple(topics))

    async def answer(self, request: Request) -> Reply:
        """What to say to a request. Never raises: errors are worded in the reader's language."""
        request = replace(request, command=legible(request.command), arguments=legible(request.arguments))
        reader = Reader(
            voice=self._voice,
            language=self._voice.language_for(request.language),
            zone=self._zone,
            now=self._clock.now(),
        )
        try:
            chat = await self._tools.follower.chat_of(request, reader.language)
            reader = replace(reader, language=self._voice.language_for(chat.language), zone=chat.zone)
            return await self._dispatch(request, chat, reader)
        except PersonError as error:
            return self._put_right(error, request, reader)
        except PlanwatchError as error:
            self._log.warning(
                "desk.failed",
                command=request.command,
                chat=str(request.chat),
                problem=f"{type(error).__name__}: {error}",
            )
            return problem_reply(error, reader)
        except Exception as error:  # noqa: BLE001  one command
            return self._unexpected(error, request, reader)

    async def suggest(self, command: str, typed: str, chat: ChatRef, language: str) -> tuple[Suggestion, ...]:
        """What could be typed on, at most 25; nothing where the command is unknown or something fails."""
        known = command_named(command)
        try:
            stored = await self._store.chat(chat) if known else None
        except PlanwatchError:
            stored = None
        if known is None:
            return ()
        spoken = self._voice.language_for(stored.language if stored else language)
        return suggestions(known, typed, self._topic_of(stored), self._tools.topics, spoken, self._voice.languages)

    async def _dispatch(self, request: Request, chat: Chat, reader: Reader) -> Reply:
        topic = self._topic_of(chat)
        request = _as_address(_as_layer(request, topic, reader.language))
        command = command_named(request.command)
        if command is None:
            raise UnknownCommand(request.command, near_commands(request.command))
        require(request, manages=_manages(command, request))
        words = " ".join(request.arguments.split())[:LONGEST_ARGUMENTS]
        return await _DOERS[command.name](
            Asked(request=request, chat=chat, topic=topic, reader=reader, words=words), self._tools
        )

    def _topic_of(self, chat: Chat | None) -> Topic:
        """The chat's topic if it is still followed, else the first."""
        topics = self._tools.topics
        return next((topic for topic in topics if chat is not None and topic.id == chat.topic), topics[0])

    def _put_right(self, error: PersonError, request: Request, reader: Reader) -> Reply:
        """The mistake in words, an example, and the nearest right lines as buttons."""
        command = command_named(request.command)
        example = command.example if command else "/layers"
        near = getattr(error, "nearest", ())
        return problem_reply(error, reader, example=example if near else "", tries=tries(error, request))

    def _unexpected(self, error: Exception, request: Request, reader: Reader) -> Reply:
        seed = f"{request.at.isoformat()}{request.chat}{request.command}{error!r}"
        incident = blake2b(seed.encode(), digest_size=4).hexdigest()
        self._log.error(
            "desk.unexpected",
            incident=incident,
            command=request.command,
            chat=str(request.chat),
            problem=repr(error),
            exc_info=error,
        )
        return unexpected_reply(incident, reader)


def _as_layer(request: Request, topic: Topic, language: str) -> Request:
    """A layer's number or name without its command asks for that layer."""
    if command_named(request.command) is not None:
        return request
    found = meant(f"{request.command} {request.arguments}", categories(topic, language))
    return replace(request, command="layer", arguments=found.key.removeprefix(POSITION)) if found else request


def _as_address(request: Request) -> Request:
    """The address of a site without a command asks for its feeds; in a private chat also one inside a text, as when a page is shared."""
    if command_named(request.command) is not None:
        return request
    found = address_of_word(request.command)
    if not found and request.chat_kind is ChatKind.PRIVATE:
        found = address_within(f"{request.command} {request.arguments}")
    return replace(request, command="feeds", arguments=found) if found else request


def _manages(command: Command, request: Request) -> bool:
    """Asking which topics there are changes nothing."""
    return command.manages and not (command.name == "topic" and not request.arguments.strip())
