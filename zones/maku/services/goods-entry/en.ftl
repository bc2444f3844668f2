title = Entry of goods into the zone
summary = Bring goods into the zone by one declaration. No import duty is taken while they are in the zone. Most declarations meet no officer.

fact-company = Company
fact-warehouse = Warehouse
    .hint = Choose the warehouse where the goods are unloaded.
fact-declaration = Declaration
    .hint = The file that your program wrote: XML (WCO) or UN/EDIFACT (CUSDEC D.96B). The procedure for entry into a free zone is 78.
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
stage-clearance = The goods are in the warehouse
stage-lapsed = Closed, since no answer came in time
stage-refused = Refused
stage-refused-as-measured = Refused: the goods are others than were declared
stage-clearance-as-measured = The goods are in the warehouse, as they were measured
stage-seizure = Whether the goods are seized
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
table-outcome = Outcome of the inspection
output-outcome-route = Outcome

certificate-goods-entry = Certificate of entry into the zone
