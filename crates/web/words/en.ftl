# The site's own words in English. Every key stands in fa.ftl too; a test compares them.

skip = Skip to the content
nav-label = Site
nav-cases = My cases
nav-me = My data
nav-desk = My desk
nav-queues = Queues
nav-sign-in = Sign in
nav-verify = Check a certificate
nav-log = Public log
demo-tag = Demonstration
demo-banner = Nothing here is real: people, fees and thresholds are samples.
signed-in-as = Signed in as { $name }
sign-out = Sign out
footer-log = Every act stands in a public log that anyone can check.
footer-log-link = See the log
back-home = Back to all services
yes = Yes
no = No
list-comma = ,{" "}

currency-IRR = IRR
currency-EUR = EUR
currency-USD = USD
currency-TRY = TRY
currency-AZN = AZN
currency-AMD = AMD

period-workdays = { $count ->
    [one] { $shown } working day
   *[other] { $shown } working days
}
period-days = { $count ->
    [one] { $shown } day
   *[other] { $shown } days
}
period-months = { $count ->
    [one] { $shown } month
   *[other] { $shown } months
}
period-years = { $count ->
    [one] { $shown } year
   *[other] { $shown } years
}

home-title = Services of the zone
home-lead = Ask once, see where it stands, get an answer in time, and check every step.
search-label = Find a service
search-button = Search
search-found = { $count ->
    [0] No service found. Try other words.
    [one] { $shown } service found
   *[other] { $shown } services found
}

sign-in-title = Sign in
sign-in-how = Open the sign-in link that you were sent. It works once, for half an hour.
sign-in-arrived = Your link is ready. Press the button to sign in.
sign-in-button = Sign in
sign-in-demo = Choose whom to be in this demonstration.
kind-person = Applicant
kind-supervisor = Supervisor

fault-not-found = This page is not here
fault-not-found-detail = The address may be mistyped, or it is not yours to see. Check it, or begin from the list of services.
fault-signed-out = Please sign in
fault-signed-out-detail = Your sign-in has ended, or the link was used before. Ask for a new link.
fault-forbidden = This is not yours to do
fault-forbidden-detail = Your account has no part in this. If you have another account, sign out and sign in with it. If you work for an authority and should have a part in this, tell its supervisor.
fault-no-appealed-case = An appeal begins on the page of the case
fault-no-appealed-case-detail = This service hears appeals. Among your cases, open the one whose outcome you disagree with: while an appeal is open, its page offers it. Nothing was done.
fault-stale = This page is out of date
    .program = The case has changed
fault-stale-detail = Since you opened it, the case has changed, or you have signed in anew. Nothing was done. Open the page again and look once more before you decide.
    .program = Since the sequence number that you sent as "seen", the case has changed. Nothing was done. Read the case again, look at what is new, and send the act with its "seq" as "seen".
fault-key-reused = This key was used before
fault-key-reused-detail = The idempotency key belongs to another request. Nothing was done. Send a new key.
fault-too-large = The file is too large
fault-too-large-detail = At most { $max } MB are taken. Nothing was kept. Make the file smaller and send it again.
fault-empty = The file is empty
fault-empty-detail = Nothing was kept. Choose the file again.
    .program = Nothing was kept. Send the bytes of the file as the body.
fault-not-what-it-says = The file is not what it says it is
fault-not-what-it-says-detail = It is called { $said }, but what is in it is something else. Nothing was kept. Save it again in the right format.
fault-damaged = The file is not whole
fault-damaged-detail = It begins as { $said } does, but it was cut short or damaged, or something else is in it. Nothing was kept. Save it again, or scan or photograph it anew.
fault-encrypted = The PDF is encrypted
fault-encrypted-detail = The PDF is encrypted. Send it without a password. Nothing was kept.
fault-not-taken = This kind of file is not taken
fault-not-taken-detail = { $said } is not taken. Send a PDF, JPEG, PNG or WebP file.
fault-too-many = Too many at once
fault-too-many-detail = From your address much was sent in a short time. Nothing was done. Wait a moment and send it again.
fault-method = This address is no page to look at
fault-method-detail = It only takes a form, or the form goes to another address. Nothing was done. Begin from the list of services.
fault-wrong-host = Another address
fault-wrong-host-detail = This was sent to another name than this site has. Nothing was done. Open { $url } instead.
fault-elsewhere = This comes from another site
fault-elsewhere-detail = To keep you safe, forms are taken from the pages of this site alone. Nothing was done. Open the page here and send it anew.
back-to-form = Back to the page before
fault-malformed = This cannot be read
fault-malformed-detail = What was sent is not in the form that is needed. Nothing was done. Open the page again and send it anew.
    .program = What was sent is not in the form that is needed. Nothing was done. Compare it with the description of the API.
