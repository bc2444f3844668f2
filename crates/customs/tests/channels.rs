//! Where declarations go: by score, by rule, by lot; and tables that are none.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use customs::risk::channel::{Channel, Channels, Routing, Share, Suspicion};
use definition::value::Decimal;

const TABLE: &str = "when,at_least,channel\nfraud,0.25,yellow\nfraud,0.6,red\nduty,1000000,red\nrule embargo,,red\nrule new-importer,,yellow\n";

fn share(millionths: u32) -> Share {
    Share::millionths(millionths).unwrap()
}

fn route(table: &str, fraud: u32, duty: Option<i64>, rules: &[&str], matter: &str) -> Routing {
    let suspicion = Suspicion { fraud: share(fraud), duty: duty.map(Decimal::from), rules };
    Channels::read(table).unwrap().route(&suspicion, &[7; 32], matter)
}

/// The channel and the reasons, without the random share.
fn told(fraud: u32, duty: Option<i64>, rules: &[&str]) -> (Channel, Vec<String>) {
    let routing = route(&format!("{TABLE}random,0,red\n"), fraud, duty, rules, "case");
    (routing.channel, routing.why.iter().map(|(channel, why)| format!("{channel}: {why}")).collect())
}

#[test]
fn the_strictest_row_that_is_met_decides_and_all_are_named() {
    assert_eq!(told(249_999, Some(999_999), &[]), (Channel::Green, vec![]));
    assert_eq!(told(250_000, None, &[]).1, ["yellow: the chance of fraud is 0.25, at least 0.25"]);
    let (channel, why) = told(700_000, Some(1_000_000), &["new-importer", "unknown"]);
    assert_eq!(channel, Channel::Red);
    assert_eq!(
        why,
        [
            "yellow: the chance of fraud is 0.7, at least 0.25",
            "red: the chance of fraud is 0.7, at least 0.6",
            "red: a duty of 1000000 is expected to be found, at least 1000000",
            "yellow: the rule new-importer is met",
        ]
    );
}

#[test]
fn a_tenth_of_what_nobody_suspects_is_inspected_unless_the_table_says_otherwise() {
    let drawn = |table: &str| {
        let table = Channels::read(table).unwrap();
        let suspicion = Suspicion { fraud: share(0), duty: None, rules: &[] };
        let routings = (0..20_000).map(|matter| table.route(&suspicion, &[7; 32], &format!("case {matter}")));
        routings.filter(|routing| routing.channel == Channel::Red).count()
    };
    // Five standard deviations of 20,000 throws are 212.
    assert!(drawn(TABLE).abs_diff(2_000) < 212, "{}", drawn(TABLE));
    assert_eq!(drawn(&format!("{TABLE}random,0,red\n")), 0);
    assert_eq!(drawn(&format!("{TABLE}random,1,red\n")), 20_000);
    let routing = route(&format!("{TABLE}random,1,red\n"), 0, None, &[], "case");
    assert_eq!(routing.why[0].1.to_string(), "it was drawn into the random share of 1");
}

#[test]
fn the_draw_decides_and_not_what_is_said() {
    let drawn = |draw: &[u8; 32], fraud: u32| -> Vec<bool> {
        let table = Channels::read("when,at_least,channel\nrandom,0.5,red\n").unwrap();
        let suspicion = Suspicion { fraud: share(fraud), duty: None, rules: &[] };
        (0..64).map(|matter| table.route(&suspicion, draw, &matter.to_string()).channel == Channel::Red).collect()
    };
    assert_eq!(drawn(&[1; 32], 0), drawn(&[1; 32], 1_000_000));
    assert_ne!(drawn(&[1; 32], 0), drawn(&[2; 32], 0));
}

#[test]
fn a_chance_is_cut_to_millionths_and_what_is_none_is_refused() {
    assert_eq!(Share::of_chance(0.25), Share::millionths(250_000));
    assert_eq!(Share::of_chance(0.999_999_9), Share::millionths(999_999));
    assert_eq!((Share::of_chance(0.0), Share::of_chance(1.0)), (Share::millionths(0), Some(Share::ALL)));
    for none in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
        assert_eq!(Share::of_chance(none), None, "{none}");
    }
    assert_eq!(Share::millionths(1_000_001), None);
}

#[test]
fn every_wrong_row_is_named() {
    let wrong = "when,at_least,channel\nfraud,1.5,red\nfraud,0.5,green\nduty,-1,red\nrule ,,red\nrule embargo,2,red\n\
                 random,0.1,yellow\nrandom,0.1,red\nrandom,0.2,red\nfraud,0.1234567,red\nguess,1,red\nfraud,۰٫۵,red\n";
    let problems = Channels::read(wrong).unwrap_err();
    let told: Vec<String> = problems.iter().map(|problem| format!("{}: {}", problem.line, problem.fault)).collect();
    assert_eq!(
        told,
        [
            "2: `1.5` is no share from 0 to 1, of at most six digits behind the point",
            "3: `green` is no channel that a row may lead to: yellow or red",
            "4: `-1` is no amount of zero or more",
            "5: `rule` is not `fraud`, `duty`, `random`, or `rule` and its name",
            "6: a rule has no number",
            "7: the random share leads to red",
            "9: the random share stands twice",
            "10: `0.1234567` is no share from 0 to 1, of at most six digits behind the point",
            "11: `guess` is not `fraud`, `duty`, `random`, or `rule` and its name",
        ]
    );
    assert_eq!(Channels::read("when,channel\n").unwrap_err()[0].fault.to_string(), "the column `at_least` is missing");
}
