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
sources-blind = Cannot be read: { $sources }.
sources-silent = Nothing new for a month: { $sources }.
sources-paused = Switched off: { $sources }.
page-of = Page { $page } of { $pages }
newest-since = nothing newer than { $day }
health-new = not read yet
health-never = not read so far, tried again soon
health-silent = silent
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

find-title = { $count ->
    [one] One feed
   *[other] { $count } feeds
} found at { $site }
find-known = already read here
find-known-but = already listed here: { $state }
find-how = What is read here is up to whoever runs planwatch. To have this one read:
find-who-adds = What is read here is up to whoever runs planwatch.
find-none = No feed was found at { $site }. Try a page of its news, or the feed’s own address.
find-failed = { $site } cannot be looked at: { $reason }.

help-title = What you can ask
introduction = I follow one plan in the news: { $topic }. Every line is a published sentence with its source, or a count of such sentences.
start-how = A digest every morning: /subscribe 08:00 Kyiv. Everything else: /help.
help-names = A layer goes by number, name or the beginning of its name: /layer { $number }, /layer { $name }, /layer { $id }. Parties too.
help-promise = What no source says is not said here; where sources differ, both are shown.

# Reasons, as the summariser notes them.
reason-first-telling = first telling
reason-first-value-told = first value told
reason-an-earlier-value-told-as-background = an earlier value, told as background
reason-two-reports-give-different-values-neither-says-that-it-replaces-the-other = two reports give different values, and neither says that it replaces the other
reason-later-reports-settle-it-for-what-stood-before = later reports settle it for what stood before
reason-a-second-report-tells-it-too = a second report tells it too
reason-the-day-that-was-stated-is-over = the day that was stated is over
reason-what-put-it-there-was-taken-back = what put it there was taken back
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

# Where an article’s text comes from, and what a new version changed.
text-of-feed = From the feed’s own text; { $reason }.
no-text-not-a-page = the link does not lead to a web page
no-text-pdf = the link leads to a PDF
no-text-challenge = the page lets only browsers in
no-text-login = the page asks for a password
no-text-consent = the page asks for consent first
no-text-paywall = the page is behind a paywall
no-text-script = the page shows nothing without scripts
no-text-stub = the page holds hardly any text
no-text-not-found = the page is not there any more
no-text-front-page = the link leads to the site’s front page
no-text-too-slow = the page took too long to read
no-text-broken = the page could not be taken apart
no-text-unread = the page could not be read: { $trouble }
article-version = Version { $version }: { $changes }.
edit-title = new title
edit-added = { $count ->
    [one] 1 sentence added
   *[other] { $count } sentences added
}
edit-removed = { $count ->
    [one] 1 sentence removed
   *[other] { $count } sentences removed
}
edit-reworded = { $count ->
    [one] 1 sentence reworded
   *[other] { $count } sentences reworded
}
