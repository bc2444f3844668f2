//! `cargo xtask test`: installs what the tests need, starts a PostgreSQL of its own, runs every test, and counts.
//!
//! It must not know any test: what a test needs reaches it through the environment, by the names below.
//!
//! | name | is |
//! |---|---|
//! | `PANJEREH_TEST_POSTGRES` | the URL of a database server that a test may create databases in |
//! | `PANJEREH_PYTHON` | a Python with the packages of `tests/oracles/requirements.txt` |
//! | `PANJEREH_WITNESS_PYTHON` | one of 3.12 or newer with those of `tests/oracles/requirements-witness.txt`, where the machine has it |
//! | `PANJEREH_AXE` | axe-core's `axe.min.js` |
//! | `PANJEREH_FEELIN` | feelin's module, another FEEL |
//! | `PANJEREH_SIMPLEWEBAUTHN` | the module of @simplewebauthn/server, another relying party of passkeys |
//! | `PANJEREH_OIDC_PROVIDER` | the module of oidc-provider, an identity provider |
//! | `PANJEREH_CHROMIUM`, `PANJEREH_CHROMEDRIVER` | Debian's browser and its driver |
//! | `PANJEREH_NODE` | the `node` of Debian, in which the gate's modules are tested |
//! | `PANJEREH_GO` | the `go` of Debian, which finds `golang.org/x/mod` under `/usr/share/gocode` |

mod needs;
mod oracles;
mod postgres;
mod runner;
mod tally;

use std::process::ExitCode;

use crate::failure::Failure;
use crate::workspace::Workspace;

/// Runs the tests; `args` go to `cargo test`.
pub fn run(workspace: &Workspace, args: &[String]) -> Result<ExitCode, Failure> {
    needs::provide()?;
    let mut environment = oracles::provide(workspace)?;
    environment.extend(needs::environment());
    let server = postgres::Server::start()?;
    environment.push(("PANJEREH_TEST_POSTGRES", server.url().into()));
    let outcome = runner::run(workspace, args, &environment);
    server.stop();
    let tally = outcome?;
    println!("{tally}");
    Ok(if tally.is_green() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
