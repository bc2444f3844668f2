title = Register a company
summary = Register your company in the Maku free zone. If the conditions are met, it is registered at once and you get a certificate. The minimum capital and number of partners in this version are samples.

fact-form = Form of company
    .hint = If you are starting out with a few partners, a limited liability company is usually enough.
fact-name = Company name
    .hint = Write the name exactly as it was reserved, without the form of company. For example: Aras Trading.
fact-name-reserved = Has the name been reserved for you?
    .hint = The company registry must approve the name before you register. If you have no approval yet, get it first.
fact-partners = Number of partners or shareholders
    .hint = Count yourself too.
fact-capital = Capital of the company (rials)
    .hint = Give the whole capital, in cash and in kind. Enter rials, not tomans.
fact-paid-share = What percentage of the capital is paid up?
    .hint = Enter a number from 0 to 100. A joint-stock company must have paid up at least 35 per cent (sample).
fact-articles = Articles of association
    .hint = Upload the signed file. Every page must be legible.
fact-declaration = Are the founders legally fit?
    .hint = “Yes” means you declare that none of the founders is barred from founding or running a company. You are responsible for the truth of this declaration.

stage-screening = Checking the conditions
stage-registered = Company registered
stage-refused = Registration refused

certificate-company-registration = Certificate of company registration

table-requirements = Conditions for registering a company
output-requirements-route = Result
