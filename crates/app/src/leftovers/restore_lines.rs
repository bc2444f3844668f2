//! Lines of manifests, made again from the record. What stands otherwise is made once more from the cases that it rests on before it is written: the zone may run.
//!
//! Must not know of: what is left over of other papers.

use std::collections::{BTreeMap, BTreeSet};

use customs::goods::{Id, ItemRef, ManifestLine};
use engine::CaseId;
use store::{Entry, EntryQuery, Put};

use super::Kept;
use super::lines::{LINE, Line, OfCase, line_key, of_case};
use crate::{App, AppError};

/// Entries looked at once.
const BATCH: u32 = 500;

/// Lines, as they are gathered from all cases.
#[derive(Default)]
pub(super) struct Lines {
    lines: BTreeMap<ManifestLine, Line>,
    taken_back: BTreeSet<ItemRef>,
}

impl Lines {
    pub(super) fn add(&mut self, OfCase { lines, taken_back }: OfCase) {
        lines.into_iter().for_each(|(line, said)| self.lines.entry(line).or_default().add(said));
        self.taken_back.extend(taken_back.into_iter().map(|(item, _)| item));
    }

    fn finish(&mut self) {
        self.lines.values_mut().for_each(|line| line.take_back(&self.taken_back));
        self.lines.retain(|_, line| !line.is_empty());
    }
}

impl App {
    /// Writes lines as the record has them; what is left over of each, and of how many something was otherwise.
    pub(super) async fn rebuild_lines(&self, mut gathered: Lines) -> Result<(Vec<Kept>, u64), AppError> {
        gathered.finish();
        let mut mended = 0_u64;
        let known: BTreeSet<String> = gathered.lines.keys().map(line_key).collect();
        let mut after = None;
        loop {
            let query = EntryQuery { kind: LINE.to_owned(), key: None, owner: None, after, limit: BATCH };
            let entries = self.store.entries(query).await?;
            let Some(last) = entries.last() else { break };
            after = Some(last.key.clone());
            for entry in entries.into_iter().filter(|entry| !known.contains(&entry.key)) {
                // Either the record has nothing of it, or it came while the record was read.
                let line = serde_json::from_slice::<Line>(&entry.body).unwrap_or_default();
                let cases: BTreeSet<CaseId> = line.cases().collect();
                let fresh = match line_in(&entry.key) {
                    Some(named) => Some(self.line_now(&named, cases, &gathered.taken_back).await?),
                    None => None,
                };
                let stands = fresh.is_some_and(|fresh| !fresh.is_empty() && fresh == line);
                if !stands {
                    let Entry { kind, key, version, .. } = entry;
                    let put = Put { kind, key, owner: None, body: None, expected: Some(version) };
                    mended = mended.saturating_add(u64::from(self.put_unless_overtaken(put).await?));
                }
            }
        }
        let mut left = Vec::new();
        for (named, line) in &gathered.lines {
            let entry = self.entry(LINE, &line_key(named)).await?;
            let was = entry.as_ref().and_then(|entry| serde_json::from_slice::<Line>(&entry.body).ok());
            let mut is = line.clone();
            if was.as_ref() != Some(&is) {
                let cases = is.cases().chain(was.iter().flat_map(Line::cases)).collect();
                is = self.line_now(named, cases, &gathered.taken_back).await?;
            }
            if was.as_ref() != Some(&is) {
                let put = is.put(named, Some(entry.map_or(0, |entry| entry.version)))?;
                mended = mended.saturating_add(u64::from(self.put_unless_overtaken(put).await?));
            }
            left.extend(is.left(named));
        }
        Ok((left, mended))
    }

    /// A line as these cases make it.
    async fn line_now(
        &self,
        named: &ManifestLine,
        cases: BTreeSet<CaseId>,
        taken_back: &BTreeSet<ItemRef>,
    ) -> Result<Line, AppError> {
        let mut line = Line::default();
        for case in cases {
            let (_, _, state) = match self.load(case).await {
                Err(AppError::NotFound(_)) => continue,
                loaded => loaded?,
            };
            let history = self.history(case).await?;
            let mut of = of_case(&state, history.iter().map(|(_, event)| event))?;
            of.lines.remove(named).into_iter().for_each(|said| line.add(said));
        }
        line.take_back(taken_back);
        Ok(line)
    }

    /// What is left over of a line now.
    /// Whether a carrier filed a line of a manifest.
    pub(super) async fn is_filed(&self, named: &ManifestLine) -> Result<bool, AppError> {
        let entry = self.entry(LINE, &line_key(named)).await?;
        let line = entry.map(|entry| serde_json::from_slice::<Line>(&entry.body)).transpose()?;
        Ok(line.is_some_and(|line| line.filed.is_some()))
    }

    pub(super) async fn line_left(&self, named: &ManifestLine) -> Result<Option<Kept>, AppError> {
        let entry = self.entry(LINE, &line_key(named)).await?;
        let line = entry.map(|entry| serde_json::from_slice::<Line>(&entry.body)).transpose()?;
        Ok(line.and_then(|line| line.left(named)))
    }
}

/// The line that a key names.
fn line_in(key: &str) -> Option<ManifestLine> {
    let (manifest, line) = key.rsplit_once('/')?;
    Some(ManifestLine { manifest: Id::new(manifest).ok()?, line: line.parse().ok()? })
}
