//! A stage in which chance decides where a case goes: at once, or when the randomness is there.
//!
//! A case draws once in a stage. Nor does filing again help: of what another application in the same matter came to and what is drawn here, the route
//! that stands first in the definition binds. Whoever is drawn for the way that they like less takes it along to the next application, and whoever is
//! drawn for the one that they like more is drawn for again: so nobody can look first, and then file.
//!
//! Must not know of: what makes a matter.

use std::collections::BTreeMap;

use definition::model::{Name, Period, Share};

use super::run::Run;
use crate::case::{Decider, Way};
use crate::event::What;
use crate::lot::{self, Lot};
use crate::refusal::Refusal;
use crate::world::{Coming, Elsewhere};

impl<'a> Run<'a> {
    /// Comes to such a stage; the stage that follows, if that is known at once.
    pub(super) fn lot_opens(&mut self, stage: &str, routes: &[Share], within: Period) -> Result<Option<Name>, Refusal> {
        self.clock_starts(stage, within, None)?;
        match self.case.ways.get(stage).cloned() {
            Some(way) => self.goes(stage, way).map(Some),
            None => self.falls(stage, routes),
        }
    }

    /// Draws, or fixes the lot that will, or takes over what binds already; the stage that follows, if that is known at once.
    pub(super) fn falls(&mut self, stage: &str, routes: &[Share]) -> Result<Option<Name>, Refusal> {
        let world = self.world;
        // What another application comes to is known before this one draws.
        if let Some(Elsewhere { case, due }) = world.lots.waiting.get(stage).filter(|lot| lot.case != self.case.id) {
            self.record(What::Shared { seat: stage.to_owned(), people: 0, case: *case, due: *due })?;
            return Ok(None);
        }
        let bound = world.lots.ways.get(stage).and_then(|ways| lot::bound_by(routes, ways));
        let of_matter = bound.as_ref().map(|bound| Way { route: bound.route.clone(), by: Decider::Matter(bound.case) });
        // Nothing binds more than the first: there is nothing left to draw.
        let is_first = |way: &Way| lot::place(routes, &way.route) == Some(0);
        if let Some(way) = of_matter.clone().filter(is_first) {
            return self.goes(stage, way).map(Some);
        }
        let seat = stage.to_owned();
        if let Some(Coming { source, due }) = &world.lots.coming {
            let lot = Lot::of_routes(routes, bound, &format!("{stage}/0"), source.clone(), *due);
            let lot = Box::new(lot.ok_or_else(|| self.undecidable("lot"))?);
            return self.record(What::Lot { seat, lot }).map(|()| None);
        }
        let matter = format!("{}/{stage}/0", self.case.id);
        let draw = lot::draw_route(routes, &matter, world.randomness).ok_or_else(|| self.undecidable("lot"))?;
        self.record(What::Drawn { seat, draw })?;
        let drawn = self.way(stage)?;
        let first = lot::first(routes, of_matter.iter().chain([&drawn]).map(|way| &way.route)).cloned();
        let way = [Some(drawn), of_matter].into_iter().flatten().find(|way| Some(&way.route) == first.as_ref());
        let way = way.ok_or_else(|| self.undecidable("lot"))?;
        self.goes(stage, way).map(Some)
    }

    /// The route of a lot was drawn: the case goes on, if it waits for that. One that went on or ended meanwhile stays where it is.
    pub(super) fn fell(&mut self, stage: &str) -> Result<(), Refusal> {
        if self.case.ended.is_some() || self.case.stage != stage {
            return Ok(());
        }
        let way = self.way(stage)?;
        let next = self.goes(stage, way)?;
        self.enter(&next)
    }

    /// No draw took place in time: the case goes the way that stands first. So nobody gains by keeping a draw from taking place.
    pub(super) fn undrawn(&mut self, stage: &str, routes: &[Share]) -> Result<(), Refusal> {
        let first = routes.first().ok_or_else(|| self.undecidable("lot"))?;
        let next = self.goes(stage, Way { route: first.route.clone(), by: Decider::Undrawn })?;
        self.enter(&next)
    }

    /// The routes of a stage in which chance decides; none of any other, or of a branch.
    pub(super) fn routes(&self, seat: &str) -> Option<&'a [Share]> {
        self.service.lot(seat)
    }

    fn way(&self, stage: &str) -> Result<Way, Refusal> {
        self.case.ways.get(stage).cloned().ok_or_else(|| self.undecidable("lot"))
    }

    /// Records where the case goes.
    fn goes(&mut self, stage: &str, Way { route, by }: Way) -> Result<Name, Refusal> {
        self.record(What::Decided {
            stage: stage.to_owned(),
            route: route.clone(),
            grounds: Vec::new(),
            by,
            note: String::new(),
            facts: BTreeMap::new(),
        })?;
        Ok(route)
    }
}
