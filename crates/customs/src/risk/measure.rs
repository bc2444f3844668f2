//! How well scores rank what came out: precision among the highest, the area under the curve, the duty that was found.
//!
//! Must not know of: what made the scores.

/// One row: how it was ranked and what came out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// What it is ranked by; a higher one is looked at first.
    pub score: f64,
    /// Whether it was a fraud.
    pub fraud: bool,
    /// The duty at stake, in the data's own currency.
    pub duty: f64,
}

/// What a ranking is worth. Each is a share, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measures {
    /// Frauds among the highest 1% of rows, as a share of those rows.
    pub precision_at_1: f64,
    /// Among the highest 5%.
    pub precision_at_5: f64,
    /// Among the highest 10%.
    pub precision_at_10: f64,
    /// The chance that a fraud has a higher score than what is none, a tie counting half (Mann and Whitney, 1947).
    pub auc: f64,
    /// Duty of the frauds among the highest 5%, as a share of the duty of all frauds; none where no fraud has a duty.
    pub duty_at_5: Option<f64>,
}

/// Measures a ranking. Where scores are equal, the earlier row counts as the higher. None if nothing is a fraud, or everything.
///
/// The highest P% are the whole rows in P% of all, and at least one.
#[must_use]
pub fn measure(outcomes: &[Outcome]) -> Option<Measures> {
    let mut ranked: Vec<&Outcome> = outcomes.iter().collect();
    // A stable sort leaves equal scores in the order of the rows.
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
    let auc = area(&ranked)?;
    let duty =
        |rows: &[&Outcome]| rows.iter().filter(|row| row.fraud).map(|row| row.duty).fold(0.0, |sum, duty| sum + duty);
    let all_duty = duty(&ranked);
    Some(Measures {
        precision_at_1: precision(highest(&ranked, 1)),
        precision_at_5: precision(highest(&ranked, 5)),
        precision_at_10: precision(highest(&ranked, 10)),
        auc,
        duty_at_5: (all_duty > 0.0).then(|| duty(highest(&ranked, 5)) / all_duty),
    })
}

fn highest<'a, 'o>(ranked: &'a [&'o Outcome], percent: usize) -> &'a [&'o Outcome] {
    let count = (ranked.len().saturating_mul(percent) / 100).max(1);
    ranked.get(..count.min(ranked.len())).unwrap_or_default()
}

fn precision(rows: &[&Outcome]) -> f64 {
    rows.iter().filter(|row| row.fraud).count() as f64 / rows.len().max(1) as f64
}

/// The area under the curve, in whole numbers until the end: pairs that stand right count two, ties one.
fn area(ranked: &[&Outcome]) -> Option<f64> {
    let (mut points, mut above): (u128, u128) = (0, 0);
    let mut others_in_all: u128 = 0;
    for tied in ranked.chunk_by(|a, b| a.score.total_cmp(&b.score).is_eq()) {
        let frauds = tied.iter().filter(|row| row.fraud).count() as u128;
        let others = tied.len() as u128 - frauds;
        points += others * (2 * above + frauds);
        above += frauds;
        others_in_all += others;
    }
    let pairs = above * others_in_all;
    (pairs > 0).then(|| points as f64 / (2 * pairs) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes(rows: &[(f64, bool, f64)]) -> Vec<Outcome> {
        rows.iter().map(|(score, fraud, duty)| Outcome { score: *score, fraud: *fraud, duty: *duty }).collect()
    }

    #[test]
    fn ties_count_half_in_the_area_and_by_row_among_the_highest() {
        let measures =
            measure(&outcomes(&[(0.5, false, 9.0), (0.5, true, 30.0), (0.9, true, 10.0), (0.1, false, 1.0)])).unwrap();
        // Of four pairs three stand right and one is tied.
        assert_eq!(measures.auc, 3.5 / 4.0);
        assert_eq!((measures.precision_at_1, measures.duty_at_5), (1.0, Some(0.25)));
        // The first row of the tie comes first, so that the second highest is no fraud.
        let mut hundred = vec![(0.0, false, 0.0); 98];
        hundred.splice(0..0, [(0.9, false, 0.0), (0.9, true, 5.0)]);
        assert_eq!(measure(&outcomes(&hundred)).unwrap().precision_at_1, 0.0);
    }

    #[test]
    fn a_perfect_ranking_is_worth_one_and_its_reverse_nothing() {
        let rows: Vec<_> = (0..200).map(|number| (f64::from(number), number >= 100, 1.0)).collect();
        let measures = measure(&outcomes(&rows)).unwrap();
        assert_eq!((measures.auc, measures.precision_at_10, measures.duty_at_5), (1.0, 1.0, Some(0.1)));
        let reverse: Vec<_> = rows.iter().map(|(score, fraud, duty)| (-score, *fraud, *duty)).collect();
        let measures = measure(&outcomes(&reverse)).unwrap();
        assert_eq!((measures.auc, measures.precision_at_10, measures.duty_at_5), (0.0, 0.0, Some(0.0)));
        // No duty found is nothing, and never less than nothing.
        assert!(measures.duty_at_5.is_some_and(f64::is_sign_positive));
        let free: Vec<_> = rows.iter().map(|(score, fraud, _)| (*score, *fraud, 0.0)).collect();
        assert_eq!(measure(&outcomes(&free)).unwrap().duty_at_5, None);
    }

    #[test]
    fn where_everything_came_out_alike_nothing_is_measured() {
        assert_eq!(measure(&[]), None);
        assert_eq!(measure(&outcomes(&[(0.1, true, 1.0), (0.2, true, 1.0)])), None);
    }
}
