//! A sample year: sample people apply, sample officers decide or are silent, deadlines pass, all through the same operations that people use.
//!
//! Must not know of: what a zone's services are. How often each is asked for, and what people answer, stands in `history.csv` of the samples.

mod answers;
mod awaited;
mod hands;
mod moves;
mod people;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use engine::CaseId;
use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::accounts::Account;
use crate::{App, AppError, integrity, jobs};
use answers::Answers;
use awaited::Party;
use hands::Hands;
use people::People;

/// How long a history lasts.
const LASTS: SignedDuration = SignedDuration::from_hours(365 * 24);
/// Steps after which the log takes up what was appended: a bundle of the log is filled about as often.
const STEPS_BETWEEN_LOGS: u64 = 200;

/// What kind of history is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct History {
    /// How many applications are made; appeals come on top.
    pub cases: u32,
    /// Decides who asks for what and when; who is drawn is not decided by it.
    pub seed: u64,
}

/// Something that is yet to happen.
enum Step {
    Apply,
    /// Somebody acts in a case, unless it has moved on from `seq`.
    Act {
        case: CaseId,
        seq: u64,
        party: Party,
    },
}

/// A history while it is played.
struct Play<'a> {
    app: &'a App,
    dice: StdRng,
    answers: Answers,
    people: People,
    officers: BTreeMap<String, Account>,
    hands: Hands,
    /// By moment, and by number where two fall together.
    steps: BTreeMap<(Timestamp, u64), Step>,
    /// Where somebody stays silent: the case, and its events so far.
    silent: BTreeSet<(CaseId, u64)>,
    numbered: u64,
}

impl App {
    /// Brings the samples in as [`App::load_samples`] does, but a year ago, and plays a sample history from then until now. `told` hears how many
    /// applications were made.
    ///
    /// The zone must be new: its clock is put back while nothing stands in its record.
    ///
    /// # Errors
    /// As [`App::load_samples`]; when the store is away.
    pub async fn load_samples_with_history(
        &self,
        folder: &Path,
        history: History,
        told: impl Fn(u32),
    ) -> Result<(), AppError> {
        let now = self.clock.now();
        self.clock.begin(now.checked_sub(LASTS).unwrap_or(Timestamp::MIN));
        let played = self.play(folder, history, now, told).await;
        self.clock.catch_up();
        played
    }

    async fn play(
        &self,
        folder: &Path,
        history: History,
        until: Timestamp,
        told: impl Fn(u32),
    ) -> Result<(), AppError> {
        self.load_samples(folder).await?;
        let mut play = Play::begin(self, folder, history).await?;
        let mut applications = 0;
        let mut steps = 0;
        play.applications(history.cases, until);
        while let Some(((at, _), step)) = play.steps.pop_first() {
            if at >= until {
                break;
            }
            play.time_passes(at).await?;
            match step {
                Step::Apply => {
                    play.apply().await?;
                    applications += 1;
                    told(applications);
                }
                Step::Act { case, seq, party } => play.act(case, seq, &party).await?,
            }
            steps += 1;
            if steps % STEPS_BETWEEN_LOGS == 0 {
                jobs::sequencer::run(self).await?;
            }
        }
        play.time_passes(until).await?;
        play.hands.put_down(self, &play.officers).await?;
        jobs::sequencer::run(self).await?;
        integrity::run(self).await?;
        Ok(())
    }
}

impl<'a> Play<'a> {
    async fn begin(app: &'a App, folder: &Path, history: History) -> Result<Self, AppError> {
        let mut dice = StdRng::seed_from_u64(history.seed);
        let answers = Answers::read(&folder.join("history.csv"))?;
        let people = People::settle(app, folder, history.cases, &mut dice).await?;
        // Keepers of the roster get no passkey: where two have one, nobody registers a first passkey without them.
        let accounts = app.accounts().await?.into_iter().filter(|account| !account.roles.is_empty());
        let officers = accounts.filter_map(|account| Some((account.officer.clone()?, account))).collect();
        let hands = Hands::take_up(app, &officers).await?;
        Ok(Self {
            app,
            dice,
            answers,
            people,
            officers,
            hands,
            steps: BTreeMap::new(),
            silent: BTreeSet::new(),
            numbered: 0,
        })
    }

    /// People apply at any moment of the year.
    fn applications(&mut self, cases: u32, until: Timestamp) {
        let lasts_s = until.duration_since(self.app.clock.now()).as_secs().max(1);
        for _ in 0..cases {
            let after = SignedDuration::from_secs(self.dice.random_range(0..lasts_s));
            self.after(after, Step::Apply);
        }
    }

    fn after(&mut self, span: SignedDuration, step: Step) {
        let at = self.app.clock.now().checked_add(span).unwrap_or(Timestamp::MAX);
        self.numbered += 1;
        self.steps.insert((at, self.numbered), step);
    }

    /// Time passes until a moment; each deadline on the way lapses when it is due, and not later.
    async fn time_passes(&mut self, until: Timestamp) -> Result<(), AppError> {
        loop {
            let due = self.app.store.due(until.as_millisecond(), None, 1).await?;
            let Some(first) = due.first() else { break };
            let at = Timestamp::from_millisecond(first.due.at_ms).unwrap_or(until);
            self.app.clock.advance_to(at);
            let together = self.app.store.due(self.app.clock.now().as_millisecond(), None, u32::MAX).await?;
            if jobs::clock::run(self.app).await? == 0 {
                break;
            }
            jobs::outbox::run(self.app).await?;
            for due in together {
                self.plan(due.case).await?;
            }
        }
        self.app.clock.advance_to(until);
        Ok(())
    }

    /// What is to come in a case as it stands now. Whatever was planned before it moved comes to nothing.
    async fn plan(&mut self, case: CaseId) -> Result<(), AppError> {
        let (row, _, state) = self.app.load(case).await?;
        for wait in awaited::of(&state, &mut self.dice) {
            let has = wait.due.duration_since(self.app.clock.now());
            let span = awaited::delay(has, &mut self.dice);
            if span > has {
                self.silent.insert((case, row.seq));
            }
            self.after(span, Step::Act { case, seq: row.seq, party: wait.party });
        }
        Ok(())
    }

    /// A case was opened or has moved: its messages go out, and what is to come is planned; also in the case that it appeals against.
    async fn moved(&mut self, case: CaseId) -> Result<(), AppError> {
        jobs::outbox::run(self.app).await?;
        self.plan(case).await?;
        let (_, _, state) = self.app.load(case).await?;
        match state.appeals {
            Some(original) if state.ended.is_some() => self.plan(original).await,
            _ => Ok(()),
        }
    }
}
