# The site's own words in English. Every key stands in fa.ftl too; a test compares them.

skip = Skip to the content
nav-label = Site
nav-cases = My cases
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
sign-in-arrived = Your link is ready.
sign-in-button = Sign in
sign-in-demo = Choose whom to be in this demonstration.
kind-person = Applicant
kind-supervisor = Supervisor

fault-not-found = This page is not here
fault-not-found-detail = The address may be mistyped, or it is not yours to see. Check it, or begin from the list of services.
fault-signed-out = Please sign in
fault-signed-out-detail = Your sign-in has ended, or the link was used before. Ask for a new link.
fault-forbidden = This is not yours to do
fault-forbidden-detail = Your account has no part in this. If you think that it should, speak to your supervisor.
fault-stale = Somebody was here before you
fault-stale-detail = What you saw has changed since. Nothing was done. Go back, load the page again and look once more.
fault-key-reused = This key was used before
fault-key-reused-detail = The idempotency key belongs to another request. Nothing was done. Send a new key.
fault-too-large = The file is too large
fault-too-large-detail = At most { $max } MB are taken. Nothing was kept. Make the file smaller and send it again.
fault-empty = The file is empty
fault-empty-detail = Nothing was kept. Choose the file again.
fault-not-what-it-says = The file is not what it says it is
fault-not-what-it-says-detail = It is called { $said }, but what is in it is something else. Nothing was kept. Save it again in the right format.
fault-not-taken = This kind of file is not taken
fault-not-taken-detail = { $said } is not taken. Send a PDF, JPEG, PNG or WebP file.
fault-malformed = This cannot be read
fault-malformed-detail = What was sent is not in the form that is needed. Nothing was done. Check it and send it again.
fault-unavailable = The service is away for a moment
fault-unavailable-detail = Nothing was lost and nothing was half done. Try again in a few minutes.
fault-internal = Something is wrong on our side
fault-internal-detail = Nothing was changed. It has been noted; please try again later.
fault-ended = The case has ended
fault-ended-detail = Nothing more can be done in it. If you disagree with its outcome, see on its page whether an appeal is open.
fault-not-now = Not at this stage
fault-not-now-detail = The case has moved on, or has not come this far. Nothing was done. Look at its page again.
fault-not-yours = This is not your turn
fault-not-yours-detail = Somebody else was drawn for it, or it is the applicant's to do. Nothing was done.
fault-own-case = Nobody decides their own case
fault-own-case-detail = You are the applicant in it. A colleague will decide.
fault-signed-already = You have signed already
fault-signed-already-detail = Your signature stands. The case waits for your colleagues.
fault-no-such-route = There is no such decision here
fault-no-such-route-detail = Choose one of the decisions that the page offers.
fault-ground-needed = A ground is needed
fault-ground-needed-detail = A refusal or objection must cite a ground. Nothing was done. Choose one of the grounds offered.
fault-wrong-ground = This ground cannot be cited here
fault-wrong-ground-detail = It does not stand in the definition for this. Nothing was done. Choose one of the grounds offered.
fault-facts = Something is missing or wrong
fault-facts-detail = Nothing was sent. Everything that is to be mended is in one list.
fault-ask-used = The applicant was asked already
fault-ask-used-detail = A person is asked once, in one list. Decide on what there is.
fault-empty-ask = Nothing is asked
fault-empty-ask-detail = Choose at least one thing that is missing, with its ground.
fault-not-due = The deadline has not passed
fault-not-due-detail = Nothing was done.
fault-decides-something = This is no clerical error
fault-decides-something-detail = A decision or a register rests on this fact, so it cannot be corrected here.
fault-no-appeal = No appeal is open
fault-no-appeal-detail = The time for it has passed, or one was lodged before.
fault-no-certificate = There is no certificate
fault-no-certificate-detail = The case issued none, or it was revoked before.
fault-too-few-officers = Too few officers
fault-too-few-officers-detail = The roster has too few officers for the draw. Nothing was lost. The authority has to fill the roster.
fault-bad-text = The text does not do
fault-bad-text-detail = Write something, and at most { $max } characters.
fault-undecidable = The rules give no answer
fault-undecidable-detail = This is a defect of the definition, not of your application. Nothing was changed; the service's author has to mend it.

wrong-missing = This is needed.
wrong-not-asked = This is not asked here.
wrong-no-record = The register has no such record.
wrong-not-held = This record is somebody else's.
wrong-number = Enter a number, such as 1250.
wrong-whole = Enter a whole number.
wrong-too-fine = Enter at most { $scale } digits after the point.
wrong-amount = Enter an amount in digits.
wrong-date = Enter a date, such as 1405/09/02.
wrong-yes-no = Choose yes or no.
wrong-document = Choose a file.
wrong-place = Enter a place on the map, such as 39.295, 44.498.
wrong-choice = Choose one of the answers offered.
wrong-text = Enter a text.
wrong-below = Enter { $min } or more.
wrong-above = Enter { $max } or less.
wrong-too-large = The number is too large.
wrong-too-long = Enter at most { $max } characters.

## API

api-token = A token is needed
api-token-detail = Send "Authorization: Bearer" with a token that holds. Ask for a new one if yours is old.
api-not-found = There is no such thing
api-not-found-detail = The address may be mistyped, or it is not yours to see. Check it against the description of the API.
api-method = This cannot be done here
api-method-detail = The address takes other methods; the header Allow names them.
api-parameter = A parameter does not do
api-parameter-detail = Mend this parameter and send the request again: { $name }
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
api-not-json-detail = Nothing was done. Look at line { $line }, column { $column }: { $why }
api-too-deep = The body nests too deep
api-too-deep-detail = Lists and objects may nest 64 deep. Nothing was done. It goes past that at line { $line }, column { $column }.
api-duplicate-key = A key stands twice
api-duplicate-key-detail = "{ $key }" stands twice in one object, so what is meant is not clear. Nothing was done. Look at line { $line }, column { $column }.
api-shape = The body does not have the form that is described
api-shape-detail = Nothing was done. Compare it with the description of the API: { $why }
api-too-many-requests = Too many requests
api-too-many-requests-detail = Nothing was done. Send it again in { $after } s.
api-document-unknown = Bring the document first; then give exactly what you got in answer.
api-certificate-pending = The certificate is being made
api-certificate-pending-detail = It takes a moment. Ask again in { $after } s.
