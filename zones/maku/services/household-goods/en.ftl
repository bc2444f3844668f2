title = Household goods
summary = Take goods out of the zone for your household. Up to its yearly allowance, which all of you share, nothing is paid; beyond it import duty and tax are paid.

fact-household = Household
    .hint = Whoever answers for it lets the others take goods out by a mandate.
fact-commodity = Commodity code
    .hint = Six to ten digits of the tariff's code, such as 19053100.
fact-description = What the goods are
    .hint = Say what they are and how many.
fact-value = What the goods are worth
    .hint = The price of all of them, in rials.
fact-assessment = Assessment

stage-worth = What the goods are worth
stage-duties = Duties are worked out
stage-payment = Payment
stage-released = Released
stage-refused = Refused
stage-unbooked = Closed, since the allowance had changed meanwhile
stage-lapsed = Closed, since the payment did not come in time

table-worth = What the goods are worth
output-worth-route = Outcome
table-duties = Payment
output-duties-route = Outcome

certificate-household-pass = Household's pass
