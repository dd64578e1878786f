"""A first draft of a topic from one article, for a person to edit. Knows how plans are told; knows no plan, and no form of files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.model.feeds import Article
from bot.model.languages import LanguagePack
from bot.summariser.annotating import Annotated, Annotator, Sentence
from bot.summariser.bounds import values_of
from bot.summariser.claimants import claimants_of
from bot.summariser.drafts import Draft, DraftLayer, plans_in_general
from bot.summariser.outlines import Outline, Part, is_heading, outline_of
from bot.summariser.phrasebooks import Hit
from bot.summariser.prominence import LONGEST, Dictionary, Everyday, Key, Phrase, ranked, touching, written

LONGEST_ARTICLE = 60_000  # characters; what follows is not looked at
TERMS, HINTS, NAMES = 6, 6, 8
_UNDIVIDED = 8  # layers proposed where the article divides nothing
_PROVIDING = ("planned", "offered", "asked", "decided")
_SHORTEST_STEM = 4  # letters; a shorter beginning is shared by too many words
_SOFT_ENDS = "аеєиіїйоуьюяыэё"  # letters that change or go when a name is declined
_TITLE_CASE = 0.6  # a heading with that share of capitals says nothing of names
_LABELLED = 3  # how often a word in a heading counts
_EVERYWHERE = 0.5  # a phrase of that share of the parts belongs to the plan, not to a layer


def draft_of(article: Article, pack: LanguagePack, dictionary: Dictionary) -> Draft:
    """The draft from an article in the pack's language. Takes time linear in the article, of which it reads LONGEST_ARTICLE characters."""
    annotator = Annotator(plans_in_general(pack), {pack.language: pack}, dictionary)
    annotated = annotator.annotate(replace(article, text=article.text[:LONGEST_ARTICLE]))
    if annotated is None:
        raise ValueError(f"the article is in {article.language}, the pack in {pack.language}")
    return _Drafter(annotated, Everyday(pack, dictionary)).draft()


