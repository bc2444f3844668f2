title = Activity licence
summary = Get a licence for your company's activity in the Maku free zone. Clear applications are answered at once; an examiner drawn by lot reviews the rest. If the examiner does not answer in time, the licence is granted. Thresholds and risk classes are samples.

fact-company = Company
fact-activity = Kind of activity
    .hint = Choose the main activity. The list gives the ISIC code before each name; with a keyboard, typing the code in the list goes to it. Each activity needs its own licence.
fact-premises = Premises
    .hint = Choose one of the premises that the company has registered. If yours is not in the list, register it first.
fact-investment = Amount of investment (rials)
    .hint = Estimate the whole cost of starting this activity: land, building, machines and working capital. Enter rials, not tomans.

stage-screening = Checking by rules
stage-review = Review by an examiner
stage-permit = Licence granted
stage-refused = Application refused
stage-lapsed = Closed because your answer did not come

route-review-grant = Grant the licence
route-review-refuse = Refuse the application

certificate-activity-licence = Activity licence

table-eligibility = Conditions for an activity licence
output-eligibility-route = Result
table-advice = Proposal to the examiner
output-advice-route = Proposal
