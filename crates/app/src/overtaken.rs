//! Whoever tries to write what somebody else wrote first comes again: at first one after the other, at last alone, so that nobody is overtaken for ever.
//!
//! Must not know of: what is written. It orders what one process does; between processes the store's versions decide, as they do within one.

use tokio::sync::{Mutex, MutexGuard, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// From which try on somebody writes alone. Before, only those who come again wait for each other: that keeps a draw of one matter from disturbing others, and who writes alone waits for a
/// commit in which nobody else has a part.
const ALONE_FROM: u32 = 4;

/// Whose turn it is.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    again: Mutex<()>,
    all: RwLock<()>,
}

/// A turn, until it is dropped. Who comes again waits for others like them before anything else, so nobody waits in a circle.
#[derive(Debug)]
pub(crate) enum Held<'t> {
    /// Beside others.
    Beside { _all: RwLockReadGuard<'t, ()>, _again: Option<MutexGuard<'t, ()>> },
    /// Alone.
    Alone { _all: RwLockWriteGuard<'t, ()>, _again: MutexGuard<'t, ()> },
}

impl Turns {
    /// Waits until somebody may try, for which time, from 1.
    pub(crate) async fn wait(&self, tries: u32) -> Held<'_> {
        if tries <= 1 {
            return Held::Beside { _all: self.all.read().await, _again: None };
        }
        let again = self.again.lock().await;
        if tries < ALONE_FROM {
            Held::Beside { _all: self.all.read().await, _again: Some(again) }
        } else {
            Held::Alone { _all: self.all.write().await, _again: again }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::Turns;

    /// Each reads a number and writes the next one, unless it was written meanwhile.
    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn nobody_is_overtaken_for_ever() {
        let (turns, number) = (std::sync::Arc::new(Turns::default()), std::sync::Arc::new(AtomicU32::new(0)));
        let all: Vec<_> = (0..200)
            .map(|_| {
                let (turns, number) = (turns.clone(), number.clone());
                tokio::spawn(async move {
                    for tries in 1.. {
                        let _turn = turns.wait(tries).await;
                        let read = number.load(Ordering::SeqCst);
                        tokio::time::sleep(std::time::Duration::from_micros(200)).await;
                        if number.compare_exchange(read, read + 1, Ordering::SeqCst, Ordering::SeqCst).is_ok() {
                            return tries;
                        }
                    }
                    unreachable!()
                })
            })
            .collect();
        for one in all {
            assert!(one.await.unwrap() <= super::ALONE_FROM);
        }
        assert_eq!(number.load(Ordering::SeqCst), 200);
    }
}
