title = Re-export of goods
summary = Send goods or products of yours from the zone abroad. No import duty is taken, and a gate pass that serves once is issued.

fact-company = Company
fact-lot = Lot
fact-declaration = Declaration of re-export
    .hint = The XML file (WCO) with one item. The procedure for re-export out of a free zone is 3178.
fact-assessment = Assessment

stage-channel = Channel
stage-documents = Documents are looked at
stage-released = Released
stage-refused = Refused
stage-unbooked = Closed, since the goods accounts had changed

route-documents-agree = The documents are right
route-documents-refuse = Refuse

table-channel = Channel of the declaration
output-channel-route = Channel

certificate-gate-pass = Gate pass
