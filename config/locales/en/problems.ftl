# What went wrong, what it means, what to do.
nearest = Nearest: { $words }.
allowed = There are: { $words }.
language-code-en = en (English)
language-code-uk = uk (Ukrainian)
look-around = To look around: /layers · /status · /help.
for-example = For example:
unknown-command = There is no command “{ $word }”.
unknown-command-empty = No command was given. All of them: /help.
unknown-layer = This plan has no layer or party “{ $word }”.
unknown-layer-empty = Which layer? Its name, its number or a beginning will do.
unknown-topic = No plan called “{ $word }” is followed here.
unknown-topic-empty = Which plan? /topic lists them.
unknown-item = Nothing here has an id that begins with “{ $word }”.
unknown-item-empty = Why what? An id from /latest or /layer, or a layer’s name.
bad-time = “{ $word }” is not an hour of the day, so nothing was changed. Hours go from 00:00 to 23:59.
bad-time-empty = At what hour? From 00:00 to 23:59.
bad-zone = No city or time zone called “{ $word }” is known, so nothing was changed.
bad-zone-empty = In which city or time zone?
bad-word = “{ $word }” cannot stand here, so nothing was changed.
bad-word-empty = A word is missing, so nothing was changed.
bad-address = “{ $word }” is not the address of a site; example.org would be one.
bad-address-empty = Which site? Its address will do, as in /feeds example.org
not-now = Only a few sites a minute are looked at. Ask again in { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}.
not-now-busy = The site named before is still being looked at. Its answer comes first; then ask again.
not-allowed = You may not change what this chat follows. Ask one of its administrators.
not-allowed-manage-server = Only members with the right Manage Server may change what this channel follows. Ask one of them; reading is open to all.
not-allowed-admin = Only administrators may change what this chat follows. Ask one of them; reading is open to all.
not-subscribed = No digest comes to this chat, so there is nothing to stop or change. To begin: /subscribe 08:00 Kyiv

source-unread = { $url } cannot be read: { $reason }. What it says is missing here; another try follows on its own.
settings-wrong = { $count ->
    [one] The settings hold a mistake
   *[other] The settings hold { $count } mistakes
}, so planwatch does not start:
topic-file-wrong = { $count ->
    [one] A topic file or word list holds a mistake
   *[other] Topic files or word lists hold { $count } mistakes
}, so planwatch does not start:
corpus-wrong = { $count ->
    [one] The labelled corpus holds a mistake
   *[other] The labelled corpus holds { $count } mistakes
}, so it is not scored:
backup-refused = The backup was not restored, and nothing was touched:
token-refused = { $platform } does not accept the token, so nothing is sent there. Check the setting { $key }.
operator-needed = This needs a change by the operator; the log names it.
try-later = The platform asks to wait { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}; the message follows on its own.
chat-gone = This chat cannot be written to any more ({ $detail }). Its digest is paused until someone subscribes again.
chat-moved = The chat has moved to a new address; messages follow it.
part-refused = The platform does not take one part of the message ({ $detail }); the rest was sent.
platform-failed = The platform did not take the message; another try follows on its own.
store-too-new = The database was written by a newer planwatch (revision { $found }). Nothing was changed in it; install that version or newer.
store-full = There is no room left where the database lies, so nothing could be saved. The operator must make room; then try again.
store-unreachable = The database cannot be reached ({ $detail }), so nothing was read or saved. The operator should check the setting storage.url.
store-failed = The database did not take this, so nothing was changed. Try again; if it stays, the operator finds more in the log.
something-failed = That did not work, and nothing was changed. Try again.
unexpected = This could not be answered because of a fault in the program; nothing was changed. Try again, and if it stays, give the operator the number { $incident }.
