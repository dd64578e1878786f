"""The bot's sentences in every language, from Fluent texts. Must not know where the texts lie: they are given already read."""

from __future__ import annotations

from collections.abc import Mapping

from fluent.runtime import FluentBundle, FluentResource

DEFAULT = "en"


class Voice:
    """Says messages in a language; English stands in for a missing one, and a message's own name for a missing English one."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """`texts` maps a language (ISO 639-1) to the joined text of its Fluent files. Raises ValueError without English."""
        if DEFAULT not in texts:
            raise ValueError("the English sentences are missing")
        self._bundles = {language: _bundle(language, text) for language, text in texts.items()}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that can be spoken, English first."""
        return (DEFAULT, *sorted(set(self._bundles) - {DEFAULT}))

    def language_for(self, wanted: str) -> str:
        """The spoken language that fits a tag such as `uk-UA`, else English."""
        short = wanted.replace("_", "-").partition("-")[0].casefold()
        return short if short in self._bundles else DEFAULT

    def knows(self, message: str) -> bool:
        """Whether there is such a message at all."""
        return bool(self._bundles[DEFAULT].has_message(message))

    def say(self, language: str, message: str, values: Mapping[str, str | int | float]) -> str:
        """The sentence `message` in `language`. Never raises: what cannot be said is shown by name."""
        for bundle in (self._bundles.get(language), self._bundles[DEFAULT]):
            if bundle is not None and bundle.has_message(message):
                pattern = bundle.get_message(message).value
                if pattern is not None:
                    return str(bundle.format_pattern(pattern, dict(values))[0])
        return message


def _bundle(language: str, text: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(text))
    return bundle