fault-unavailable = The service is away for a moment
fault-unavailable-detail = Nothing was lost and nothing was half done. Try again in a few minutes.
fault-internal = Something is wrong on our side
fault-internal-detail = Nothing was changed. It has been noted; please try again later.
fault-ended = The case has ended
fault-ended-detail = Nothing more can be done in it. If you disagree with its outcome, see on its page whether an appeal is open.
    .program = Nothing more can be done in it. Its "ended" says until when an appeal is open, if one is.
fault-not-now = Not at this stage
fault-not-now-detail = The case has moved on, or has not come this far. Nothing was done. Look at its page again.
    .program = The case has moved on, or has not come this far. Nothing was done. Read the case again: its "turn" says whose turn it is.
fault-not-yours = This is not your turn
fault-not-yours-detail = Somebody else was drawn for it, or it is the applicant's to do. Nothing was done.
fault-own-case = Nobody decides their own case
fault-own-case-detail = You are the applicant in it. A colleague will decide.
fault-signed-already = You have signed already
fault-signed-already-detail = Your signature stands. The case waits for your colleagues.
fault-no-such-route = There is no such decision here
fault-no-such-route-detail = Choose one of the decisions that the page offers.
    .program = Nothing was done. Send one of the routes in "allowed".
fault-no-such-branch = Nobody of this name is consulted here
fault-no-such-branch-detail = Nothing was done. Open the case again and answer for your own authority.
    .program = Nothing was done. Send one of the branches in "allowed".
fault-ground-needed = A ground is needed
fault-ground-needed-detail = A refusal or objection must cite a ground. Nothing was done. Choose one of the grounds offered.
    .program = A refusal or objection must cite a ground. Nothing was done. Send one of those in "allowed" as "ground".
fault-wrong-ground = This ground cannot be cited here
fault-wrong-ground-detail = It does not stand in the definition for this. Nothing was done. Choose one of the grounds offered.
    .program = It does not stand in the definition for this. Nothing was done. Send one of those in "allowed" as "ground".
fault-facts = Something is missing or wrong
fault-facts-detail = Nothing was sent. Everything that is to be mended is in one list.
    .program = Nothing was done. "errors" names everything that is to be mended, each by its pointer.
fault-ask-used = The applicant was asked already
fault-ask-used-detail = A person is asked once, in one list. Decide on what there is.
fault-empty-ask = Nothing is asked
fault-empty-ask-detail = Choose at least one thing that is missing, with its ground.
    .program = Nothing was done. Send at least one item, with its ground.
fault-not-due = The deadline has not passed
fault-not-due-detail = Nothing was done.
fault-time-ran-out = The time had run out
fault-time-ran-out-detail = The deadline passed before this arrived, and what the law says follows has taken its place. Nothing was done in your name. Look at the case again.
    .program = The deadline passed before this arrived, and what the law says follows has taken its place. Nothing was done in your name. Read the case again.
fault-receipt-used = This payment was taken already
fault-receipt-used-detail = A payment with this receipt stands in the case. Nothing was done.
fault-wrong-amount = The amount is not what is due
fault-wrong-amount-detail = { $due } is due, and { $paid } arrived. The payment was not taken, and is kept to be given back.
fault-decides-something = This is no clerical error
fault-decides-something-detail = Only a text that no rule reads can be corrected here: not a number, a choice, a document or what a register holds.
fault-no-appeal = No appeal is open
fault-no-appeal-detail = The time for it has passed, or this outcome allows none.
fault-appeal-opened = An appeal was lodged before
fault-appeal-opened-detail = An appeal against this decision was lodged before, perhaps a moment ago; one that was withdrawn counts, too. Nothing was done. See it among your cases.
fault-no-certificate = There is no certificate
fault-no-certificate-detail = The case issued none, or it was revoked before.
fault-not-over = The case is not over
fault-not-over-detail = It is open, its end can still be appealed against, or an appeal is being heard. Personal data can be erased after that.
fault-nothing-to-erase = Nothing is left to erase
fault-nothing-to-erase-detail = The case holds no personal data any more.
fault-too-few-officers = Too few officers
fault-too-few-officers-detail = The roster has too few officers for the draw. Nothing was lost. The authority has to fill the roster.
fault-bad-text = The text does not do
fault-bad-text-detail = Write something, and at most { $max } characters.
    .program = It is "{ $field }". Nothing was done. Write something, at most { $max } characters, without the character NUL.
