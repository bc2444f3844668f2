title = Transit of goods out of the zone
summary = Take goods of yours through the mainland to another country. You give security for the import duty and get a gate pass that serves once; when the arrival is on record, the transit is discharged by a certificate.

fact-company = Company
fact-lot = Lot
fact-destination = Office of destination
    .hint = The customs office by which the goods leave the country.
fact-declaration = Transit declaration
    .hint = The XML file (WCO) with one item and no procedure. The kind of an external transit declaration is T1.
fact-assessment = Assessment

stage-security = Security
stage-released = Released
stage-lapsed = Closed, since the security did not come in time

certificate-gate-pass = Gate pass
