//! Status lists: which certificates were revoked, each list signed, so that anybody can look without asking about one certificate.
//!
//! Must not know of: why a certificate is revoked, how it is made.
//!
//! A certificate's place follows from the log position of the event that issued it, so no place has to be given out and none is given twice:
//! list `position / WIDTH`, entry `position % WIDTH`. A list has one size for ever, whatever the number of certificates, and hides each among the
//! others (Token Status List, draft-ietf-oauth-status-list, section 12.4 on herd privacy). A revocation is an entry of its own in the store.

use std::collections::BTreeMap;
use std::sync::Arc;

use credential::{SignedStatusList, Status, StatusBits, StatusList, StatusListTerms, StatusRef};
use store::{EntryQuery, Put};

use crate::{App, AppError};

const REVOKED: &str = "revoked";
/// Entries of a list: 16 KiB unpacked, and most of it zeros, so that a telephone fetches it in a moment.
pub(crate) const WIDTH: u64 = 1 << 17;
/// How long a published list may be believed.
const LIVES_S: i64 = 24 * 3600;
/// How long a signed list is given out before it is signed anew: so long does a revocation on another node stay unseen here.
const FRESH_S: i64 = 60;
/// Signed lists that are remembered; at 17 KiB each, 4 MiB.
const REMEMBERED: usize = 256;

/// Lists signed lately, by number, and when, in seconds since 1970 UTC.
pub(crate) type SignedLately = BTreeMap<u64, (i64, Arc<SignedStatusList>)>;

/// The write that revokes the certificate issued at this log position. Writing it twice changes nothing.
pub(crate) fn revocation(position: u64) -> Put {
    Put { kind: REVOKED.to_owned(), key: key(position), owner: None, body: Some(Vec::new()), expected: None }
}

/// Keys stand in the order of their positions: 20 digits hold every number of 64 bits.
fn key(position: u64) -> String {
    format!("{position:020}")
}

impl App {
    /// Where a certificate issued at this log position stands.
    pub(crate) fn status_ref(&self, position: u64) -> StatusRef {
        let (list, index) = (position.div_euclid(WIDTH), position.rem_euclid(WIDTH));
        StatusRef { uri: self.status_uri(list), index }
    }

    pub(crate) fn status_uri(&self, list: u64) -> String {
        format!("{}/status/{list}", self.base_url())
    }

    /// The number of the list that an address names, whatever address the zone had when it wrote it; the first list where it names none.
    pub(crate) fn status_number(&self, uri: &str) -> u64 {
        let named = uri.rsplit_once("/status/").and_then(|(_, number)| number.parse::<u64>().ok());
        named.filter(|list| uri.ends_with(&format!("/status/{list}"))).unwrap_or(0)
    }

    /// A list as it is at an address that the zone may have had before.
    pub(crate) async fn status_list_as(
        &self,
        number: u64,
        uri: Option<&str>,
    ) -> Result<Arc<SignedStatusList>, AppError> {
        match uri.filter(|uri| *uri != self.status_uri(number)) {
            None => self.status_list(number).await,
            Some(uri) => Ok(Arc::new(self.sign_status_list(number, uri).await?)),
        }
    }

    /// A signed status list, at most a minute old.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a list that no certificate can name yet.
    pub async fn status_list(&self, number: u64) -> Result<Arc<SignedStatusList>, AppError> {
        // A certificate counts as soon as it is signed, whether witnesses have seen its entry or not.
        let logged = self.signed_size();
        if number > logged.div_euclid(WIDTH) {
            return Err(AppError::NotFound("status list"));
        }
        let now_s = self.clock.now().as_second();
        let fresh = |(at_s, _): &&(i64, Arc<SignedStatusList>)| now_s.saturating_sub(*at_s) < FRESH_S;
        if let Some((_, list)) = self.status.read().get(&number).filter(fresh) {
            return Ok(Arc::clone(list));
        }
        let list = Arc::new(self.sign_status_list(number, &self.status_uri(number)).await?);
        let mut remembered = self.status.write();
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        remembered.insert(number, (now_s, Arc::clone(&list)));
        Ok(list)
    }

    /// Lets go of the list that this position stands on, as it has changed.
    pub(crate) fn forget_status_list(&self, position: u64) {
        self.status.write().remove(&position.div_euclid(WIDTH));
    }

