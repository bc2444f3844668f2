title = Building permit
summary = Get a permit to build on your land. The zone organisation itself asks the fire service, the water and wastewater company and the environment office; you need not visit them. The fee, the limits on storeys and the periods in this version are samples.

fact-parcel = Parcel of land
    .hint = Choose one of the parcels registered in your name.
fact-use = Use of the building
    .hint = The use must fit the land use in the approved plan. If the building has several uses, choose the main one.
fact-storeys = Number of storeys
    .hint = Count the ground floor. Do not count basements.
fact-floor-area = Floor area (square metres)
    .hint = The total of all floors with the basement, as a whole number. The fee is computed from it.
fact-plans = Building plans
    .hint = Upload the architectural, structural and services plans as one PDF file. The engineer's stamp and signature must be legible.
fact-engineer = Licence number of the design engineer
    .hint = You find it on the engineer's licence to practise and under the engineer's stamp.
fact-photograph = Photograph of the site
    .hint = Take a photograph that shows the boundaries of the parcel and the neighbouring buildings.
fact-location = Location of the site
    .hint = Record the location at the entrance or a corner of the parcel.
fact-finding = Result of the inspection
    .hint = Compare what you saw on the site with the application.

stage-plan-check = Checking against the approved plan
stage-fee = Computing the fee
stage-payment = Paying the fee
stage-opinions = Consulting three authorities
stage-objections = Weighing the objections
stage-escalation = Weighing of the objections by directors
stage-site = Visit to the site
stage-site-check = Checking the result of the visit
stage-decision = Decision by two officers
stage-directors = Decision by the directors
stage-permit = Permit granted
stage-not-in-plan = The building does not fit the approved plan
stage-objected = Refused on the objection of an authority
stage-unfit-site = Refused after the visit to the site
stage-refused = Application refused
stage-lapsed = Closed because the fee was not paid or your answer did not come

branch-opinions-fire = Opinion of the fire service
branch-opinions-water = Opinion of the water and wastewater company
branch-opinions-environment = Opinion of the environment office

route-objections-proceed = Carry on
route-objections-refuse = Refuse the application
route-escalation-proceed = Carry on
route-escalation-refuse = Refuse the application
route-site-done = Record the result of the visit
route-decision-grant = Grant the permit
route-decision-refuse = Refuse the application
route-directors-grant = Grant the permit
route-directors-refuse = Refuse the application

certificate-building-permit = Building permit

table-zoning = Rules on land use and storeys
output-zoning-route = Result
table-fees = Building permit fee (sample amounts)
output-fees-route = Next step
output-fees-amount = Amount of the fee
table-site-result = Result of the visit to the site
output-site-result-route = Result
