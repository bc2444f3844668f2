//! The published figures as one list: what the page shows, the file holds and the API answers is the same.
//!
//! Must not know of: languages, how a row is shown.

use app::engine::integrity::chance::Chance;
use app::engine::integrity::{Figures, Share};
use app::{App, Integrity};

/// One figure: so many, of so many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Which figure, such as `deadlines-kept`.
    pub(crate) figure: &'static str,
    /// Of what: a service, an authority, a ground; empty for the zone.
    pub(crate) name: String,
    /// So many.
    pub(crate) count: u64,
    /// Of so many; none where nothing limits it.
    pub(crate) of: Option<u64>,
}

/// What a figure's names are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// The zone as a whole.
    Zone,
    /// Services.
    Service,
    /// Authorities.
    Authority,
    /// Grounds of law.
    Ground,
}

/// Every figure in the order in which they are shown, and what its names are.
pub(crate) const FIGURES: [(&str, Named); 16] = [
    ("verifiable", Named::Zone),
    ("asked-twice", Named::Zone),
    ("touches", Named::Zone),
    ("straight-through", Named::Zone),
    ("touches-by-service", Named::Service),
    ("straight-through-by-service", Named::Service),
    ("promise-kept", Named::Service),
    ("granted", Named::Service),
    ("refused", Named::Service),
    ("deadlines-kept", Named::Authority),
    ("deemed", Named::Authority),
    ("refusals", Named::Ground),
    ("asks", Named::Ground),
    ("overtakings", Named::Ground),
    ("draws", Named::Zone),
    ("handover-ms", Named::Zone),
];

/// All rows of the published figures.
pub(crate) fn rows(app: &App, integrity: &Integrity) -> Vec<Row> {
    let figures = &integrity.figures;
    let signed = app.checkpoint().map_or(0, |published| published.checkpoint.size());
    let verifiable = Share { of: integrity.events.max(signed), count: signed };
    let counted = FIGURES.iter().flat_map(|(figure, _)| of_figure(figure, figures, verifiable));
    counted.chain(integrity.chance.iter().flat_map(of_chance)).collect()
}

/// Worlds with fair lots to which the mean of repeated meetings is given: so it keeps three places.
const MEAN_OF: u32 = 1000;
/// Worlds to which a probability is given, as so many in a million.
const PROBABILITY_OF: u32 = 1_000_000;

/// What the test of the draws says, in whole numbers as every row has them: draws; pairs of draws; pairs in a thousand worlds with fair lots; how many
/// of a million fair worlds have as many pairs or more; how many of a million steered ones the test would find. The page says it in sentences, the API
/// has it as numbers with a point, too.
fn of_chance(chance: &Chance) -> [Row; 5] {
    let row = |figure, count, of: Option<u32>| Row { figure, name: String::new(), count, of: of.map(u64::from) };
    let part = |figure, share: f64, of: u32| {
        let count = (share * f64::from(of)).round().clamp(0.0, 1e15);
        row(figure, count as u64, Some(of))
    };
    [
        row("chance-draws", chance.draws, None),
        row("chance-repeated-pairs", chance.repeated, None),
        part("chance-expected-pairs", chance.expected, MEAN_OF),
        part("chance-p", chance.p, PROBABILITY_OF),
        part("chance-power", chance.power, PROBABILITY_OF),
    ]
}

fn of_figure(figure: &'static str, figures: &Figures, verifiable: Share) -> Vec<Row> {
    let zone = |share: Share| vec![Row { figure, name: String::new(), count: share.count, of: Some(share.of) }];
    let shares = |shares: Vec<(&String, Share)>| -> Vec<Row> {
        let row = |(name, share): (&String, Share)| Row {
            figure,
            name: name.clone(),
            count: share.count,
            of: Some(share.of),
        };
        shares.into_iter().map(row).collect()
    };
    let counts = |counts: &std::collections::BTreeMap<String, u64>| -> Vec<Row> {
        counts.iter().map(|(name, count)| Row { figure, name: name.clone(), count: *count, of: None }).collect()
    };
    let services = || figures.services.iter();
    let ended = |outcome: &str| {
        let of = services().map(|(name, own)| {
            let count = own.ended.get(outcome).copied().unwrap_or(0);
            (name, Share { of: own.ends(), count })
        });
        shares(of.collect())
    };
    match figure {
        "verifiable" => zone(verifiable),
        "asked-twice" => zone(figures.asked_twice),
        "touches" => zone(figures.touches()),
        "straight-through" => zone(figures.straight_through()),
        "touches-by-service" => {
            let of = services().map(|(name, own)| (name, Share { of: own.ends(), count: own.touches }));
            shares(of.collect())
        }
        "straight-through-by-service" => shares(services().map(|(name, own)| (name, own.straight_through)).collect()),
        "promise-kept" => shares(services().map(|(name, own)| (name, own.promise_kept)).collect()),
        "granted" | "refused" => ended(figure),
        "deadlines-kept" => shares(figures.deadlines_kept.iter().map(|(name, share)| (name, *share)).collect()),
        "deemed" => counts(&figures.deemed),
        "refusals" => counts(&figures.refusals),
        "asks" => counts(&figures.asks),
        "overtakings" => counts(&figures.overtakings),
        "draws" => vec![Row { figure, name: String::new(), count: figures.draws, of: None }],
        "handover-ms" => zone(figures.handover_ms),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{FIGURES, of_chance, of_figure};
    use app::engine::integrity::chance::Chance;
    use app::engine::integrity::{Figures, OfService, Share};

    #[test]
    fn the_test_of_the_draws_is_in_whole_numbers() {
        let chance = Chance { draws: 200, repeated: 31, expected: 30.5031, p: 0.002, power: 1.0 };
        let rows = of_chance(&chance).map(|row| (row.figure, row.count, row.of));
        let expected = [
            ("chance-draws", 200, None),
            ("chance-repeated-pairs", 31, None),
            ("chance-expected-pairs", 30_503, Some(1000)),
            ("chance-p", 2000, Some(1_000_000)),
            ("chance-power", 1_000_000, Some(1_000_000)),
        ];
        assert_eq!(rows, expected);
    }

    /// A figure that is listed and not made would be missing from the page, the file and the API at once.
    #[test]
    fn every_figure_is_made() {
        let one = Share { of: 2, count: 1 };
        let counts = || [("x".to_owned(), 1)].into();
        let service = OfService { ended: counts(), touches: 1, straight_through: one, promise_kept: one };
        let figures = Figures {
            services: [("x".to_owned(), service)].into(),
            deadlines_kept: [("x".to_owned(), one)].into(),
            deemed: counts(),
            refusals: counts(),
            asks: counts(),
            overtakings: counts(),
            ..Figures::default()
        };
        for (figure, _) in FIGURES {
            assert!(!of_figure(figure, &figures, one).is_empty(), "{figure}");
        }
    }
}
