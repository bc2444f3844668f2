//! Parting a whole number by weights so that the parts add up to it.
//!
//! Must not know of: what is parted.

/// Parts `total` by `weights` with the method of the largest remainder (Hare quota): each part is rounded down, and what is then missing is given, one each, to the
/// parts that lost the most by it, the first of equals first. The parts add up to `total`, and none is a whole step away from its exact share.
///
/// Where no weight is above nothing, the first part gets all; without weights there are no parts.
#[must_use]
pub fn apportion(total: u64, weights: &[u64]) -> Vec<u64> {
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if sum == 0 {
        return weights.iter().enumerate().map(|(index, _)| if index == 0 { total } else { 0 }).collect();
    }
    let exact = |weight: &u64| {
        let product = u128::from(total) * u128::from(*weight);
        (product / sum, product % sum)
    };
    // A part is never more than the total, so it fits.
    let mut parts: Vec<u64> = weights.iter().map(|weight| u64::try_from(exact(weight).0).unwrap_or(total)).collect();
    let missing = total - parts.iter().sum::<u64>();
    let mut order: Vec<(u128, usize)> =
        weights.iter().enumerate().map(|(index, weight)| (exact(weight).1, index)).collect();
    order.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    for (_, index) in order.into_iter().take(usize::try_from(missing).unwrap_or(usize::MAX)) {
        if let Some(part) = parts.get_mut(index) {
            *part += 1;
        }
    }
    parts
}