fault-undecidable = The rules give no answer
fault-undecidable-detail = This is a defect of the definition, not of your application. Nothing was changed; the service's author has to mend it.

wrong-missing = This is needed.
wrong-not-asked = This is not asked here.
wrong-twice = This stands twice. Send it once.
wrong-appealed = Give the case of yours whose outcome the appeal is against.
wrong-no-record = The register has no such record.
wrong-not-held = This record is somebody else's.
wrong-number = Enter a number, such as 1250.
wrong-whole = Enter a whole number.
wrong-too-fine = { $count ->
    [one] Enter at most { $shown } digit after the point.
   *[other] Enter at most { $shown } digits after the point.
}
wrong-amount = Enter an amount in digits, such as 250,000.
wrong-currency = Give the amount in { $currency }.
wrong-date = Enter a date like this: 2026-11-23.
wrong-yes-no = Choose yes or no.
wrong-document = Choose a file.
wrong-document-image = This must be a picture: choose a JPEG, PNG or WebP file.
wrong-document-pdf = This must be a PDF: choose a PDF file.
wrong-place = Enter a place on the map, such as latitude 39.295 and longitude 44.498.
wrong-choice = Choose one of the answers offered.
wrong-text = Enter a text.
wrong-direction = The text has characters that turn the direction of writing. Take them out.
wrong-below = Enter { $min } or more.
wrong-above = Enter { $max } or less.
wrong-too-large = The number is too large.
wrong-too-long = { $count ->
    [one] Enter at most { $max } character.
   *[other] Enter at most { $max } characters.
}
wrong-route = Choose your decision.
wrong-ground = Choose one of the grounds offered.
wrong-ground-needed = A refusal, an objection and a question must cite a ground. Choose one of the grounds offered.
wrong-opinion = Choose the opinion of your authority.
wrong-empty-ask = Mark at least one thing.
wrong-reason = Say what was wrong.
wrong-reason-length = Say what was wrong, in at most { $max } characters.
wrong-unchanged = This is what stands already. Enter what shall stand.
wrong-reference = Your authority has no case of this reference. Compare it with the certificate or the case's page.
wrong-certificate = Enter the certificate's text or choose its file.

## API

