title = Offer of a warehouse receipt
summary = Offer a warehouse receipt to another company. It stays yours until that company takes it; then the goods go with it, and the former receipt is void.

fact-company = Company
fact-receipt = Warehouse receipt
fact-buyer = Registration number of the buyer
    .hint = The registration number of the company that may take the receipt, such as C-0002.
fact-until = The offer stands until
    .hint = The last day on which the buyer can take it, within a year.
fact-terms = Terms of the offer

stage-amount = The receipt is looked at
stage-offered = The receipt is offered
stage-refused = Refused
stage-unbooked = Closed, since the goods accounts had changed

table-amount = What is left on the receipt
output-amount-route = Outcome
