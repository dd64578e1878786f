# Small words that other sentences are built from.
list-end = { $beginning } and { $last }
moment = { $day }, { $clock }
in-zone = { $moment } ({ $city })
today-clock = today, { $clock }
yesterday-clock = yesterday, { $clock }
since-day = since { $day }
process = Process
not-known = not known
position-of = { $party } (position)

mark-en = (en)
mark-uk = (uk)
mark-ru = (ru)
language-en = English
language-uk = Ukrainian
language-ru = Russian
language-unknown = Other

rung-unknown = not known yet
rung-floated = floated
rung-proposed = proposed
rung-agreed-in-principle = agreed in principle
rung-text-agreed = text agreed
rung-signed = signed
rung-ratified = ratified
rung-in-force = in force
rung-since = { $rung } since { $day }
side-disputed = disputed
side-stalled = stalled
side-rejected = rejected
side-withdrawn = withdrawn

standing-standing = standing
standing-superseded = replaced by a later report
standing-disputed = disputed
standing-corrected = taken back

stance-proposes = proposal
stance-supports = support
stance-accepts = acceptance
stance-conditional = with conditions
stance-undecided = undecided
stance-rejects = rejection
stance-none = not known
party-proposes = { $party } { $many ->
    [yes] propose
   *[no] proposes
}
party-supports = { $party } { $many ->
    [yes] support
   *[no] supports
}
party-accepts = { $party } { $many ->
    [yes] accept
   *[no] accepts
}
party-conditional = { $party } { $many ->
    [yes] set
   *[no] sets
} conditions
party-undecided = { $party } { $many ->
    [yes] are
   *[no] is
} undecided
party-rejects = { $party } { $many ->
    [yes] reject
   *[no] rejects
}
party-silent = { $party } { $many ->
    [yes] have
   *[no] has
} not answered
party-no-whole = { $party } { $many ->
    [yes] have
   *[no] has
} not answered on the whole
members = { $count } members

role-at-least = at least { $amount }
role-at-most = up to { $amount }
role-about = about { $amount }
value-offered = { $value } offered
value-offered-by = { $value } offered by { $party }
value-asked = { $value } asked
value-asked-by = { $value } asked by { $party }
value-possible = possibly { $value }
value-possible-by = possibly { $value } ({ $party })
value-denied = { $value }, denied
value-denied-by = { $value }, denied by { $party }
value-named-by = { $value } ({ $party })
value-was = { $value }, was { $before }
value-since = { $value } · since { $day }

amount-million = { $amount } million
amount-billion = { $amount } billion
unit-people = { $amount } { $n ->
    [one] person
   *[other] people
}
unit-countries = { $amount } { $n ->
    [one] country
   *[other] countries
}
unit-hours = { $amount } { $n ->
    [one] hour
   *[other] hours
}
unit-days = { $amount } { $n ->
    [one] day
   *[other] days
}
unit-weeks = { $amount } { $n ->
    [one] week
   *[other] weeks
}
unit-months = { $amount } { $n ->
    [one] month
   *[other] months
}
unit-years = { $amount } { $n ->
    [one] year
   *[other] years
}
unit-brigades = { $amount } { $n ->
    [one] brigade
   *[other] brigades
}
unit-battalions = { $amount } { $n ->
    [one] battalion
   *[other] battalions
}
unit-votes = { $amount } { $n ->
    [one] vote
   *[other] votes
}
unit-pages = { $amount } { $n ->
    [one] page
   *[other] pages
}
unit-km = { $amount } km
unit-percent = { $amount }%
unit-EUR = €{ $amount }
unit-USD = ${ $amount }
unit-GBP = £{ $amount }
unit-UAH = ₴{ $amount }

citing = , citing { $outlet }
also = { " " }· also { $outlets }
one-source = { " " }· one source so far