api-token = A token is needed
api-token-detail = Send "Authorization: Bearer" with a token that holds. Ask for a new one if yours is old.
api-not-found = There is no such thing
api-not-found-detail = The address may be mistyped, or it is not yours to see. Check it against the description of the API.
api-no-such-service = There is no such service
api-no-such-service-detail = "service" names no service of this zone. Nothing was done. Send one of "allowed" as "service".
api-no-appealed-case = It is not said which case the appeal is against
api-no-appealed-case-detail = "appeals" must be a case of yours whose outcome the appeal is against. Nothing was done. Send that case as "appeals".
api-method = This cannot be done here
api-method-detail = The address takes other methods; the header Allow names them.
api-wrong-host = Another host
api-wrong-host-detail = The Host header names another site. Nothing was done. Send the request to { $url }.
api-parameter = A parameter does not do
api-parameter-detail = It is the parameter "{ $name }". { $why } Nothing was done.
api-idempotency-key = An idempotency key is needed
api-idempotency-key-detail = Send the header Idempotency-Key once, with 1 to 128 printable ASCII characters without spaces, new for each write. Nothing was done.
api-content-type = Another media type is needed
api-content-type-detail = Only { $taken } is taken here. Nothing was done. Set Content-Type to it.
api-body-too-large = The body is too large
api-body-too-large-detail = At most { $max } MB are taken. Nothing was done. Send less at once.
api-broken-off = The body broke off
api-broken-off-detail = The connection ended before the body did. Nothing was done. Send it again with the same idempotency key.
api-not-utf-8 = The body is not UTF-8
api-not-utf-8-detail = Byte { $byte } is not UTF-8. Nothing was done. Encode the body as UTF-8.
api-not-json = The body is not JSON
api-not-json-detail = Nothing was done. At line { $line }, column { $column } it can be read no further: write JSON there (RFC 8259), in UTF-8 and without a byte order mark.
api-ends-early = The body ends too early
api-ends-early-detail = Nothing was done. The JSON is not whole where it ends, at line { $line }, column { $column }. Send the whole of it.
api-too-deep = The body nests too deep
api-too-deep-detail = Lists and objects may nest 64 deep. Nothing was done. It goes past that at line { $line }, column { $column }.
api-duplicate-key = A key stands twice
api-duplicate-key-detail = "{ $key }" stands twice in one object, so what is meant is not clear. Nothing was done. Look at line { $line }, column { $column }.
api-shape = The body does not have the form that is described
api-shape-detail = Nothing was done. Look at line { $line }, column { $column }, and compare it with the description of the API. { $why }
api-shape-unplaced-detail = Nothing was done. Compare the body with the description of the API. { $why }
misfit-missing = "{ $name }" is missing. Add it.
misfit-unknown = "{ $name }" is not known here. Leave it out, or write one of: { $takes }.
misfit-twice = "{ $name }" stands twice. Send it once.
misfit-kind-text = Give a text here.
misfit-kind-whole = Give a whole number here, from 0 and not too large.
misfit-kind-truth = Give true or false here.
misfit-kind-object = Give an object here.
misfit-kind-list = Give a list here.
misfit-kind-one-key = Give an object with one key here, which says its kind, such as {"{"}"decimal":"1.50"{"}"}.
misfit-choice = This is not known here. Write one of: { $takes }.
misfit-value-bool = Give true or false, such as {"{"}"bool":true{"}"}.
misfit-value-code = Give a code as text, such as {"{"}"code":"low"{"}"}.
misfit-value-decimal = Give a number as text in plain digits, at most 28, such as {"{"}"decimal":"-1.50"{"}"}.
misfit-value-money = Give an amount as text in plain digits, no finer than the currency's minor unit, and a currency's code (ISO 4217), such as {"{"}"money":{"{"}"amount":"125000","currency":"IRR"{"}"}{"}"}.
misfit-value-date = Give a Gregorian date that exists, such as {"{"}"date":"2026-11-23"{"}"}.
misfit-value-text = Give a text, such as {"{"}"text":"Maku"{"}"}.
misfit-value-document = Bring the document first; then give exactly what you got in answer, as the value of "document".
misfit-value-place = Give a place in degrees times ten million, such as {"{"}"place":{"{"}"lat_e7":392950000,"lon_e7":444980000{"}"}{"}"}.
misfit-value-list = Give a list of values, such as {"{"}"list":[{"{"}"code":"low"{"}"}]{"}"}.
misfit-other = It is out of its bounds or not of its form. Compare it with the description of the API at /api/openapi.json.
api-too-many-requests = Too many requests
api-too-many-requests-detail = Nothing was done. Send it again in { $after } s.
api-document-unknown = Bring the document first; then give exactly what you got in answer.
api-certificate-pending = The certificate is being made
api-certificate-pending-detail = It takes a moment. Ask again in { $after } s.

## Shared

colon = :
draft = unconfirmed draft
draft-tag = not sent yet
back = Back
change = Change
choose = Choose
older = Older
newer = Newer
further = Further cases
reference = Reference
service = Service
stage = Stage
deadline = Deadline
holder = Holder
holders = Held by
ground = Ground
ground-article = { $act }, article { $article }
attribute-of = { $fact }: { $attribute }
attribute-risk = risk class
code-low = low
code-medium = medium
code-high = high
output-route = Decision
output-amount = Amount
not-given = Not given
overdue = overdue
optional = (optional)

## A service

