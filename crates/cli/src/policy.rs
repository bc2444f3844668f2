//! Witness policies in files (C2SP tlog-policy).
//!
//! Must not know of: what is held against them.

use std::path::Path;

use app::Witnesses;
use log::Policy;
use log::policy::MAX_POLICY_BYTES;

use crate::failure::Failure;
use crate::shared::read_at_most;

/// The policy in a file.
pub fn read(path: &Path) -> Result<Policy, Failure> {
    let hint = "write a C2SP tlog-policy: lines `log VKEY`, `witness NAME VKEY URL`, `group NAME NUMBER NAME...`, and `quorum NAME`; \
                docs/operating.md shows one";
    let bad = |why: &dyn std::fmt::Display| Failure::new(format!("{}: {why}", path.display()), hint);
    let bytes = read_at_most(path, MAX_POLICY_BYTES).map_err(|error| bad(&error))?;
    Policy::parse(&bytes).map_err(|error| bad(&error))
}

/// The witnesses of a policy that a zone is to ask, where it names one.
pub fn witnesses(path: Option<&Path>) -> Result<Option<Witnesses>, Failure> {
    let Some(path) = path else { return Ok(None) };
    let witnesses = Witnesses::new(read(path)?).map_err(|why| {
        Failure::new(
            format!("{}: {why}", path.display()),
            "a witness line reads: witness NAME VKEY URL, where `panjereh witness` serves at the URL",
        )
    })?;
    Ok(Some(witnesses))
}
