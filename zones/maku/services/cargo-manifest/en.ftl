title = Cargo manifest
summary = File what your vehicle brings into the zone, consignment by consignment. Declarations name a line of it.

fact-company = Carrier
fact-vehicle = Vehicle
    .hint = The registration number of the vehicle, as it stands on its papers.
fact-lines = Consignments
    .hint = A line for each: transport document, commodity code, packages, gross mass in kilograms, such as CMR-1 11010000 600 30000.

stage-filed = The manifest is on record

certificate-cargo-manifest = Cargo manifest
