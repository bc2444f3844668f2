//! How much processor time a process spent, as Linux says.
//!
//! Must not know of: what the process is.

use std::time::Duration;

use super::Failure;

/// What Linux counts in to whoever reads `/proc` (proc(5), `sysconf(_SC_CLK_TCK)`): hundredths of a second, whatever the kernel itself counts in.
const TICK: Duration = Duration::from_millis(10);

/// A process.
pub struct Processor(String);

impl Processor {
    /// This process.
    pub fn own() -> Self {
        Self("self".to_owned())
    }

    pub fn of(id: u32) -> Self {
        Self(id.to_string())
    }

    /// In the program and in the kernel for it, by all its threads.
    pub fn spent(&self) -> Result<Duration, Failure> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.0))?;
        // The name in brackets may hold anything; utime and stime are the 14th and 15th of all fields.
        let fields = stat.rsplit_once(')').ok_or("no stat")?.1.split_whitespace().skip(11);
        let ticks = fields.take(2).map(str::parse::<u32>).sum::<Result<u32, _>>()?;
        Ok(TICK * ticks)
    }
}
