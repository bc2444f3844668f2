title = Amendment or cancellation of a declaration of entry
summary = Amend a declaration by which goods came into the zone, or take it back. As long as the goods lie in their lot as they came, the goods accounts follow.

fact-company = Company
fact-lot = Lot
    .hint = Any lot of that declaration.
fact-declaration = Declaration
    .hint = The declaration's file, as it stands now.
fact-amendment = Request to amend or cancel
    .hint = The XML file (WCO) of the kind COR or INV, or an EDIFACT message with the function 1 or 5.
fact-assessment = Assessment

stage-review = The request is looked at
stage-second-look = Looked at again
stage-supervisor = A supervisor decides
stage-amended = Amended
stage-refused = Refused
stage-unbooked = Closed, since the goods accounts had changed
stage-unamended = Closed, since nobody agreed in time; the declaration stands as it was

route-review-agree = Amend
route-review-refuse = Refuse
route-second-look-agree = Amend
route-second-look-refuse = Refuse
route-supervisor-agree = Amend
route-supervisor-refuse = Refuse

certificate-declaration-amendment = Certificate of amendment
