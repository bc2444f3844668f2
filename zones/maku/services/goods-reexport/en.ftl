title = Re-export of goods
summary = Send goods or products of yours from the zone abroad. No import duty is taken, and a gate pass that serves once is issued.

fact-company = Company
fact-lot = Lot
fact-declaration = Declaration of re-export
    .hint = The XML file (WCO) with one item. The procedure for re-export out of a free zone is 3178.
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
stage-second-look = Whether the goods are looked at after all
stage-inspection-again = Inspection of the goods by somebody else
stage-outcome = Outcome of the inspection
stage-seizure = Whether the goods are seized
stage-clearance = Released
stage-clearance-as-measured = What was found is held against the goods accounts
stage-surplus = Refused: more was found than the goods accounts have free; the goods stay in the zone
stage-leaving-as-measured = Released as measured
stage-lapsed = Closed, since no answer came in time
stage-refused = Refused
stage-refused-as-measured = Refused: the goods are others than were declared
stage-open-again = The decision fell; the goods can be declared again
stage-seized = The goods are seized and held
stage-freed = The goods are free
stage-unbooked = Closed, since the goods accounts had changed

route-documents-agree = The documents are right
route-documents-inspect = Inspect the goods
route-documents-refuse = Refuse
route-inspection-done = Record the inspection
route-second-look-inspect = Have the goods inspected by somebody else
route-second-look-refuse = Refuse
route-second-look-deemed = Deemed to be as declared
route-inspection-again-done = Record the inspection
route-inspection-again-deemed = Deemed to be as declared
route-seizure-refuse = Seize the goods
route-seizure-free = Let the goods go

table-channel = Channel of the declaration
output-channel-route = Channel
table-accounted = Whether the goods accounts have what was found
output-accounted-route = Outcome
table-outcome = Outcome of the inspection
output-outcome-route = Outcome

certificate-gate-pass = Gate pass
