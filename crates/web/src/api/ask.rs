//! Where an ask of several items is wrong: in which of them.
//!
//! Must not know of: requests, how an ask is judged.

use app::definition::value::{Lines, writable};
use app::engine::case::AskedItem;
use app::engine::refusal::Refusal;
use fluent_bundle::FluentArgs;

use super::problem::ErrorBody;
use crate::fault;
use crate::language::Language;
use crate::site::Site;

/// The items that were refused; none where it is no item's fault.
pub(super) fn places(
    site: &Site,
    language: Language,
    refusal: &Refusal,
    items: &[AskedItem],
) -> Option<Vec<ErrorBody>> {
    let at =
        |place: usize, field: &str, detail: String| ErrorBody { pointer: format!("/items/{place}/{field}"), detail };
    let numbered = items.iter().enumerate();
    let errors: Vec<ErrorBody> = match refusal {
        Refusal::WrongGround { grounds, .. }
        | Refusal::GroundNotInForce { grounds, .. }
        | Refusal::GroundNeeded { grounds } => {
            let (_, detail) = fault::field_problem(site, language, refusal)?;
            let wrong = numbered.filter(|(_, item)| !grounds.contains(&item.ground));
            wrong.map(|(place, _)| at(place, "ground", detail.clone())).collect()
        }
        Refusal::BadText { max_chars, .. } => {
            let (_, detail) = fault::field_problem(site, language, refusal)?;
            let bad = |note: &str| note.chars().count() > *max_chars as usize;
            numbered.filter(|(_, item)| bad(&item.note)).map(|(place, _)| at(place, "note", detail.clone())).collect()
        }
        Refusal::BadCharacters { .. } => {
            let (_, detail) = fault::field_problem(site, language, refusal)?;
            let bad = numbered.filter(|(_, item)| writable(&item.note, Lines::Several).is_err());
            bad.map(|(place, _)| at(place, "note", detail.clone())).collect()
        }
        Refusal::Facts(problems) => {
            let say = |key: &str| site.words.site(language, key, &FluentArgs::new());
            let named = |fact: &str| items.iter().filter(|item| item.fact == fact).count();
            let wrong = |fact: &str| problems.iter().filter(|problem| problem.fact == fact).count();
            let told = numbered.filter_map(|(place, item)| {
                let before = items.iter().take(place).any(|other| other.fact == item.fact);
                match wrong(&item.fact) {
                    0 => None,
                    // Each time that it is named is wrong: it is not the applicant's to give. Else only the first time is right.
                    every if every == named(&item.fact) => Some(at(place, "fact", say("wrong-not-asked"))),
                    _ => before.then(|| at(place, "fact", say("wrong-twice"))),
                }
            });
            told.collect()
        }
        _ => Vec::new(),
    };
    (!errors.is_empty()).then_some(errors)
}
