title = Confirmation of receipt
summary = The municipality confirms that your application came in, and finds out whether advice is needed or the procedure must stop. Periods are samples.

fact-channel = How did the application come in?
    .hint = Choose the channel through which the municipality got it first.

stage-check = Checking the confirmation
stage-determine = Determining the confirmation
stage-send = Printing and sending
stage-necessity = Is advice needed, must the procedure stop?
stage-hold = Weighing whether to stop
stage-received = Receipt confirmed
stage-stopped = Procedure stopped

route-check-correct = The confirmation is correct
route-determine-confirm = Confirm the receipt
route-send-sent = Sent
route-hold-proceed = Go on
route-hold-refuse = Stop the procedure

branch-necessity-advice = Is advice needed?
branch-necessity-stop = Must the procedure stop?

certificate-receipt = Confirmation of receipt
