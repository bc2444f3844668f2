title = Issue of a warehouse receipt
summary = Set a part of your goods apart and have a warehouse receipt for it. From then on the receipt carries the ownership.

fact-company = Company
fact-lot = Lot
fact-quantity = Quantity
    .hint = In the unit of the lot, such as 300 or 125.5.

stage-amount = The quantity is looked at
stage-issued = The receipt is issued
stage-refused = Refused
stage-unbooked = Closed, since the goods accounts had changed

table-amount = Quantity
output-amount-route = Outcome

certificate-warehouse-receipt = Warehouse receipt
