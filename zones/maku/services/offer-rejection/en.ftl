title = Rejection of an offer
summary = Reject a warehouse receipt that another company offers to yours. It stays theirs, and they see that you do not want it.

fact-company = Company
fact-offer = Offered receipt

stage-rejected = The offer is rejected
