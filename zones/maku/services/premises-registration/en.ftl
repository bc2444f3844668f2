title = Register business premises
summary = Register the place where your company works, once. After that no service asks you for it again. Periods are samples.

fact-company = Company
fact-use = Use of the premises
    .hint = Choose the use that stands in the title deed or the lease.
fact-address = Address
    .hint = Give the town, street, number and unit. For example: 12 Second Street, Industrial Estate, Maku.
fact-area = Area (square metres)
    .hint = Enter the usable area as a whole number.
fact-lease = Title deed or lease
    .hint = The document must be in the name of the company or its director. A lease must still be in force.

stage-review = Review by an officer
stage-registered = Premises registered
stage-refused = Application refused
stage-lapsed = Closed because your answer did not come

route-review-grant = Register the premises
route-review-refuse = Refuse the application

certificate-premises-registration = Certificate of premises registration
