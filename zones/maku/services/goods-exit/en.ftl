title = Exit of goods to the mainland
summary = Take goods or products of yours from the zone to the mainland. Value added in the zone is free of import duty; once the rest is paid, a gate pass that serves once is issued.

fact-company = Company
fact-lot = Lot
fact-declaration = Declaration of exit
    .hint = The file that your program wrote, with one item: XML (WCO) or UN/EDIFACT (CUSDEC D.96B). The procedure for exit from a free zone is 4078.
fact-assessment = Assessment

stage-duties = Duties are worked out
stage-payment = Payment
stage-released = Released
stage-lapsed = Closed, since the payment did not come in time

table-duties = Payment
output-duties-route = Outcome

certificate-gate-pass = Gate pass