    /// A list as it stands now, not signed.
    pub(crate) async fn status_list_now(&self, number: u64) -> Result<StatusList, AppError> {
        let internal = |error: &dyn std::fmt::Display| AppError::Internal(error.to_string());
        let mut list = StatusList::new(StatusBits::One, WIDTH).map_err(|error| internal(&error))?;
        for position in self.revoked(number).await? {
            list.set(position.rem_euclid(WIDTH), Status::Invalid).map_err(|error| internal(&error))?;
        }
        Ok(list)
    }

    async fn sign_status_list(&self, number: u64, uri: &str) -> Result<SignedStatusList, AppError> {
        let list = self.status_list_now(number).await?;
        let now_s = self.clock.now().as_second();
        let terms = StatusListTerms {
            uri: uri.to_owned(),
            issued_s: now_s,
            expires_s: Some(now_s.saturating_add(LIVES_S)),
            refresh_s: Some(FRESH_S),
        };
        self.issuer.issue_status_list(&list, &terms).map_err(|error| AppError::Internal(error.to_string()))
    }

    /// The log positions on one list that were revoked.
    async fn revoked(&self, number: u64) -> Result<Vec<u64>, AppError> {
        let first = number.saturating_mul(WIDTH);
        let end = first.saturating_add(WIDTH);
        let (mut revoked, mut after) = (Vec::new(), first.checked_sub(1).map(key));
        loop {
            let query = EntryQuery { kind: REVOKED.to_owned(), key: None, owner: None, after, limit: 1000 };
            let entries = self.store.entries(query).await?;
            let positions = entries.iter().filter_map(|entry| entry.key.parse::<u64>().ok());
            let here: Vec<u64> = positions.take_while(|position| *position < end).collect();
            let more = here.len() == 1000;
            revoked.extend(here);
            if !more {
                return Ok(revoked);
            }
            after = revoked.last().copied().map(key);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::path::Path;
    use std::sync::Arc;

    use store_sqlite::SqliteStore;

    use super::*;
    use crate::{Keys, Objects, Settings, read_zone};

    async fn app(folder: &Path) -> App {
        let desk = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/desk");
        let zone = definition::check(&read_zone(&desk).unwrap()).zone.unwrap();
        let settings = Settings {
            zone,
            store: Arc::new(SqliteStore::open(&folder.join("store.sqlite")).unwrap()),
            objects: Objects::folder(&folder.join("objects")).unwrap(),
            keys: Keys { log: [1; 32], certificates: [2; 32] },
            origin: "test.invalid/log".to_owned(),
            base_url: "http://test.invalid".to_owned(),
        };
        App::open(settings).await.unwrap()
    }

    #[tokio::test]
    async fn a_revocation_is_on_its_own_list_and_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let app = app(folder.path()).await;
        // Enough for more than one page of entries, and the places beside the seams.
        let on_second: Vec<u64> = (0..1500).map(|number| WIDTH + number * 7).collect();
        let positions = [0, WIDTH - 1].into_iter().chain(on_second.clone()).chain([2 * WIDTH, u64::MAX]);
        app.store.put(positions.map(revocation).collect()).await.unwrap();
        assert_eq!(app.revoked(0).await.unwrap(), [0, WIDTH - 1]);
        assert_eq!(app.revoked(1).await.unwrap(), on_second);
        assert_eq!(app.revoked(2).await.unwrap(), [2 * WIDTH]);
        let list = app.sign_status_list(1, &app.status_uri(1)).await.unwrap();
        assert_eq!(list.terms().uri, "http://test.invalid/status/1");
        let revoked = (0..WIDTH).filter(|index| list.list().get(*index) == Some(Status::Invalid)).count();
        assert_eq!(revoked, 1500);
        assert_eq!(list.list().get(7), Some(Status::Invalid));
        assert_eq!(app.status_ref(WIDTH + 7), StatusRef { uri: "http://test.invalid/status/1".to_owned(), index: 7 });
    }

    #[tokio::test]
    async fn a_list_that_no_certificate_can_name_is_not_signed() {
        let folder = tempfile::tempdir().unwrap();
        let app = app(folder.path()).await;
        assert!(app.status_list(0).await.is_ok());
        assert!(matches!(app.status_list(1).await, Err(AppError::NotFound(_))));
        assert_eq!(app.status_number("http://test.invalid/status/12"), 12);
        assert_eq!(app.status_number("http://moved.invalid:8080/status/12"), 12, "the zone has moved since");
        for foreign in ["http://test.invalid/status/012", "http://test.invalid/12", "", "12"] {
            assert_eq!(app.status_number(foreign), 0, "{foreign}");
        }
    }
}