service-start = Start now
service-is-appeal = An appeal begins on the page of the case that you disagree with.
service-for = Who it is for
service-for-person = Persons
service-for-company = Companies
service-authority = Who is competent
service-promise = How long it takes
service-promise-within = You get an answer within { $period } at most.
service-answer-within = If something is asked of you, you have { $period }; the time of the service stands still meanwhile.
service-fee = Fee
service-fee-none = None
service-fee-range = From { $least } to { $most }
service-fee-by = By { $path }
service-needs = What you need
service-needs-lead = You are asked for these, and for nothing else.
service-documents = Documents
service-not-asked = What you are not asked for
service-not-asked-lead = Registers hold it already, so nobody carries it from desk to desk.
service-who-you-are = who you are
service-you-choose = you choose the { $fact }
service-read-there = Read there:
service-recorded = Recorded by an officer during the procedure:
lifecycle-title = The way of a case
lifecycle-drawing = Drawing of the way of a case
lifecycle-drawing-desc = The same is told as a list below the drawing.
lifecycle-shapes = Each box is a stage, each arrow a way on. The list below says the same in words.
lifecycle-list = The stages as a list
stage-kind-decide = decided by rules
stage-kind-officer = an officer decides
stage-kind-inspect = inspection
stage-kind-consult = consultation
stage-kind-applicant = your turn
stage-kind-pay = payment
stage-kind-wait = waiting
stage-kind-granted = granted
stage-kind-refused = refused
stage-kind-closed = closed
stage-by-table = By the table "{ $table }"
count-officers = { $count ->
    [one] One officer, drawn by lot
   *[other] { $shown } officers, drawn by lot, who must agree
}
stage-by-officers = { $people }: { $role }
stage-may-ask = May ask you once, in one list
stage-branch = { $branch }: within { $period }; { $silent }
silent-agree = silence counts as consent
silent-object = silence counts as an objection
stage-within = Within { $period }
stage-issues = Certificate: { $certificate }
stage-valid = Valid for { $period }
stage-enters = Enters: { $register }
stage-appeal = Appeal within { $period }
way-rules = { $count ->
    [one] by { $shown } rule
   *[other] by { $shown } rules
}
way-agree = nobody objects
way-object = somebody objects
way-supplied = supplied
way-paid = paid
way-time = the time has passed
way-appeal = an appeal succeeds
way-unanswered = no answer in time
way-overdue = not in time
tables-title = The rules
tables-lead = These tables decide. They are the ones that the program runs.
tables-rule = Rule
tables-ground = Ground
test-any = any
test-not = not { $value }
test-less = less than { $value }
test-at-most = at most { $value }
test-more = more than { $value }
test-at-least = at least { $value }
test-between = { $low }, { $high }
hit-unique = Exactly one rule applies.
hit-any = Where several rules apply, they say the same.
hit-first = The first rule that applies decides.
hit-priority = Of the rules that apply, the one with the best answer decides.
hit-rule-order = All rules that apply count, in their order.
hit-output-order = All rules that apply count, the best answer first.
hit-collect = All rules that apply count.
hit-collect-sum = The amounts of all rules that apply are added up.
hit-collect-min = The smallest amount of the rules that apply counts.
hit-collect-max = The largest amount of the rules that apply counts.
hit-collect-count = The number of rules that apply counts.
law-title = The law
law-lead = Refusals, questions and fees rest on these grounds. Nobody has confirmed those that are marked as unconfirmed drafts.
definition-title = Definition
definition-lead = The definition of this service as it is published, by its hash. A case keeps the definition under which it began.

## Applying

error-tag = Error:
error-summary = Please mend the following
question-of = Question { $number } of { $of }
question-optional = You may leave this empty.
save-and-continue = Save and continue
draft-kept = Your answers are kept. You may close this page and come back through "My cases".
too-many-held = The register has too many of yours to list here. Enter the number of the one you mean, as the register gives it, such as { $key }
nothing-held = The register has nothing of yours to choose from. Register it first, then come back.
latitude = Latitude
longitude = Longitude
file-kept = Kept: { $name }
check-title = Check your answers
check-declare = By submitting you declare that what you say is true.
submit = Submit
drop-draft = Throw this draft away

## Cases

