# The board, one layer, the status.
dispute = { $one } or { $other }? Unsettled
dispute-since = { $one } or { $other }? Unsettled since { $day }
newest-by = newest:
nothing-told = nothing said of it yet
told-by = { $outlets ->
    [one] 1 outlet
   *[other] { $outlets } outlets
}
told-by-last = { $outlets ->
    [one] 1 outlet
   *[other] { $outlets } outlets
}, last on { $day }
moved-today = moved today, { $day }
moved-yesterday = moved yesterday, { $day }
silent-for = { $days ->
    [one] silent for 1 day
   *[other] silent for { $days } days
}, since { $day }
moved-since-looked = Moved since somebody here last looked ({ $moment }): { $moved }.
still-since-looked = Nothing moved since somebody here last looked ({ $moment }).

read-sources = Read: { $read } of { $sources } sources.
blind = Blind: { $outlets }.
blind-since = { $outlet } since { $day }
not-read-yet = Not read yet: { $sources }.
and-more = { $names } and { $count } more
last-read = Last read: { $moment }.

no-points-yet = No source that is read here has said anything of it yet.
older-points = { $count ->
    [one] 1 older point
   *[other] { $count } older points
}: /{ $command }
ask-why = Why one of them stands here: /why { $id }

status-title = Where it stands · { $topic }
section-parties = Parties
section-process = Process
section-open = Open
section-day = Moved in the last 24 hours
section-week = Moved in the six days before
stance-since = since { $day }
stance-since-was = since { $day } · before: { $before }
no-process-yet = No meeting, draft, signature or date has been reported yet.
nothing-open = No report contradicts another.
unsettled-since = reports differ, unsettled since { $day }
rung-not-known = How far it has come is not known: { $layers }.
stance-not-known = Overall stance not known: { $parties }.
nothing-moved-short = Nothing.
section-apart = Different from { $moment }
nothing-apart = Everything stands as it did then.

more-movements = { $count ->
    [one] and 1 more movement
   *[other] and { $count } more movements
}
more-quotes = { $count ->
    [one] 1 more quote
   *[other] { $count } more quotes
}: /{ $command }

button-layers = Board
button-digest = What moved
button-status = Who stands where
button-sources = Sources
button-latest = Newest points
button-help = All commands
button-older = Older points
button-why = Why
button-next-page = Next page
button-previous-page = Previous page
