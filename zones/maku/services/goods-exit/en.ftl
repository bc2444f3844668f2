title = Exit of goods to the mainland
summary = Take goods or products of yours from the zone to the mainland. Value added in the zone is free of import duty; once the rest is paid, a gate pass that serves once is issued.

fact-company = Company
fact-lot = Lot
fact-declaration = Declaration of exit
    .hint = The file that your program wrote, with one item: XML (WCO) or UN/EDIFACT (CUSDEC D.96B). The procedure for exit from a free zone is 4078.
fact-papers = Invoice and transport papers
    .hint = One PDF. An officer who looks at documents asks for it where it is missing.
fact-assessment = Assessment
fact-risk = Risk
fact-photograph = Photograph of the goods
fact-measured = Measured quantities: in each line an item, how much, and the unit if it is another
fact-finding = Finding
fact-amended = Declaration as measured
fact-reassessment = Assessment as measured

stage-sample = Random share
stage-channel = Channel
stage-documents = Documents are looked at
stage-inspection = Inspection of the goods
stage-outcome = Outcome of the inspection
stage-seizure = Whether the goods are seized
stage-duties = Duties are worked out
stage-payment = Payment
stage-released = Released
stage-lapsed = Closed, since what was due did not come in time
stage-duties-as-measured = Duties are worked out as measured
stage-payment-as-measured = Payment as measured
stage-released-as-measured = Released as measured
stage-open-again = The decision fell; the goods can be declared again
stage-refused = Refused
stage-seized = The goods are seized and held
stage-freed = The goods are free
stage-unbooked = Closed, since the goods accounts had changed

route-documents-agree = The documents are right
route-documents-inspect = Inspect the goods
route-documents-refuse = Refuse
route-inspection-done = Record the inspection
route-seizure-refuse = Seize the goods
route-seizure-free = Let the goods go

table-channel = Channel of the declaration
output-channel-route = Channel
table-outcome = Outcome of the inspection
output-outcome-route = Outcome
table-duties = Payment
output-duties-route = Outcome
table-duties-as-measured = Payment as measured
output-duties-as-measured-route = Outcome

certificate-gate-pass = Gate pass
