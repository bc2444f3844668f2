//! Sets of whole numbers as sorted, disjoint, closed ranges. Must not know what the numbers stand for.

/// The numbers `lo..=hi`; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Range {
    pub(super) lo: i128,
    pub(super) hi: i128,
}

/// A set of whole numbers. Neighbouring ranges are merged, so equal sets are equal values.
///
/// Ends stay within +-2^97, so that one more or less never overflows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct RangeSet(Box<[Range]>);

impl RangeSet {
    pub(super) fn of(lo: i128, hi: i128) -> Self {
        Self::union([Range { lo, hi }])
    }

    /// The union of `ranges`, in any order; those with `lo > hi` are empty.
    pub(super) fn union(ranges: impl IntoIterator<Item = Range>) -> Self {
        let mut sorted: Vec<Range> = ranges.into_iter().filter(|r| r.lo <= r.hi).collect();
        sorted.sort_unstable_by_key(|r| r.lo);
        let mut merged: Vec<Range> = Vec::with_capacity(sorted.len());
        for range in sorted {
            match merged.last_mut() {
                Some(last) if range.lo <= last.hi + 1 => last.hi = last.hi.max(range.hi),
                _ => merged.push(range),
            }
        }
        Self(merged.into())
    }

    pub(super) fn ranges(&self) -> &[Range] {
        &self.0
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn contains(&self, number: i128) -> bool {
        let after = self.0.partition_point(|r| r.lo <= number);
        after.checked_sub(1).and_then(|i| self.0.get(i)).is_some_and(|r| number <= r.hi)
    }

    /// Everything in `lo..=hi` that is not in the set, which must lie within.
    pub(super) fn complement(&self, lo: i128, hi: i128) -> Self {
        let mut gaps = Vec::with_capacity(self.0.len() + 1);
        let mut next = lo;
        for range in &self.0 {
            gaps.push(Range { lo: next, hi: range.lo - 1 });
            next = range.hi + 1;
        }
        gaps.push(Range { lo: next, hi });
        Self::union(gaps)
    }

    pub(super) fn intersection(&self, other: &Self) -> Self {
        let mut common = Vec::new();
        self.each_common(other, |range| {
            common.push(range);
            true
        });
        Self(common.into())
    }

    /// The least common number.
    pub(super) fn first_common(&self, other: &Self) -> Option<i128> {
        let mut first = None;
        self.each_common(other, |range| {
            first = Some(range.lo);
            false
        });
        first
    }

    /// Hands every common range to `take`, in order, until it says to stop.
    fn each_common(&self, other: &Self, mut take: impl FnMut(Range) -> bool) {
        let (mut mine, mut theirs) = (self.0.iter(), other.0.iter());
        let (mut a, mut b) = (mine.next(), theirs.next());
        while let (Some(x), Some(y)) = (a, b) {
            let common = Range { lo: x.lo.max(y.lo), hi: x.hi.min(y.hi) };
            if common.lo <= common.hi && !take(common) {
                return;
            }
            if x.hi < y.hi { a = mine.next() } else { b = theirs.next() }
        }
    }
}
