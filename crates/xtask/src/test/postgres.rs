//! A PostgreSQL server for one run of the tests: in a new folder, as a user that is not root, reached by a socket that
//! only that user and root can open.
//!
//! It must not know what is stored in it.
//!
//! A small shell, the keeper, holds the server and waits for the end of its standard input, which only we hold open.
//! However we end, by returning, by Ctrl-C or by `kill -9`, that input ends; the keeper then stops the server and
//! removes the folder. So stopping has one path, and it needs no signal handler.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::command;
use crate::failure::Failure;
use crate::test::needs;

/// `$1` is the folder of the server's programs, `$2` the run's own. The keeper ignores the signals that end a session, or
/// it would orphan the server. It stops the server at once, without a checkpoint, as nothing is kept. `fsync` stays on:
/// the crash tests rely on it.
const KEEPER: &str = r#"
trap '' INT HUP TERM
{
  "$1/initdb" -D "$2/data" --auth=trust --username=postgres --encoding=UTF8 --locale=C.UTF-8 &&
  { "$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c max_connections=200 & }
} </dev/null >"$2/server.log" 2>&1 || touch "$2/failed"
cat >/dev/null
[ -z "$!" ] || { kill -QUIT $!; wait $!; }
rm -rf "$2"
"#;

/// How long the server may take to accept connections. It takes a second; a machine under load takes longer.
const START_S: u64 = 60;

/// A running server; it stops when this is dropped, too.
pub struct Server {
    keeper: Child,
    folder: String,
}

impl Server {
    /// Makes a new cluster and starts it.
    pub fn start() -> Result<Self, Failure> {
        let remedy = "install PostgreSQL's server programs (Debian: postgresql-15)";
        let programs = needs::postgres_programs()
            .ok_or_else(|| Failure::new("there is no PostgreSQL under /usr/lib/postgresql", remedy))?;
        let user = User::find()?;
        let folder = command::ask(
            user.command("mktemp").args(["--directory", "--tmpdir", "panjereh-test-XXXXXX"]),
            "check that the folder for temporary files can be written by any user",
        )?;
        let mut keeper = user.command("sh");
        keeper.args(["-c", KEEPER, "panjereh-test-postgres"]).arg(&programs).arg(&folder);
        let keeper = in_own_group(&mut keeper)
            .stdin(Stdio::piped())
            .spawn()
            .map_err(|error| Failure::new(format!("cannot start PostgreSQL: {error}"), remedy))?;
        let server = Self { keeper, folder };
        server.wait_until_ready(&programs)?;
        eprintln!("PostgreSQL runs in {} as {}", server.folder, user.name());
        Ok(server)
    }

    /// Where tests find it: a URL whose host is the percent-encoded folder of its socket, as libpq reads it.
    pub fn url(&self) -> String {
        format!("postgres://postgres@{}/postgres", self.folder.replace('/', "%2F"))
    }

    /// Stops the server and removes its folder.
    pub fn stop(self) {
        drop(self);
    }

    fn wait_until_ready(&self, programs: &Path) -> Result<(), Failure> {
        let deadline = Instant::now() + Duration::from_secs(START_S);
        let failed = Path::new(&self.folder).join("failed");
        let ready = || {
            let mut ask = Command::new(programs.join("pg_isready"));
            ask.args(["--quiet", "--host", &self.folder]).status().is_ok_and(|status| status.success())
        };
        while !ready() {
            if failed.exists() || Instant::now() > deadline {
                let log = std::fs::read_to_string(format!("{}/server.log", self.folder)).unwrap_or_default();
                let what = format!("PostgreSQL did not start within {START_S} s; its log says:\n{log}");
                return Err(Failure::new(what, "mend what the log complains about"));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(error) = self.keeper.wait() {
            eprintln!("warning: PostgreSQL in {} may still run: {error}", self.folder);
        }
    }
}

/// Whom the server runs as: PostgreSQL refuses to run as root.
enum User {
    Ourselves,
    Other { name: &'static str, group: String },
}

impl User {
    fn find() -> Result<Self, Failure> {
        if !command::is_root() {
            return Ok(Self::Ourselves);
        }
        let group_of = |name| command::ask(Command::new("id").args(["-gn", name]), "add the user nobody");
        for name in ["postgres", "nobody"] {
            if let Ok(group) = group_of(name) {
                return Ok(Self::Other { name, group });
            }
        }
        Err(Failure::new("neither the user postgres nor nobody exists", "add the user nobody"))
    }

    fn name(&self) -> &str {
        match self {
            Self::Ourselves => "this user",
            Self::Other { name, .. } => name,
        }
    }

    /// A command run as that user, from a folder that every user can enter.
    fn command(&self, program: &str) -> Command {
        let mut command = match self {
            Self::Ourselves => Command::new(program),
            Self::Other { name, group } => {
                let mut command = Command::new("setpriv");
                command.args([
                    &format!("--reuid={name}"),
                    &format!("--regid={group}"),
                    "--clear-groups",
                    "--",
                    program,
                ]);
                command
            }
        };
        command.current_dir("/");
        command
    }
}

/// A process group of its own, so that Ctrl-C at the terminal reaches us and the tests, and not the server.
fn in_own_group(command: &mut Command) -> &mut Command {
    use std::os::unix::process::CommandExt;
    command.process_group(0)
}