class _Drafter:
    def __init__(self, annotated: Annotated, everyday: Everyday) -> None:
        self._annotated = annotated
        self._everyday = everyday
        self._lines = (annotated.title, *annotated.sentences)
        self._forms: dict[Key, Counter[str]] = {}
        self._names = _names(self._lines)
        self._phrases = {id(line): self._read(line) for line in self._lines}
        self._total = self._counts(self._lines)

    def _read(self, line: Sentence) -> tuple[Phrase, ...]:
        found = tuple(self._everyday.phrases(line))
        for phrase in found:
            text = written(line, phrase.first, phrase.last)
            self._forms.setdefault(phrase.key, Counter())[text if self._is_name(phrase.key) else text.lower()] += 1
        return found

    def _counts(self, lines: Iterable[Sentence]) -> Counter[Key]:
        return Counter(phrase.key for line in lines for phrase in self._phrases[id(line)])

    def draft(self) -> Draft:
        annotated = self._annotated
        prose = [line for line in annotated.sentences if not is_heading(line)]
        outline = outline_of(annotated.sentences)
        parties = claimants_of(prose, self._everyday)
        taken = {name.lower() for party in parties for name in party.names}
        layers = self._layers(self._parts(outline, prose), taken)
        own = {term for layer in layers for term in layer.terms}
        return Draft(
            language=annotated.language,
            title=annotated.title.text,
            lead=prose[0].text if prose else annotated.title.text,
            division=outline.division,
            subject=self._subject(own),
            context=self._context(taken),
            layers=layers,
            parties=parties,
        )

    def _parts(self, outline: Outline, prose: Sequence[Sentence]) -> list[Part]:
        parts = [part for part in outline.parts if any(self._phrases[id(line)] for line in part.lines)]
        return parts or self._provisions(prose) or [Part("", tuple(prose))]

    def _provisions(self, prose: Sequence[Sentence]) -> list[Part]:
        """Where the article divides nothing: its sentences on what is planned, asked or decided, joined where they share a phrase."""
        groups: list[tuple[set[Key], list[Sentence]]] = []
        for line in prose:
            if not any(line.has(f"modality.{way}") for way in _PROVIDING) and not values_of((line,), self._everyday):
                continue
            keys = {phrase.key for phrase in self._phrases[id(line)] if not self._is_name(phrase.key)}
            keys -= {phrase.key for phrase in self._phrases[id(line)] if self._speaks_of_plan(line, phrase)}
            if not keys:
                continue
            linking = {key for key in keys if len(key) > 1}
            known = next((group for group in groups if group[0] & linking), None)
            if known is None:
                groups.append((linking, [line]))
            else:
                known[0].update(linking)
                known[1].append(line)
        return [Part("", tuple(lines)) for _, lines in groups[:_UNDIVIDED]]

    def _speaks_of_plan(self, line: Sentence, phrase: Phrase) -> bool:
        senses = ("subject", "process")
        return any(phrase.first <= hit.last and hit.first <= phrase.last for s in senses for hit in line.places(s))

    def _layers(self, parts: Sequence[Part], taken: set[str]) -> tuple[DraftLayer, ...]:
        spread = Counter(key for part in parts for key in self._counts(part.lines))
        general = {key for key, count in spread.items() if count > max(1, len(parts) * _EVERYWHERE)}
        return tuple(layer for part in parts if (layer := self._layer(part, general, taken)))

    def _layer(self, part: Part, general: set[Key], taken: set[str]) -> DraftLayer | None:
        counts = self._counts(part.lines)
        weights = Counter({key: self._weight(key, count, part) for key, count in counts.items()})
        chosen = [
            form
            for key in ranked(counts, weights)
            if key not in general
            and not any(word in self._names for word in key)
            and (form := self._form(key)).lower() not in taken
        ]
        terms = tuple(dict.fromkeys([*self._labelled(part), *chosen]))[:TERMS]
        rest = dict.fromkeys([*chosen, *(word for term in terms for word in term.split() if " " in term)])
        hints = tuple(hint for hint in rest if hint not in terms and self._everyday.stands_out(hint))[:HINTS]
        name = part.label or (terms[0][0].upper() + terms[0][1:] if terms else "")
        if not name:
            return None
        values = values_of(part.lines, self._everyday)
        summary = next((line.text for line in part.lines if not is_heading(line)), name)
        return DraftLayer(name, summary, terms or (name.lower(),), hints, values)

    def _labelled(self, part: Part) -> tuple[str, ...]:
        """The heading or label itself without the everyday words at its head, if it is short."""
        found = part.label.lower().split()
        while found and not self._everyday.stands_out(found[0]):
            found.pop(0)
        return (" ".join(found),) if 0 < len(found) <= LONGEST else ()

    def _weight(self, key: Key, count: int, part: Part) -> int:
        """In hundredths: how often here, doubly if nowhere else, and more if the heading says it."""
        only_here = count / max(count, self._total[key])
        label = part.label.lower()
        labelled = any(form.lower() in label for form in self._forms[key]) if label else False
        return round(100 * (count * (1 + only_here) + (_LABELLED if labelled else 0)))

    def _is_name(self, key: Key) -> bool:
        return all(word in self._names for word in key)

    def _form(self, key: Key) -> str:
        """How a phrase is best written: in its dictionary form if people write that, else as the text has it most often."""
        common = self._forms[key].most_common(1)[0][0].removesuffix("'s").removesuffix("’s")
        named = self._is_name(key) and len(key) > 1
        if named or not all(map(self._everyday.knows, common.split())):
            return common
        if len(key) == 1:
            return key[0].capitalize() if common[0].isupper() else key[0]
        if self._everyday.is_noun(common.split()[0]):  # "reform of the railway": the head stands first
            return " ".join((key[0], *common.split()[1:]))
        return next((form for form in self._forms[key] if form.lower().split()[-1] == key[-1]), common)

    def _subject(self, own: set[str]) -> tuple[str, ...]:
        """The plan's names: phrases with a word for plans in them, and such a word with the phrase that follows; those of the headline first."""
        called: Counter[str] = Counter()
        for line in self._lines:
            for hit in line.places("subject"):
                for text in self._called(line, hit):
                    called[text] += 1 + 2 * (line is self._annotated.title)
        names = [text for text, _ in called.most_common() if text not in own]
        return tuple((names or [self._form(phrase.key) for phrase in self._phrases[id(self._lines[0])]])[:NAMES])

    def _called(self, line: Sentence, hit: Hit) -> Iterator[str]:
        for phrase in self._phrases[id(line)]:
            covers = phrase.first <= hit.first and hit.last <= phrase.last
            if covers and phrase.last > phrase.first and line.words[phrase.first].lemma not in self._names:
                yield self._form(phrase.key)
            between = range(hit.last + 1, phrase.first)
            if any(other.first == phrase.first and other.last > phrase.last for other in self._phrases[id(line)]):
                continue
            near = 0 < len(between) <= 3 and touching(line, phrase.first - 1)
            if near and not phrase.named and all(self._everyday.is_plain(line.words[at]) for at in between):
                yield f"{written(line, hit.first, hit.last).lower()} ~ {self._form(phrase.key)}"

    def _context(self, taken: set[str]) -> tuple[str, ...]:
        """Names that come twice, or stand in the headline, and speak for nobody."""
        names: Counter[Key] = Counter()
        for line in self._lines:
            for phrase in self._phrases[id(line)]:
                if self._is_name(phrase.key):
                    names[phrase.key] += 1 + (line is self._annotated.title)
        kept = [key for key in ranked(names, names) if names[key] > 1] or ranked(names, names)
        free = [key for key in kept if self._form(key).lower() not in taken]
        return tuple(dict.fromkeys(self._name(key) for key in free))[:NAMES]

    def _name(self, key: Key) -> str:
        """A name in the context; where words decline, a single one as its stem, since dictionaries guess at names."""
        form = self._form(key)
        forms = list(self._forms[key])
        if len(key) > 1 or form.isupper() or not self._everyday.knows(form):
            return form
        stem = _common_beginning(forms)
        stem = stem[:-1] if stem[-1:] in _SOFT_ENDS and len(stem) > _SHORTEST_STEM else stem
        return f"{stem}*" if len(stem) >= _SHORTEST_STEM else form


def _common_beginning(forms: Sequence[str]) -> str:
    """The letters with which all forms begin."""
    shortest = min(forms, key=len)
    return next(
        (shortest[:at] for at, char in enumerate(shortest) if any(form[at] != char for form in forms)), shortest
    )


def _names(lines: Sequence[Sentence]) -> frozenset[str]:
    """Dictionary forms of words that are capitalised wherever they stand, at least once inside a sentence, or twice at the head of one."""
    seen: dict[str, list[int]] = {}
    for line in lines:
        capitals = sum(word.capital for word in line.words)
        if len(line.words) > 1 and capitals > _TITLE_CASE * len(line.words):
            continue
        for index, word in enumerate(line.words):
            marks = seen.setdefault(word.lemma, [0, 0, 0])
            marks[0 if not word.capital else 1 if index or word.shouted else 2] += 1
    return frozenset(lemma for lemma, (low, inside, heads) in seen.items() if not low and (inside or heads > 1))
