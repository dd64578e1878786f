# Newest points, reasons, sources, help.
latest-title = Newest points · { $topic }
why-title = Why · { $subject }
why-relevant = Belongs to the plan (score { $score }): { $why }
why-not-relevant = Does not belong to the plan (score { $score }): { $why }
why-filed = Filed under: { $subject }
why-stance = Stance read from it: { $stance }
why-rung = It speaks of this step: { $rung }
why-numbers = Numbers in it: { $numbers }
why-joined = Joined with tellings of the same fact: /why { $id }
why-told = { $points ->
    [one] Told once
   *[other] Told { $points } times
}, { $reports ->
    [one] 1 independent report
   *[other] { $reports } independent reports
}, first on { $first }, last on { $last }.
why-rule = Rule: { $why }
why-sure = Confidence: { $percent }%
why-changes = What it moved

sources-title = Sources · { $topic }
no-sources = No source is set up for this plan. The operator adds one with: planwatch feeds add ADDRESS
health-new = not read yet
health-good = read
health-failing = failing, tried again soon
health-blind = blind, tried again daily
health-gone = gone, not tried any more
health-paused = switched off
trouble-address-refused = the address is a private one and was refused
trouble-bad-address = the address is not one that can be read
trouble-dns = its server’s name was not found
trouble-connection = its server could not be reached
trouble-timeout = it took too long to answer
trouble-too-large = it is larger than allowed
trouble-too-many-redirects = it sends from address to address without end
trouble-http-status = its server answered with an error
trouble-rate-limited = its server asks to be read less often
trouble-gone = it was taken down
trouble-not-a-feed = there is no feed at its address
trouble-broken-feed = its feed is damaged
trouble-tls = its certificate is not valid
trouble-challenge-page = it lets only browsers in
trouble-robots = it does not want to be read by programs
trouble-internal = reading it failed here; the log knows more

help-title = What you can ask
introduction = I follow one plan in the news: { $topic }. Every line is a published sentence with its source, or a count of such sentences.
start-how = A digest every morning: /subscribe 08:00 Kyiv. Everything else: /help.
help-names = A layer goes by number, name or the beginning of its name: /layer { $number }, /layer { $name }, /layer { $id }. Parties too.
help-promise = What no source says is not said here; where sources differ, both are shown.

# Reasons, as the summariser notes them.
reason-first-telling = first telling
reason-first-value-told = first value told
reason-an-earlier-value-told-as-background = an earlier value, told as background
reason-two-reports-within-three-days-neither-says-that-it-replaces-the-other = two reports within three days, and neither says that it replaces the other
reason-a-later-report-gives-another-value = a later report gives another value
reason-first-word-on-this = first word on this
reason-another-stance-of-the-same-party-on-the-same-point = another stance of the same party on the same point
reason-takes-back-or-denies-an-earlier-report = takes back or denies an earlier report
reason-nothing-of-where-the-plan-plays = it says nothing of where the plan plays
reason-about-another-country = it is about another country
reason-its-words-mean-something-else-here = its words mean something else here
reason-does-not-name-the-plan = it does not name the plan
reason-names-the-plan = it names the plan
reason-speaks = it speaks of { $subject }
reason-speaks-and-names = it speaks of { $subject } and says { $names }
reason-only-names = it says { $names }, but no sentence says what the plan contains
reason-rung = { $rung }: { $officials } official and { $outlets } independent reports; { $official } official or { $outlet } independent are needed
