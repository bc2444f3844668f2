title = Withdrawal of an offer
summary = Withdraw the offer of a warehouse receipt that nobody has taken yet. The receipt stays yours.

fact-company = Company
fact-receipt = Warehouse receipt

stage-withdrawn = The offer is withdrawn