drafts-title = Begun and not sent
cases-none = You have no cases yet.
cases-begin = Choose a service.
turn-rules = The rules are being applied.
turn-officers = An officer is deciding.
turn-consult = Authorities are being consulted.
turn-answer = It is your turn: something was asked of you.
turn-applicant = It is your turn: something is needed of you.
turn-payment = It is your turn: a fee is due.
turn-answer-other = It is the applicant's turn: something was asked.
turn-applicant-other = It is the applicant's turn: something is needed.
turn-payment-other = It is the applicant's turn: a fee is due.
turn-waiting = A waiting time runs.
turn-ended = The case has ended.
outcome-granted = Granted
outcome-refused = Refused
outcome-lapsed = Lapsed
outcome-withdrawn = Withdrawn
outcome-closed = Closed
days-left = { $count ->
    [0] the last day is today
    [one] { $shown } working day left
   *[other] { $shown } working days left
}
deadline-left = Until { $day }: { $left }
held-by = In the hands of: { $officers }
see-certificate = See the certificate
your-turn = Your turn
asked-once = This is asked of you, once and in one list:
send-answer = Send
pay-now = Pay { $amount }
appeal-now = Appeal, until { $day }
what-is-known = What is known
history = What has happened
history-lead = Every step stands in the public log, without your name.
log-entry = Entry { $index }
withdraw = Withdraw the application
withdraw-title = Withdraw the application?
withdraw-lead = The case ends at once. You may apply again at any time.
withdraw-lead-appeal = The appeal ends at once, and the decision stands. It cannot be lodged again.
withdraw-paid = What you have paid in this case is not paid back by this site.
withdraw-reason = Why, if you like to say
pay-title = Payment
pay-sample = Sample payment service
pay-sample-lead = This is a demonstration: no money moves. The button plays the payment service and says that the fee arrived.
pay-sample-button = Say that the fee was paid (sample)
pay-elsewhere = Pay at the treasury with the reference of your case. The case goes on as soon as the treasury confirms it.

## History

event-opened = The application was submitted
event-entered = Came to: { $stage }
event-due = Deadline: { $day }
event-amount = To be paid: { $amount }
event-drawn = Officers were drawn by lot
event-drawn-who = Drawn: { $officers }; from: { $among }
event-drawn-from = Randomness: { $randomness }
event-seated = { $officer } was drawn in case { $case }, which is the same matter, and decides here too
event-ruled = The table "{ $table }" was applied; rule { $rows } fired
event-signed = { $officer } signed for: { $route }
event-decided-rule = Decided by the rules: { $route }
event-decided-officers = Decided: { $route }, by { $officers }
event-decided-silence = Decided by silence: { $route }; nobody answered in time: { $officers }
event-decided-consult = Result of the consultation: { $route }
event-asked = { $officer } asked the applicant, until { $day }
event-supplied = The applicant answered
event-agreed = { $branch }: agreed
event-objected = { $branch }: objected
event-agreed-silently = { $branch }: silent, which counts as consent
event-objected-silently = { $branch }: silent, which counts as an objection
event-paid = Paid: { $amount }, receipt { $receipt }
event-lapsed = The deadline of { $day } passed
event-silent = Silent: { $officers }
event-withdrawn = The applicant withdrew
event-corrected = { $officers } corrected a clerical error in: { $fact }
event-corrected-from = It said { $was }, and now says { $is }
event-issued = Certificate: { $certificate }
event-appealed = An appeal was lodged: { $case }
event-overturned = The appeal { $case } succeeded; the case goes on
event-revoked = { $officers } revoked the certificate
event-erased = Personal data was erased, since it may be kept no longer
event-erased-on-ground = Personal data was erased on a ground of law
erased-value = (erased)
erased-retention = Erased on { $day }, since it may be kept no longer
erased-on-ground = Erased on { $day } on the ground: { $ground }
event-proposed = { $officer } proposed to revoke the certificate; another officer must agree
event-proposed-correction = { $officer } proposed to mend a clerical error; another officer must agree

## Certificates

