//! The published figures as one list: what the page shows, the file holds and the API answers is the same.
//!
//! Must not know of: languages, how a row is shown.

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
    FIGURES.iter().flat_map(|(figure, _)| of_figure(figure, figures, verifiable)).collect()
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
            (name, Share { of: own.straight_through.of, count })
        });
        shares(of.collect())
    };
    match figure {
        "verifiable" => zone(verifiable),
        "asked-twice" => zone(figures.asked_twice),
        "touches" => zone(figures.touches()),
        "straight-through" => zone(figures.straight_through()),
        "touches-by-service" => {
            let of = services().map(|(name, own)| (name, Share { of: own.straight_through.of, count: own.touches }));
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
    use super::{FIGURES, of_figure};
    use app::engine::integrity::{Figures, OfService, Share};

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
