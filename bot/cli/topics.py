"""`planwatch topics`: which plans can be followed, what their files hold, and whether they are right. Knows no store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.app.wording import operator_lines
from bot.cli import drafting, tuning
from bot.cli.errors import FAILED
from bot.cli.options import Lang, Plain, PlainFormat
from bot.cli.printing import note, put, put_json
from bot.cli.session import session_of
from bot.model.errors import SettingsError
from bot.model.topics import Topic

app = typer.Typer(
    name="topics",
    help="The plans that can be followed: list, show, check, draft, tune.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list")
def list_(context: typer.Context, form: PlainFormat = Plain.TEXT) -> None:
    """All topics there are, and which are followed."""
    from bot.app.following import known_topics, load_all

    settings = session_of(context).settings()
    rows = [
        {"id": topic.id, "name": topic.names.of("en"), "followed": topic.id in settings.topics}
        for topic in load_all(settings, known_topics(settings))
    ]
    if form is Plain.JSON:
        put_json(rows)
    else:
        put("\n".join(f"{row['id']:<24} {'followed' if row['followed'] else '-':<9} {row['name']}" for row in rows))


@app.command()
def show(
    context: typer.Context,
    topic: Annotated[
        str, typer.Argument(metavar="TOPIC", help="Topic id or the beginning of one.", show_default=False)
    ],
    lang: Lang = None,
    form: PlainFormat = Plain.TEXT,
) -> None:
    """One topic: its layers, tracked values, parties and ladder."""
    from bot.app.following import known_topics, load_all
    from bot.app.machine import chosen

    settings = session_of(context).settings()
    found = chosen(load_all(settings, known_topics(settings)), topic)
    data = _data(found, lang.value if lang else settings.digest.language)
    if form is Plain.JSON:
        put_json(data)
    else:
        put(_text(data))


@app.command()
def check(
    context: typer.Context,
    topics: Annotated[
        list[str] | None, typer.Argument(metavar="[TOPIC|FILE]...", help="Ids or files; else all.", show_default=False)
    ] = None,
) -> None:
    """Every mistake in topic files, language packs and weights, with line and remedy."""
    from bot.app.following import analysts_for, known_topics, load_all, the_packs, topic_file
    from bot.topics import load_topic

    settings = session_of(context).settings()
    wrong = 0
    for name in topics or known_topics(settings):
        try:
            load_topic(Path(name) if name.endswith(".toml") else topic_file(settings, name))
            put(f"{name}: right")
        except SettingsError as error:
            wrong += _listed(error)
    try:
        analysts_for(() if wrong else load_all(settings, settings.topics), the_packs(settings))
        put("language packs and weights: right")
    except SettingsError as error:
        wrong += _listed(error)
    raise typer.Exit(FAILED if wrong else 0)


drafting.register(app)
tuning.register(app)


def _listed(error: SettingsError) -> int:
    for line in operator_lines(error):
        note(line)
    return len(error.mistakes)


def _data(topic: Topic, language: str) -> dict[str, Any]:
    return {
        "id": topic.id,
        "name": topic.names.of(language),
        "summary": topic.summary.of(language),
        "languages": list(topic.languages),
        "layers": [
            {
                "id": layer.id,
                "name": layer.names.of(language),
                "summary": layer.summary.of(language),
                "values": [
                    {"id": slot.id, "name": slot.names.of(language), "unit": slot.unit}
                    for slot in topic.slots
                    if slot.layer == layer.id
                ],
            }
            for layer in topic.layers
        ],
        "parties": [
            {
                "id": party.id,
                "name": party.names.of(language),
                "members": [member.names.of(language) for member in party.members],
            }
            for party in topic.parties
        ],
        "ladder": [rule.rung.value for rule in topic.rungs],
    }


def _text(data: dict[str, Any]) -> str:
    lines = [f"{data['name']} ({data['id']}; {', '.join(data['languages'])})", data["summary"], ""]
    for number, layer in enumerate(data["layers"], 1):
        lines.append(f"{number} {layer['name']} ({layer['id']}): {layer['summary']}")
        lines += [f"    {value['name']} ({value['id']}), in {value['unit']}" for value in layer["values"]]
    parties = [
        f"{party['name']} ({party['id']})" + (f": {', '.join(party['members'])}" if party["members"] else "")
        for party in data["parties"]
    ]
    return "\n".join(
        [*lines, "", "Parties", *(f"  {party}" for party in parties), "", f"Ladder: {' < '.join(data['ladder'])}"]
    )
