//! The verification pack: what a gate takes with it to judge certificates where there is no network.
//!
//! Must not know of: files, HTTP, how a gate judges.
//!
//! The log's upper part is three rows of nodes. Height 16 is there from the first leaf on; the rows nearer to the leaves only cover what is recent,
//! which is where branches still end low. A branch climbs until its subtree is whole, so a code that was printed a while ago ends where a row still
//! reaches, and one that was printed long ago ends at height 16.

use std::collections::BTreeMap;
use std::sync::Arc;

use credential::{Pack, Row, SignedPack};
use log::checkpoint;
use log::tile::{Kind, TILE_WIDTH};
use log::{Hash, Tile, TileReader, reader};
use store::EntryQuery;

use crate::jobs::sequencer;
use crate::logbook::{Published, with_files};
use crate::passages::{USED, until_key};
use crate::{App, AppError, status};

/// How long a pack is given out before a new one is made, in seconds: as long as a status list.
const FRESH_S: i64 = 60;
/// The rows: how high above the leaves, which level of tiles holds it, and how many tiles of it from the right end. Each tile is 8 KiB, so the rows
/// above the leaves and above 256 leaves have at most 64 and 128 KiB; that above 65,536 has 32 bytes for each.
const ROWS: [(u32, u8, u64); 3] = [(0, 0, 8), (8, 1, 16), (16, 2, u64::MAX)];
/// How far a witness's clock may be ahead of the making of a pack, in seconds: as far as the zone lets it be (docs/architecture.md, "A witness lies").
const COSIGNED_AHEAD_S: i64 = 600;
/// The longest a pack may be good for, in seconds: a year.
const LIVES_S_MAX: i64 = 366 * 24 * 3600;

/// The pack that was made last: when, for how long, and itself.
pub(crate) type Kept = (i64, i64, Arc<SignedPack>);

impl App {
    /// A verification pack, at most a minute old and good for `lives_s` seconds (from 1 to a year) from its making. The same record at the same
    /// second gives the same bytes.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the store or the object store is away.
    pub async fn pack(&self, lives_s: i64) -> Result<Arc<SignedPack>, AppError> {
        let now_s = self.clock.now().as_second();
        if let Some((made_s, lives, pack)) = &*self.pack.read()
            && now_s.saturating_sub(*made_s) < FRESH_S
            && *lives == lives_s
        {
            return Ok(Arc::clone(pack));
        }
        let pack = self.make_pack(now_s, lives_s.clamp(1, LIVES_S_MAX)).await?;
        let signed = self.issuer.issue_pack(&pack).map_err(|error| AppError::Internal(error.to_string()))?;
        let signed = Arc::new(signed);
        *self.pack.write() = Some((now_s, lives_s, Arc::clone(&signed)));
        Ok(signed)
    }

    async fn make_pack(&self, now_s: i64, lives_s: i64) -> Result<Pack, AppError> {
        // A process beside the one that signs the log has not read it yet.
        let published = match self.checkpoint() {
            Some(published) => Some(published),
            None => sequencer::newest(self, checkpoint::PATH).await?,
        };
        let size = published.as_ref().map_or(0, |published| published.checkpoint.size());
        let policy = self.pack_policy(published.as_ref(), now_s)?;
        let mut lists = Vec::new();
        for number in 0..=size.div_euclid(status::WIDTH) {
            lists.push((self.status_uri(number), self.status_list_now(number).await?));
        }
        let (kid, key) = self.certificate_public_key();
        Ok(Pack {
            zone: self.zone().zone().name.clone(),
            base_url: self.base_url().to_owned(),
            made_s: now_s,
            until_s: now_s.saturating_add(lives_s),
            names: self.zone_names(),
            keys: vec![(kid, key)],
            log_key: self.log_verifier().to_string(),
            checkpoint: published.map(|published| published.note.to_vec()).unwrap_or_default(),
            rows: self.rows(size).await?,
            lists,
            list_width: status::WIDTH,
            policy,
            used: self.used(now_s).await?,
        })
    }

    /// The policy by which a gate judges whether witnesses cosigned the checkpoint; empty where the zone has none.
    fn pack_policy(&self, published: Option<&Published>, now_s: i64) -> Result<String, AppError> {
        let Some(witnesses) = &self.witnesses else { return Ok(String::new()) };
        let latest_s = u64::try_from(now_s.saturating_add(COSIGNED_AHEAD_S)).unwrap_or(0);
        let opened =
            published.map(|published| witnesses.policy.open(&published.note, Some(self.log_verifier()), latest_s));
        // As after the policy was changed: a gate would rightly refuse the pack.
        if let Some(Err(why)) = opened {
            return Err(AppError::Unavailable(format!("the log's checkpoint for the pack: {why}")));
        }
        Ok(witnesses.policy.to_string())
    }

    /// What the zone calls itself, by language.
    fn zone_names(&self) -> BTreeMap<String, String> {
        let zone = self.zone().zone();
        let name = |words: &str| {
            let line = words.lines().find_map(|line| line.strip_prefix("zone ="))?;
            Some(line.trim().to_owned()).filter(|name| !name.is_empty())
        };
        let named = |language: &String| (language.clone(), zone.words.get(language).and_then(|words| name(words)));
        let names = zone.languages.iter().map(named);
        names.map(|(language, name)| (language, name.unwrap_or_else(|| zone.name.clone()))).collect()
    }

    async fn rows(&self, size: u64) -> Result<Vec<Row>, AppError> {
        let read = with_files(&self.objects, |files| {
            // Each is looked for before any fails, so that all files are fetched together.
            let rows = ROWS.map(|row| self::row(files, row, size));
            rows.into_iter().collect::<Result<Vec<_>, _>>()
        });
        let rows = read.await?.map_err(|error| AppError::Internal(error.to_string()))?;
        Ok(rows.into_iter().filter(|row| !row.hashes.is_empty()).collect())
    }

    /// The one-time certificates that passed a gate and are still valid.
    async fn used(&self, now_s: i64) -> Result<Vec<Vec<u8>>, AppError> {
        let (mut used, mut after) = (Vec::new(), Some(until_key(now_s)));
        loop {
            let query = EntryQuery { kind: USED.to_owned(), key: None, owner: None, after, limit: 1000 };
            let entries = self.store.entries(query).await?;
            let ids = entries.iter().filter_map(|entry| entry.key.rsplit_once('-'));
            used.extend(ids.filter_map(|(_, id)| hex::decode(id).ok()));
            if entries.len() < 1000 {
                return Ok(used);
            }
            after = entries.last().map(|entry| entry.key.clone());
        }
    }
}

/// The last tiles of a row of tiles, in a tree of `size` leaves.
fn row(files: &dyn TileReader, (height, level, most): (u32, u8, u64), size: u64) -> Result<Row, reader::TileError> {
    let nodes = size.checked_shr(height).unwrap_or(0);
    let tiles = nodes.div_ceil(u64::from(TILE_WIDTH));
    let first = tiles.saturating_sub(most);
    let tile = |index| Tile::in_tree(Kind::Hashes(level), index, size);
    let read: Vec<_> = (first..tiles).filter_map(tile).map(|tile| reader::read_hashes(files, tile)).collect();
    let hashes = read.into_iter().collect::<Result<Vec<Vec<Hash>>, _>>()?;
    let hashes = hashes.into_iter().flatten().flat_map(|hash| hash.0).collect();
    Ok(Row { height, first: first.saturating_mul(u64::from(TILE_WIDTH)), hashes })
}
