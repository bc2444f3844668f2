title = Surrender of a warehouse receipt
summary = Give a warehouse receipt back, and have its goods as a lot of your own. From a lot they can leave the zone: to the mainland, abroad or in transit. The receipt is void from then on.

fact-company = Company
fact-receipt = Warehouse receipt
    .hint = All that is left on it comes into the lot. A part of it can be set apart by a new receipt.

stage-surrendered = The goods are in a lot of yours
