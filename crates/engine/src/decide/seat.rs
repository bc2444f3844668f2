//! How a seat is filled: with those who sit in the matter's other cases, else by lot, at once or when the randomness is there.
//!
//! Must not know of: what officers do there.

use std::collections::BTreeSet;

use crate::case::{Awaited, OfficerId};
use crate::event::What;
use crate::lot::{self, Aside, Candidate, Lot, Why};
use crate::refusal::Refusal;
use crate::world::{Coming, Conflict, Elsewhere, Recusal, Seat, Sitter};

use super::run::Run;

/// Who can be drawn for a seat, and who of the role cannot.
pub(super) struct Free {
    candidates: Vec<Candidate>,
    aside: Vec<Aside>,
}

impl Run<'_> {
    /// Fills a seat, unless it was drawn for before or is about to be: coming back to a desk means coming back to the same people.
    pub(super) fn draw(&mut self, seat: &str, role: &str, people: u32) -> Result<(), Refusal> {
        let drawn = u32::try_from(self.case.drawn(seat).len()).unwrap_or(u32::MAX);
        let coming = self.case.lots.get(seat).map_or(0, |waiting| waiting.people);
        let there = drawn.saturating_add(coming);
        if there >= people { Ok(()) } else { self.draw_more(seat, role, people.saturating_sub(there)) }
    }

    /// Seats further officers: first those who sit in the matter's other cases, then by lot. Nobody who sits there already, and not the applicant.
    pub(super) fn draw_more(&mut self, seat: &str, role: &str, people: u32) -> Result<(), Refusal> {
        let seated = self.seat_those_of_the_matter(seat, role, people)?;
        if seated >= people {
            return Ok(());
        }
        let people = people.saturating_sub(seated);
        let world = self.world;
        // One matter has one draw, also while it is yet to come.
        if let Some(Elsewhere { case, due }) = world.lots.waiting.get(seat).filter(|lot| lot.case != self.case.id) {
            return self.record(What::Shared { seat: seat.to_owned(), people, case: *case, due: *due });
        }
        let free = self.free(seat, &[role], people, None);
        self.lot(seat, role, free, people)
    }

    /// Draws `people` of those who are free for a seat, or fixes the lot that will. The role is the one to name when they are too few.
    pub(super) fn lot(&mut self, seat: &str, role: &str, free: Free, people: u32) -> Result<(), Refusal> {
        let Free { candidates, aside } = free;
        let world = self.world;
        let mut able: Vec<&OfficerId> =
            candidates.iter().filter(|one| one.weight > 0).map(|one| &one.officer).collect();
        able.sort();
        able.dedup();
        let there = u32::try_from(able.len()).unwrap_or(u32::MAX);
        let too_few = Refusal::TooFewOfficers { role: role.to_owned(), needed: people, there };
        let before = self.case.came(seat);
        let seat = seat.to_owned();
        let Some(Coming { source, due }) = &world.lots.coming else {
            let matter = format!("{}/{seat}/{before}", self.case.id);
            let draw = lot::draw(candidates, &matter, world.randomness, people).ok_or(too_few)?;
            return self.record(What::Drawn { seat, draw: lot::Draw { aside, ..draw } });
        };
        // The lot's leaf makes it this case's; without the case's id, whoever sees the draw learns nothing of the case.
        let matter = format!("{seat}/{before}");
        let lot = Lot::new(role, people, candidates, &matter, source.clone(), *due).ok_or(too_few)?;
        self.record(What::Lot { seat, lot: Box::new(Lot { aside, ..lot }) })
    }

    /// How many of those who sit in the matter came to this seat: filing twice, or again, does not draw again.
    fn seat_those_of_the_matter(&mut self, seat: &str, role: &str, people: u32) -> Result<u32, Refusal> {
        let able: Vec<OfficerId> =
            self.of_roles(seat, &[role]).filter(|one| one.weight > 0).map(|one| one.officer.clone()).collect();
        let is_kept = |officer: &&OfficerId| self.kept_away(officer).is_some() || self.was_silent(officer);
        let kept: Vec<OfficerId> = able.iter().filter(is_kept).cloned().collect();
        let sits = |sitter: &&Sitter| able.contains(&sitter.officer) && !kept.contains(&sitter.officer);
        let world = self.world;
        let sitting = world.sitting.get(seat).into_iter().flatten().filter(sits).take(people as usize);
        let mut seated: u32 = 0;
        for Sitter { officer, case } in sitting {
            self.record(What::Seated { seat: seat.to_owned(), officer: officer.clone(), case: *case })?;
            seated = seated.saturating_add(1);
        }
        Ok(seated)
    }

    /// Those of these roles who do not sit there already and are not the applicant.
    fn of_roles<'s>(&'s self, seat: &'s str, roles: &'s [&str]) -> impl Iterator<Item = &'s Seat> {
        let drawn = self.case.drawn(seat);
        let taken = move |officer: &String| drawn.iter().any(|one| one == officer || self.is_one_person(one, officer));
        let is_applicant = |officer: &str| self.conflict(officer) == Some(Conflict::OwnCase);
        let seats = self.world.roster.seats.iter().filter(move |seat| roles.contains(&seat.role.as_str()));
        seats.filter(move |seat| !taken(&seat.officer) && !is_applicant(&seat.officer))
    }

    /// What keeps an officer of the role from being drawn, whatever work there is.
    fn kept_away(&self, officer: &str) -> Option<Why> {
        let from_this = |one: &Recusal| one.officer == officer && one.from == self.case.applicant;
        let recused = self.case.gave_up(officer)
            || self.world.lots.recusals.iter().any(from_this)
            || self.conflict(officer).is_some();
        if recused {
            return Some(Why::Recused);
        }
        self.world.roster.away.contains(officer).then_some(Why::Absent)
    }

    /// Whether an officer, under whatever name, let a deadline of this case pass.
    fn was_silent(&self, officer: &str) -> bool {
        self.case.silent.iter().any(|one| one == officer || self.is_one_person(one, officer))
    }

    fn is_full(&self, seat: &Seat) -> bool {
        let holds = self.world.lots.load.get(&seat.officer).copied().unwrap_or(0);
        seat.most_open.is_some_and(|most| holds >= most)
    }

    /// Those of these roles, but `except`, who may come to a seat for which `people` are drawn. Whoever was silent in the case is left out as long as enough others are there.
    /// Limits of load hold only as long as there remains something to draw: more candidates than are drawn. Else whoever can make officers full could choose who is left.
    pub(super) fn free(&self, seat: &str, roles: &[&str], people: u32, except: Option<&OfficerId>) -> Free {
        let candidate = |seat: &Seat| Candidate { officer: seat.officer.clone(), weight: seat.weight };
        let is_meant = |seat: &&Seat| {
            except.is_none_or(|except| seat.officer != *except && !self.is_one_person(&seat.officer, except))
        };
        let full_one = |seat: &&Seat| Aside { officer: seat.officer.clone(), why: Why::Full };
        let kept_one = |seat: &&Seat| {
            let why = self.kept_away(&seat.officer)?;
            Some(Aside { officer: seat.officer.clone(), why })
        };
        let (kept, able): (Vec<&Seat>, Vec<&Seat>) =
            self.of_roles(seat, roles).filter(is_meant).partition(|seat| self.kept_away(&seat.officer).is_some());
        let (silent, able) = self.but_silent(able, people);
        let (full, spare): (Vec<&Seat>, Vec<&Seat>) = able.iter().copied().partition(|seat| self.is_full(seat));
        let silent = silent.iter().map(|seat| Aside { officer: seat.officer.clone(), why: Why::Silent });
        let kept = kept.iter().filter_map(kept_one).chain(silent);
        let (able, mut aside): (Vec<&Seat>, Vec<Aside>) = if drawable(&spare) > people as usize {
            (spare, kept.chain(full.iter().map(full_one)).collect())
        } else {
            (able, kept.collect())
        };
        aside.sort();
        aside.dedup();
        Free { candidates: able.into_iter().map(candidate).collect(), aside }
    }

    /// Those who were silent in the case apart from the others, unless these are fewer than are to be drawn.
    fn but_silent<'s>(&self, able: Vec<&'s Seat>, people: u32) -> (Vec<&'s Seat>, Vec<&'s Seat>) {
        let (silent, others): (Vec<&Seat>, Vec<&Seat>) =
            able.iter().copied().partition(|seat| self.was_silent(&seat.officer));
        if drawable(&others) >= people as usize { (silent, others) } else { (Vec::new(), able) }
    }

    /// What a seat waits for, if it is the wait that event `lot` began.
    pub(super) fn awaited(&self, seat: &str, lot: u64) -> Result<&Awaited, Refusal> {
        let waiting = self.case.lots.get(seat).filter(|waiting| waiting.seq == lot).ok_or(Refusal::NoLot)?;
        if waiting.due > self.world.now { Err(Refusal::NotDue) } else { Ok(&waiting.awaited) }
    }
}

/// How many officers can be drawn from seats, each once.
fn drawable(seats: &[&Seat]) -> usize {
    let officers: BTreeSet<&OfficerId> =
        seats.iter().filter(|seat| seat.weight > 0).map(|seat| &seat.officer).collect();
    officers.len()
}
