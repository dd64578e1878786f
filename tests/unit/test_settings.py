"""What an operator meets when settings are read."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.model.errors import SettingsError
from bot.settings import Settings, load_settings, read_feeds_file, shipped
from bot.settings.loading import keys_of


def settings(tmp_path: Path, toml: str = "", **environ: str) -> Settings:
    file = tmp_path / "planwatch.toml"
    file.write_text(toml, "utf-8")
    return load_settings(file, environ)


def mistakes(tmp_path: Path, toml: str = "", **environ: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        settings(tmp_path, toml, **environ)
    return [str(mistake).replace(f"{tmp_path}/", "") for mistake in caught.value.mistakes]


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert settings(tmp_path) == Settings()


def test_the_shipped_file_says_every_setting_its_default_and_its_meaning() -> None:
    text = shipped("planwatch.toml").read_text("utf-8")
    data = tomllib.loads(text)
    for path, field in keys_of(Settings).items():
        *tables, name = path.split(".")
        table = data
        for part in tables:
            table = table[part]
        written, meaning = field.metadata["written"], field.metadata["meaning"]
        line = next(line for line in text.splitlines() if meaning in line)
        assert written is None or table[name] == written, path
        assert line.removeprefix("# ").startswith(name), path


def test_the_shipped_file_is_read_without_a_mistake_and_changes_nothing() -> None:
    with_file = load_settings(None, {})
    assert with_file == Settings()


def test_every_setting_can_come_from_the_environment(tmp_path: Path) -> None:
    read = settings(
        tmp_path,
        PLANWATCH_STORAGE__URL="postgresql+asyncpg://me:pw@db/plan",
        PLANWATCH_DATA_DIR="/var/lib/planwatch",
        PLANWATCH_TOPICS="ukraine-guarantees, rail-reform",
        PLANWATCH_FEEDS='[{"url": "https://one.example/rss", "name": "One", "language": "EN"}]',
        PLANWATCH_FETCH__ALLOW_PRIVATE_HOSTS="127.77.0.0/16 localhost:8080 [::1]:80",
        PLANWATCH_FETCH__TIMEOUT_S="2.5",
        PLANWATCH_TELEGRAM__TOKEN="123:abc",
        PLANWATCH_METRICS__LISTEN="127.0.0.1:9464",
        PLANWATCH_DIGEST__ZONE="Europe/Kyiv",
    )
    assert read.store_url == "postgresql+asyncpg://me:pw@db/plan"
    assert read.topics == ("ukraine-guarantees", "rail-reform")
    assert read.feeds is not None and (read.feeds[0].name, read.feeds[0].language) == ("One", "en")
    assert read.fetch.allow_private_hosts == ("127.77.0.0/16", "localhost:8080", "[::1]:80")
    assert (read.fetch.timeout_s, read.metrics.listen) == (2.5, ("127.0.0.1", 9464))
    assert read.digest.zone == "Europe/Kyiv"
    assert read.telegram.token.reveal() == "123:abc" and read.has_token


def test_the_environment_goes_before_the_file_and_an_empty_variable_leaves_the_file_alone(tmp_path: Path) -> None:
    toml = '[digest]\nlanguage = "uk"\nzone = "Europe/Kyiv"'
    read = settings(tmp_path, toml, PLANWATCH_DIGEST__LANGUAGE="en", PLANWATCH_DIGEST__ZONE="")
    assert (read.digest.language, read.digest.zone) == ("en", "Europe/Kyiv")


def test_feeds_can_be_plain_addresses_in_file_and_environment(tmp_path: Path) -> None:
    in_file = settings(tmp_path, 'feeds = ["https://one.example/rss"]').feeds
    in_environment = settings(tmp_path, PLANWATCH_FEEDS="https://one.example/rss").feeds
    assert in_file is not None and in_file == in_environment


def test_no_feeds_at_all_is_not_the_same_as_an_empty_list(tmp_path: Path) -> None:
    assert settings(tmp_path).feeds is None
    assert settings(tmp_path, "feeds = []").feeds == ()


def test_a_secret_can_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("123:abc\n")
    file = str(tmp_path / "token")
    assert settings(tmp_path, PLANWATCH_TELEGRAM__TOKEN_FILE=file).telegram.token.reveal() == "123:abc"
    assert settings(tmp_path, f'[discord]\ntoken_file = "{file}"').discord.token.reveal() == "123:abc"


def test_a_secret_of_the_environment_goes_before_one_of_the_file_in_either_form(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from-the-file")
    read = settings(tmp_path, '[telegram]\ntoken = "old"', PLANWATCH_TELEGRAM__TOKEN_FILE=str(tmp_path / "token"))
    assert read.telegram.token.reveal() == "from-the-file"


def test_secrets_are_not_shown_when_settings_are_printed(tmp_path: Path) -> None:
    read = settings(
        tmp_path, PLANWATCH_TELEGRAM__TOKEN="123:hush-hush", PLANWATCH_STORAGE__URL="postgresql://me:hush-hush@db/x"
    )
    assert "hush-hush" not in f"{read} {read!r} {read.telegram.token}"


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ("[fetch]\ntimeuot_s = 3", "planwatch.toml:2: fetch.timeuot_s: there is no such setting; did you mean fetch.timeout_s?"),
        ("token = 'x'", "planwatch.toml:1: token: there is no such setting; did you mean telegram.token?"),
        ("[fetch]\ntimeout_s = 'soon'", "planwatch.toml:2: fetch.timeout_s: `soon` is not a number from 1 to 300; write such a number"),
        ("[fetch]\nconcurrency = 1.5", "planwatch.toml:2: fetch.concurrency: `1.5` is not a whole number; write it without a fraction"),
        ("[fetch]\nconcurrency = true", "planwatch.toml:2: fetch.concurrency: `true` is not a number from 1 to 256; write such a number"),
        ("topics = []", "planwatch.toml:1: topics: names no topic; name at least one; `planwatch topics list` shows them"),
        ("[digest]\nzone = 'Kiew'", 'planwatch.toml:2: digest.zone: `Kiew` is no time zone; did you mean "Europe/Kiev"?'),
        ("[digest]\nzone = 'kyiv'", 'planwatch.toml:2: digest.zone: `kyiv` is no time zone; did you mean "Europe/Kyiv"?'),
        ("[digest]\nzone = 'new york'", 'planwatch.toml:2: digest.zone: `new york` is no time zone; did you mean "America/New_York"?'),
        ("[digest]\nzone = '0'", 'planwatch.toml:2: digest.zone: `0` is no time zone; write such as "Europe/Kyiv"'),
        ("[telegram]\nmode = 'webhook'", "planwatch.toml:2: telegram.mode: webhook is not built yet; set it to polling"),
        ("[metrics]\nlisten = '9464'", 'planwatch.toml:2: metrics.listen: `9464` is not host:port; write such as "127.0.0.1:9464", or "" to switch it off'),
        (
            "[[feeds]]\nurl = 'https://a.example/rss'\n[[feeds]]\nadress = 'x'",
            "planwatch.toml:1: feeds: entry 2 has an unknown key `adress`; known are: url, name, language, topics, official",
        ),
        ("[[feeds]]\nname = 'One'", 'planwatch.toml:1: feeds: entry 1: has no url; add url = "https://…"'),
        ("feeds = ['ftp://one.example']", "planwatch.toml:1: feeds: entry 1: `ftp://one.example` is not an http or https address; write it in full: https://host/path"),
        (
            "[fetch]\nallow_private_hosts = ['bad host']",
            "planwatch.toml:2: fetch.allow_private_hosts: `bad host` is no host, host:port or address block; write such as localhost:8080 or 127.77.0.0/16",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line_that_names_file_line_key_and_remedy(tmp_path: Path, toml: str, expected: str) -> None:
    assert mistakes(tmp_path, toml) == [expected]


def test_an_unknown_variable_is_a_mistake_too(tmp_path: Path) -> None:
    assert mistakes(tmp_path, PLANWATCH_TELEGRAM__TOKN="x") == [
        "environment: PLANWATCH_TELEGRAM__TOKN: there is no such setting; did you mean PLANWATCH_TELEGRAM__TOKEN?"
    ]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    told = mistakes(tmp_path, "topcis = ['x']\n[fetch]\nper_host = 0", PLANWATCH_DIGEST__LANGUAGE="de")
    assert len(told) == 3


def test_a_bad_secret_is_not_said_back(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("mysql://me:hush-hush@db/x")
    told = mistakes(tmp_path, PLANWATCH_STORAGE__URL="mysql://me:hush-hush@db/x")
    told += mistakes(tmp_path, PLANWATCH_STORAGE__URL_FILE=str(tmp_path / "url"))
    assert len(told) == 2 and "hush-hush" not in " ".join(told)


def test_a_secret_given_twice_in_one_place_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("123:abc")
    told = mistakes(tmp_path, f'[telegram]\ntoken = "x"\ntoken_file = "{tmp_path}/token"')
    assert told == ["planwatch.toml:3: telegram.token_file: is given beside the secret itself; keep one of the two"]


def test_a_missing_secret_file_is_named(tmp_path: Path) -> None:
    told = mistakes(tmp_path, PLANWATCH_DISCORD__TOKEN_FILE=str(tmp_path / "none"))
    assert told == [
        "environment: PLANWATCH_DISCORD__TOKEN_FILE: none cannot be read (No such file or directory); "
        "name a readable file that holds the secret alone"
    ]


def test_a_missing_settings_file_is_not_passed_over(tmp_path: Path) -> None:
    for chosen, environ in ((tmp_path / "none.toml", {}), (None, {"PLANWATCH_CONFIG": str(tmp_path / "none.toml")})):
        with pytest.raises(SettingsError, match="cannot be read"):
            load_settings(chosen, environ)


@pytest.mark.parametrize("content", [b"[fetch\n", b"a = 1\na = 2", b"\xff\xfe\x00", b"x" * 1_000_001])
def test_a_broken_settings_file_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "planwatch.toml"
    file.write_bytes(content)
    with pytest.raises(SettingsError, match="is not valid TOML"):
        load_settings(file, {})


def test_the_chosen_file_goes_before_the_environments_and_that_before_the_usual(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config").mkdir()
    for place, zone in (
        ("config/planwatch.toml", "Europe/Paris"),
        ("named.toml", "Europe/Rome"),
        ("chosen.toml", "Europe/Oslo"),
    ):
        (tmp_path / place).write_text(f'[digest]\nzone = "{zone}"')
    named = {"PLANWATCH_CONFIG": "named.toml"}
    zones = [
        load_settings(chosen, env).digest.zone
        for chosen, env in ((Path("chosen.toml"), named), (None, named), (None, {}))
    ]
    assert zones == ["Europe/Oslo", "Europe/Rome", "Europe/Paris"]


def test_a_broken_feeds_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    for content in ("[[feeds]]\nurl = 3", "feeds = 1", "[[feed]]", "feeds = ["):
        file.write_text(content)
        with pytest.raises(SettingsError, match=r"feeds\.toml"):
            read_feeds_file(file)


@pytest.mark.parametrize("raw", ["[", '["a"', "{}", "[1]", "[[]]", '[{"url": ["x"]}]', '[{"url": "http://[::1"}]'])
def test_nonsense_in_a_list_variable_is_a_mistake_and_no_crash(tmp_path: Path, raw: str) -> None:
    assert len(mistakes(tmp_path, PLANWATCH_FEEDS=raw)) == 1


def test_hubs_need_a_public_address_and_a_port_both_or_neither(tmp_path: Path) -> None:
    alone = mistakes(tmp_path, '[websub]\npublic_url = "https://bot.example/websub"')
    assert alone == [
        "planwatch.toml:2: websub.public_url: needs websub.listen too; set websub.listen, or leave both empty"
    ]
    [other] = mistakes(tmp_path, PLANWATCH_WEBSUB__LISTEN="127.0.0.1:9465")
    assert "needs websub.public_url too" in other
    both = settings(tmp_path, '[websub]\npublic_url = "https://bot.example/websub/"\nlisten = "127.0.0.1:9465"').websub
    assert (both.public_url, both.listen) == ("https://bot.example/websub", ("127.0.0.1", 9465))


@pytest.mark.parametrize(
    "url",
    [
        "bot.example",
        "ftp://bot.example",
        "https://bot.example/?a=1",
        "https://bot.example/#a",
        "https://me@bot.example",
    ],
)
def test_a_public_address_that_no_hub_could_use_is_a_mistake(tmp_path: Path, url: str) -> None:
    [mistake] = mistakes(tmp_path, f'[websub]\npublic_url = "{url}"\nlisten = "127.0.0.1:9465"')
    assert "websub.public_url" in mistake
