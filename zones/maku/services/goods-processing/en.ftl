title = Processing in the zone
summary = Record what you made of the goods of a warehouse receipt. The product carries where its materials came from, so that its value added is known when it leaves.

fact-company = Company
fact-receipt = Receipt of the materials
fact-recipe = Recipe
    .hint = Choose the recipe by which the product was made.
fact-runs = Runs
    .hint = How many times the recipe was run.
fact-made = Quantity made
    .hint = Weigh the product and write it in kilograms.

stage-yield = The yield is looked at
stage-entered = The product is in the warehouse
stage-refused = Refused
stage-unbooked = Closed, since the goods accounts had changed

table-yield = Yield
output-yield-route = Outcome

certificate-goods-processing = Certificate of processing
