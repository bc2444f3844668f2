//! Small logs whose report was reckoned by hand.
