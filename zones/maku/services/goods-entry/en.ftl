title = Entry of goods into the zone
summary = Bring goods into the zone by one declaration. No import duty is taken while they are in the zone. Most declarations meet no officer.

fact-company = Company
fact-warehouse = Warehouse
    .hint = Choose the warehouse where the goods are unloaded.
fact-declaration = Declaration
    .hint = The file that your program wrote: XML (WCO) or UN/EDIFACT (CUSDEC D.96B). The procedure for entry into a free zone is 78.
fact-assessment = Assessment
fact-photograph = Photograph of the goods
fact-finding = Finding

stage-channel = Channel
stage-documents = Documents are looked at
stage-inspection = Inspection of the goods
stage-outcome = Outcome of the inspection
stage-stored = The goods are in the warehouse
stage-refused = Refused

route-documents-agree = The documents are right
route-documents-inspect = Inspect the goods
route-documents-refuse = Refuse
route-inspection-done = Record the inspection

table-channel = Channel of the declaration
output-channel-route = Channel
table-outcome = Outcome of the inspection
output-outcome-route = Outcome

certificate-goods-entry = Certificate of entry into the zone