certificate = Certificate
certificate-in-making = The certificate is being made. Load this page again in a moment.
certificate-revoked = This certificate was revoked.
certificate-proven = The decision that granted it stands in the public log.
certificate-not-yet = Signed; the public log takes it in within moments.
certificate-cose = Download the certificate with its proof (COSE)
certificate-text = Download the certificate as text
claim-holder = Holder
valid-from = Valid from
valid-until = Valid until
verify-text = Text of the certificate
verify-text-hint = What the QR code says; it begins with PJ1:
verify-file = Or the certificate's file
verify-button = Check the certificate
verify-elsewhere = Check without this site
verify-elsewhere-lead = Anybody can check a certificate on their own computer with the zone's public keys, and need not believe this site. FILE is the certificate's file or its text; the second command checks the whole public log:
verify-certificate-key = Public key of the certificates
verify-certificate-key-set = Download as a JWKS
verify-log-key = Public key of the public log
verify-elsewhere-trust = Keys taken from this page only show that certificates and page fit together. To rely on them, compare them with those that the zone has published elsewhere, such as in its official gazette.
verdict-valid = The certificate holds
verdict-valid-detail = It is genuine, in force and not revoked.
verdict-expired = The certificate has expired
verdict-expired-detail = It is genuine, but it ended at:
verdict-not-yet = The certificate is not in force yet
verdict-not-yet-detail = It is genuine, and begins at:
verdict-revoked = The certificate was revoked
verdict-revoked-detail = It was genuine, but the authority took it back. Do not accept it.
verdict-suspended = The certificate is suspended
verdict-suspended-detail = It is genuine, but does not hold for now.
verdict-status-unknown = It cannot be said whether the certificate was revoked
verdict-status-unknown-detail = It is genuine. Ask the issuing authority.
verdict-unknown-key = The certificate is another zone's
verdict-unknown-key-detail = This zone cannot judge it. Ask the zone that it names:
verdict-bad-signature = The certificate was altered or forged
verdict-bad-signature-detail = The signature is not that of the zone that it names. Do not accept it. The zone:
verdict-malformed = This is no certificate, or not a whole one
verdict-malformed-detail = It cannot be read. Scan or copy it again, whole. Where it breaks off:
broken-text = in the text
broken-compressed = in what the text holds packed
broken-message = in the frame of the message
broken-protected = in the signed header
broken-header = in the header
broken-payload = in what it states
broken-claim = in one of the things that it states
verdict-proven = Proven: the public log has the decision that granted it.
verdict-unproven = Signed; it carries no proof of the public log.
verdict-refuted = The proof that it carries does not prove it. Ask the issuing authority.

## The desk

desk-lead = Only what waits for you, in the order in which it arrived.
desk-empty = Nothing waits for you.
desk-done = Done, and recorded.
desk-silence = If nobody answers in time: { $consequence }
appealed-case = The decision appealed against is in the case
desk-people = { $count ->
   *[other] { $shown } officers must agree.
}
desk-proposal = What the rules propose
desk-decide = Your decision
desk-route = Decide
desk-ground = Ground (needed for a refusal)
ground-none = No ground
desk-note = In your words (the applicant reads them)
desk-sign = Sign and record
desk-ask = Ask the applicant
desk-ask-lead = Once, and in one list: mark all that is missing or to be mended.
desk-ask-note = What is wrong with it
desk-ask-send = Ask
desk-opinion = The opinion of your authority
opinion-agree = No objection
opinion-object = Objection
desk-not-your-turn = This case does not wait for you now.
desk-ask-items = What is missing
desk-ask-ground = Ground
desk-object-ground = Ground (needed for an objection)
find-title = Correct a case or revoke a certificate
find-lead = Find a case of your authority by its reference, to mend a clerical error in it or to revoke its certificate.
find-hint = It stands on the certificate and on the case's page, such as 7QK2-M04T-9XAB
find-button = Find the case
amend-title = Correction and revocation
correct-title = Mend a clerical error
correct-lead = Only a text that no rule reads can be mended, and two officers must agree on what it shall say. While a case is open, what officers have signed falls with the correction.
correct-none = Nothing in this case can be mended as a clerical error.
correct-one = Mend
correct-fact = What
correct-stands = What stands
correct-wanted = What shall stand
correct-reason = What was wrong?
check-button = Go on and check
correct-check-title = Check the correction before you record it
correct-consequence = If another officer has proposed the same, the correction stands now; otherwise it waits for one who agrees. It stays in the case's history under your names, and the applicant sees it. What stood before is not removed from the history.
correct-certificate = The certificate is made again with the new value.
correct-send = Sign the correction
correct-proposed = { $fact } shall say { $value }
revoke-title = Revoke the certificate
revoke-lead = Nobody should accept a revoked certificate any more. A revocation must cite a ground and takes as many officers as the grant, two at least: it stands when they have signed for the same ground.
revoke-ground = Ground of the revocation
revoke-check-title = Check before you revoke
revoke-consequence = If this is the last signature that is needed, the certificate is revoked, and that cannot be taken back: whoever checks it is told so. Otherwise your proposal stands in the history, and another officer must agree.
revoke-send = Sign the revocation
revoke-proposed = { $officer } proposed it on this ground
queues-lead = Where cases wait, since when, and until when.
queues-empty = No case waits.
queues-cases = Cases
queues-oldest = Oldest since
queues-nearest = Nearest deadline

