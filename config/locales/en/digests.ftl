# Digests and movements.
digest-title = What moved · { $window }
window = { $since } to { $until }
kind-new = new
kind-new-value = { $now }, new
kind-correction = taken back
kind-conflict = reports differ
kind-conflict-of = { $one } or { $other }? Reports differ
kind-settled = settled: { $now }, not { $before }
kind-deadline = deadline: { $now }
kind-passed = { $before } has passed
now-was = { $now }, was { $before }
now-only = { $now }
fresh-points = New points: { $places }
fresh-in = { $subject } { $count }

more-rung = the status changed too
more-stance = the stance changed too
more-value = the value moved too
more-conflict = reports differ on it
more-correction = it takes back an earlier report
more-settled = a conflict between reports is settled too
more-deadline = it sets a date too
more-passed = its date has passed too
more-conflict-over = reports differed on the way
more-new = it brings something new too

count-value = { $count ->
    [1] one value moved
   *[other] { $count } values moved
}
count-rung = { $count ->
    [1] one status changed
   *[other] { $count } statuses changed
}
count-stance = { $count ->
    [1] one stance changed
   *[other] { $count } stances changed
}
count-conflict = { $count ->
    [1] one conflict between reports
   *[other] { $count } conflicts between reports
}
count-correction = { $count ->
    [1] one thing taken back
   *[other] { $count } things taken back
}
count-settled = { $count ->
    [1] one conflict settled
   *[other] { $count } conflicts settled
}
count-deadline = { $count ->
    [1] one date set
   *[other] { $count } dates set
}
count-passed = { $count ->
    [1] one date has passed
   *[other] { $count } dates have passed
}
count-new = { $count ->
    [1] one thing new
   *[other] { $count } things new
}

nothing-moved = Nothing moved since { $day }, { $clock }.
nothing-read = No article was read in that time, so nothing can be said of it.
none-relevant = { $articles ->
    [one] 1 article read, not
   *[other] { $articles } articles read, none
} on the plan.
all-known = { $articles ->
    [one] 1 article
   *[other] { $articles } articles
} read, { $relevant } on the plan, all known.
some-known = { $articles ->
    [one] 1 article
   *[other] { $articles } articles
} read, { $relevant } on the plan.
longest-silence = Longest silence: { $subject }, { $days ->
    [one] 1 day
   *[other] { $days } days
}.
silent = Silent: { $silences }.
silent-days = { $subject } { $days ->
    [one] 1 day
   *[other] { $days } days
}
left-out = Left out: { $reasons }.
left-repeat = { $count ->
    [one] 1 repeat
   *[other] { $count } repeats
}
left-copy = { $count ->
    [one] 1 copy of a report
   *[other] { $count } copies of reports
}
left-told-before = { $count } told before
left-too-old = { $count } published too long ago
left-over-limit = { $count } for lack of room
left-unsure = { $count ->
    [one] { $count } unsure
   *[other] { $count } unsure
}
left-returned = { $count } that came back to where it was
left-not-chosen = { $count } on layers not chosen here

sources-unread = { $count } of { $sources } { $sources ->
    [one] source
   *[other] sources
} could not be read since { $day }: { $outlets }.
sources-unread-ever = { $count } of { $sources } { $sources ->
    [one] source
   *[other] sources
} could not be read: { $outlets }.
unread-since = { $outlet } (since { $day })
sources-not-yet = { $count } of { $sources } { $sources ->
    [one] source
   *[other] sources
} { $count ->
    [one] has
   *[other] have
} not been read yet.

next-digest = Next digest: { $near ->
    [today] today,{ " " }
    [tomorrow] tomorrow,{ " " }
   *[later] { "" }
}{ $weekday ->
    [0] Monday
    [1] Tuesday
    [2] Wednesday
    [3] Thursday
    [4] Friday
    [5] Saturday
   *[6] Sunday
} { $day }, at { $clock } { $city ->
    [UTC] (UTC)
   *[other] in { $city }
}.
subscribed = From now on the digest of “{ $topic }” comes here daily at { $clock } ({ $city }).
subscribed-again = Changed: the digest of “{ $topic }” comes here daily at { $clock } ({ $city }).
how-to-change = Another hour: /subscribe 20:15 Paris. Stop: /unsubscribe.
unsubscribed = { $count ->
    [one] No digest comes here any more.
   *[other] No digests come here any more: { $count } were stopped.
} Questions are still answered.
language-set = From now on I speak English here.
topics-title = Plans that can be followed here
topic-current = this chat’s
topic-set = From now on this chat is about “{ $topic }”. A digest that is subscribed stays as it is.
