//! Which rows of a table with sums are hidden, so that nobody is found in it.
//!
//! Must not know of: what is measured.
//!
//! A row of few applicants is hidden, and one of a single officer. Where the hidden parts of a sum together are still few, who subtracts the others from
//! it would have them: then its smallest part that is told is hidden, too (complementary suppression; Hundepool and others, Statistical Disclosure
//! Control, 2012, chapter 4). It is done over until nothing changes. Rows are only ever added to what is hidden, so it ends.

use std::collections::BTreeSet;

/// Who brought a row about, as far as it must be known whether they are few.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    pub(super) count: u64,
    pub(super) applicants: BTreeSet<String>,
    /// Who were to act; empty where nobody was.
    pub(super) officers: BTreeSet<String>,
}

/// A row that is the sum of others, by their places.
#[derive(Clone, Debug)]
pub(super) struct Sum {
    pub(super) whole: usize,
    pub(super) parts: Vec<usize>,
}

/// Which rows are hidden, in their order.
pub(super) fn conceal(rows: &[People], sums: &[Sum], least: u64) -> Vec<bool> {
    let mut hidden: Vec<bool> = rows.iter().map(|row| are_few([row], least)).collect();
    let is_hidden = |hidden: &[bool], place: usize| hidden.get(place).copied().unwrap_or(false);
    loop {
        let mut more = None;
        for sum in sums.iter().filter(|sum| !is_hidden(&hidden, sum.whole)) {
            let parts = sum.parts.iter().copied();
            let (gone, told): (Vec<usize>, Vec<usize>) = parts.partition(|place| is_hidden(&hidden, *place));
            if !gone.is_empty() && are_few(gone.iter().filter_map(|place| rows.get(*place)), least) {
                let smallest = told.into_iter().min_by_key(|place| rows.get(*place).map(|row| row.count));
                more = Some(smallest.unwrap_or(sum.whole));
                break;
            }
        }
        match more.and_then(|place| hidden.get_mut(place)) {
            Some(place) => *place = true,
            None => return hidden,
        }
    }
}

/// Whether rows together are of few applicants, or of one officer. To whom one is few, everything is told.
fn are_few<'r>(rows: impl IntoIterator<Item = &'r People>, least: u64) -> bool {
    let (mut applicants, mut officers) = (BTreeSet::new(), BTreeSet::new());
    for row in rows {
        applicants.extend(&row.applicants);
        officers.extend(&row.officers);
    }
    least > 1 && ((applicants.len() as u64) < least || officers.len() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// People with numbers from one to another.
    fn people(from: u64, to: u64, officers: &[&str]) -> People {
        let applicants: BTreeSet<String> = (from..to).map(|number| number.to_string()).collect();
        let officers = officers.iter().map(|officer| (*officer).to_owned()).collect();
        People { count: to - from, applicants, officers }
    }

    fn told(rows: &[People], sums: &[Sum], least: u64) -> Vec<usize> {
        let hidden = conceal(rows, sums, least);
        (0..rows.len()).filter(|place| !hidden[*place]).collect()
    }

    #[test]
    fn what_could_be_had_by_subtracting_is_hidden_too() {
        let rows = [people(0, 30, &[]), people(0, 20, &[]), people(20, 27, &[]), people(27, 30, &[])];
        let sums = [Sum { whole: 0, parts: vec![1, 2, 3] }];
        assert_eq!(told(&rows, &[], 5), [0, 1, 2], "three are few");
        assert_eq!(told(&rows, &sums, 5), [0, 1], "and so the seven are hidden with them");
        assert_eq!(told(&rows, &sums, 1), [0, 1, 2, 3], "everything is asked for");
    }

    #[test]
    fn hidden_parts_that_are_many_together_hide_no_more() {
        let rows = [people(0, 30, &[]), people(0, 20, &[]), people(20, 22, &[]), people(22, 26, &[])];
        assert_eq!(told(&rows, &[Sum { whole: 0, parts: vec![1, 2, 3] }], 5), [0, 1]);
    }

    #[test]
    fn it_goes_on_through_sums_of_sums() {
        // The whole is of two services; the first is of two groups, of which one is few.
        let rows = [people(0, 40, &[]), people(0, 12, &[]), people(12, 40, &[]), people(0, 9, &[]), people(9, 12, &[])];
        let sums = [Sum { whole: 0, parts: vec![1, 2] }, Sum { whole: 1, parts: vec![3, 4] }];
        assert_eq!(told(&rows, &sums, 5), [0, 1, 2], "the other group goes, the service is told");
    }

    #[test]
    fn what_one_officer_did_is_hidden() {
        let rows = [people(0, 40, &["a", "b"]), people(0, 20, &["a"]), people(20, 40, &["a", "b"])];
        assert_eq!(told(&rows, &[], 5), [0, 2]);
        assert_eq!(told(&rows, &[Sum { whole: 0, parts: vec![1, 2] }], 5), [0], "nor by subtraction");
    }
}
