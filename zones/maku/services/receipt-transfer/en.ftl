title = Transfer of a warehouse receipt
summary = Transfer a warehouse receipt to another company. The goods go with it, and the former receipt is void.

fact-company = Company
fact-receipt = Warehouse receipt
fact-buyer = Registration number of the buyer
    .hint = The registration number of the company that gets the receipt, such as C-0002.

stage-amount = The receipt is looked at
stage-transferred = The receipt is transferred
stage-refused = Refused
stage-unbooked = Closed, since the goods accounts had changed

table-amount = What is left on the receipt
output-amount-route = Outcome

certificate-receipt-transfer = Certificate of transfer