## The log

log-lead = Every act in every case, in the order in which it was recorded. Nobody can change or remove an entry without it being seen.
log-size = Entries
log-root = Root
log-signed = Signed
log-key = Key that checks the signature
log-check = Check it yourself, with this program or any other that knows C2SP tlog-tiles:
log-checkpoint = The signed checkpoint
log-empty = Nothing is recorded yet.
log-index = Entry
log-kind = Kind
log-time = Time
log-case = Case (pseudonym)
log-sequence = Place in the case
log-previous = Entry before it in the case
log-first = None: it opens the case
log-hash = Leaf hash
log-public = What is public
log-nothing-public = Nothing.
log-commitments = What is bound and not shown
log-commitments-lead = Salted hashes: whoever has the data can prove it, nobody can guess it.
log-proof = Download the proof of inclusion
log-fact-service = Service
log-fact-follows = Follows the case (pseudonym)
log-fact-due = Last day
log-fact-due-of = Last day: { $clock }
log-fact-seat = Drawn for
log-fact-roster = Roster (hash)
log-fact-randomness = Randomness of the draw
log-fact-candidates = How many were in the draw
log-fact-table = Table
log-fact-rows = Rules that applied
log-fact-route = Decision
log-fact-by = Decided by
log-fact-ground = Ground
log-fact-concepts = Erased
log-fact-cause = Why
log-cause-retention = It may be kept no longer
log-cause-ground = On a ground of law
log-fact-items = How many things were asked
log-fact-branch = Consulted
log-fact-opinion = Answer
log-fact-deemed = By silence
log-fact-clock = Whose deadline
log-fact-outcome = Outcome
log-fact-certificate = Certificate
log-fact-event = The whole event
log-by-rule = the rules
log-by-officers = officers
log-by-silence = silence until the deadline
log-by-consult = the consultation
kind-opened = submitted
kind-entered = came to a stage
kind-drawn = officers drawn
kind-seated = officer of the same matter seated
kind-ruled = rules applied
kind-signed = signed by one of several
kind-decided = decided
kind-asked = applicant asked
kind-supplied = applicant answered
kind-consulted = authority answered
kind-paid = paid
kind-lapsed = deadline passed
kind-withdrawn = withdrawn
kind-corrected = clerical error corrected
kind-ended = ended
kind-appealed = appeal lodged
kind-overturned = decision overturned
kind-revoked = certificate revoked
kind-erased = personal data erased
kind-proposed = correction or revocation proposed

## My data

me-title = What the zone knows about you
me-lead = All that is held about you, who read it and why. If something is wrong, tell the authority that keeps it.
me-download = Download all of it (JSON)
me-download-older = Download the older ones (JSON)
me-account = Your account
me-number = Number in the register of people
me-sign-ins = Sign-ins and links that are kept
me-cases = Your cases
me-no-cases = You have no case.
me-drafts = Applications that you began
me-documents = Documents that you brought
me-records = What registers hold about you
me-record-none = No register holds anything about you.
me-payments = Payments
me-reads = Who read what about you
me-reads-lead = Each read is for a case. Where the case is not yours, it says nothing more about it.
me-reads-none = Nobody but you has read anything.
me-own-case = Your case { $case }
me-others-case = An application of somebody else, in which your record was named; they learned nothing from it
me-times = { $shown } times
me-case-facts = Facts of the case: { $concepts }
me-case-whole = The case as it stood
me-register-facts = { $register }: { $concepts }
me-by-service = { $authority }, by the rules of the service
me-by-officer = { $authority }, { $officer } who was drawn for the case
me-by-appeal = The officer who was drawn to hear the appeal
me-by-supervisor = { $authority }, a supervisor
