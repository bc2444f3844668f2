title = Arrival of goods in transit
summary = Present goods in transit at the office of destination, where an officer records that they came. The certificate of discharge frees the security.

fact-company = Company
fact-transit = Transit
fact-delay = Why the goods come late, if they do
    .hint = Say what happened and through whose fault, such as a road that was closed. Two officers look at it where the last day is over.
fact-presentation = Presentation of the goods
fact-photograph = Photograph of the goods and seals
fact-finding = What was found on arrival

stage-arrival = The arrival is recorded
stage-outcome = Outcome of the arrival
stage-second-look = Looked at again
stage-in-time = Whether the goods came in time
stage-excuse = Whether the delay is excused
stage-excuse-divided = A supervisor decides on the delay
stage-unexcused = The delay was not excused
stage-absent = The goods have not come; present them when they have
stage-supervisor = A supervisor decides
stage-discharged = The transit is discharged
stage-unbooked = Closed, since the transit had been discharged already
stage-refused = The transit is not discharged

route-arrival-done = Record the arrival
route-second-look-agree = The goods have arrived
route-second-look-refuse = Not discharged
route-supervisor-agree = The goods have arrived
route-supervisor-refuse = Not discharged
route-excuse-agree = Excuse the delay and discharge the transit
route-excuse-refuse = Do not excuse the delay
route-excuse-deemed = The delay is not excused
route-excuse-divided-agree = Excuse the delay and discharge the transit
route-excuse-divided-refuse = Do not excuse the delay
route-excuse-divided-deemed = The delay is not excused

table-outcome = Outcome of the arrival
output-outcome-route = Outcome
table-unexcused = A delay that nobody excused
output-unexcused-route = Outcome
table-in-time = Whether the goods came in time
output-in-time-route = Outcome

certificate-transit-discharge = Certificate of discharge
