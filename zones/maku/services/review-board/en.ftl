title = Appeal against a decision
summary = If your application was refused, you can appeal. Three members of the review board who had no part in the first decision look at the case again. Your right to go to the competent court remains. Periods are samples.

fact-reasons = Why is the decision wrong?
    .hint = Answer the reason given in the decision. Say which fact or rule was overlooked. Do not send the earlier file again; the board sees it.
fact-evidence = New document
    .hint = If you have a document that is not in the file, attach it. You do not have to.

stage-hearing = Hearing by the review board
stage-alternates = Hearing by the alternate members
stage-overturned = Appeal accepted and the earlier decision set aside
stage-upheld = Appeal refused and the earlier decision kept

route-hearing-grant = Accept the appeal
route-hearing-refuse = Refuse the appeal
route-alternates-grant = Accept the appeal
route-alternates-refuse = Refuse the appeal
