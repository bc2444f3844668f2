title = Taking an offered warehouse receipt
summary = Take a warehouse receipt that another company offers to yours. The goods are yours from then on, under a receipt of your own.

fact-company = Company
fact-offer = Offered receipt
    .hint = Look at what it is for, how much, and until when the offer stands.
fact-terms = Terms of the offer

stage-transferred = The receipt is yours

certificate-receipt-transfer = Certificate of transfer
