title = Passenger goods
summary = Take with you what you bought in the zone. Up to your yearly allowance you pay nothing; beyond it import duty and tax are paid.

fact-person = Passenger
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

certificate-passenger-pass = Passenger's pass
