"""Subject: the whole of planwatch, all but the chat platforms, while somebody asks for the board ten times a second."""

from __future__ import annotations

import asyncio


async def main() -> None:
    """Read what the command line names."""
    import statistics
    import time
    from dataclasses import replace

    from bot.app.building import Wishes, opened
    from bot.model.chats import ChatKind, ChatRef, Platform
    from bot.model.replies import Person, Request
    from bot.settings import FeedSetting, Settings
    from tests.bench.polling.holds import watched
    from tests.bench.polling.playing import Told, given, play_async

    urls, folder = given()
    fetch = replace(Settings().fetch, allow_private_hosts=("127.0.0.0/8",), pause_s=0)
    settings = Settings(data_dir=folder, feeds=tuple(FeedSetting(url=url) for url in urls), fetch=fetch)
    async with opened(settings, Wishes(), lambda _: None) as machine:

        async def asked(waits: list[float]) -> None:
            chat = ChatRef(Platform.CONSOLE, "bench")
            while True:
                began = time.perf_counter()
                request = Request(
                    chat=chat, chat_kind=ChatKind.PRIVATE, chat_title="", person=Person(id="1", name="Reader"),
                    command="layers", arguments="", at=machine.clock.now(), language="uk",
                )  # fmt: skip
                await machine.desk.answer(request)
                waits.append(time.perf_counter() - began)
                await asyncio.sleep(0.1)

        async def one_round() -> Told:
            waits: list[float] = []
            asking = asyncio.create_task(asked(waits))
            async with watched() as holds:
                done = await machine.collector.round(everything=True)
            asking.cancel()
            answers = {"answer_max_ms": max(waits) * 1000, "answer_median_ms": statistics.median(waits) * 1000}
            return {"new": done.new, "edited": done.edited, "failed": len(done.failed), **answers, **holds.told()}

        await play_async(one_round)


if __name__ == "__main__":
    asyncio.run(main())
