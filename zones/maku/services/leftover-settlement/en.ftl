title = Settling what is left over
summary = Explain a difference between manifest, release, gate-out and arrival that nothing will write off any more, such as goods that were never loaded or another mass on the scale.

fact-company = Company
fact-entry = Number in the list
    .hint = As the list of what is left over has it, such as R-GT4K-23PB-7VWC.
fact-named = What is to be settled
fact-explanation = Explanation
    .hint = What happened, and which papers show it.
fact-cause = What explains it

stage-review = The explanation is looked at
stage-settled = Settled
stage-refused = Not settled
stage-unsettled = Closed, since nobody looked at it in time; it can be explained again

route-review-settle = It is explained, and settled
route-review-refuse = It is not explained
