//! A PostgreSQL server of the test's own, in a temporary folder, that may be killed.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Where Debian puts the server's programs.
const DEBIAN: &str = "/usr/lib/postgresql/15/bin";

/// A server; it is stopped and its folder removed with this value.
pub struct OwnServer {
    programs: PathBuf,
    folder: TempDir,
    port: u16,
}

impl OwnServer {
    /// None, said plainly, when there is no server program.
    pub fn start() -> Option<Self> {
        let programs = std::env::var_os("PANJEREH_PG_BIN").map_or_else(|| PathBuf::from(DEBIAN), PathBuf::from);
        if !programs.join("postgres").exists() {
            println!("skipped: no postgres in {}; set PANJEREH_PG_BIN to the folder that has it", programs.display());
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        // The server will not run as root, so another user must be able to write here.
        std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o777)).unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Self { programs, folder, port };
        let data = server.data();
        let arguments =
            ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-D"];
        let made = server.command("initdb").args(arguments).arg(&data).stdout(Stdio::null()).status().unwrap();
        assert!(made.success(), "initdb failed");
        server.start_again();
        Some(server)
    }

    /// How to connect to it.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Starts it after a kill, and waits until it has recovered. Fsync is on, as it is by default.
    pub fn start_again(&self) {
        let options = format!("-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories=", self.port);
        let mut start = self.command("pg_ctl");
        let log = self.folder.path().join("log");
        start.args(["start", "--wait", "--silent", "-o", &options, "-D"]).arg(self.data()).arg("-l").arg(&log);
        let started = start.status().unwrap().success();
        assert!(started, "the server does not start: {}", std::fs::read_to_string(&log).unwrap_or_default());
    }

    /// Kills every process of it with SIGKILL, so that none can write what is in its memory.
    pub fn kill(&mut self) {
        let pid = std::fs::read_to_string(self.data().join("postmaster.pid")).unwrap();
        let postmaster = pid.lines().next().unwrap().to_owned();
        let mut doomed = children(&postmaster);
        doomed.insert(0, postmaster);
        // Some may have ended by themselves when their parent went.
        Command::new("kill").arg("-9").args(&doomed).stderr(Stdio::null()).status().unwrap();
        let begun = Instant::now();
        while doomed.iter().any(|pid| is_running(pid)) {
            assert!(begun.elapsed() < Duration::from_secs(10), "the server survives its kill");
            std::thread::sleep(Duration::from_millis(5));
        }
        // Where nobody asks for the end of orphans, as in a container, the file would name a process that seems to be there.
        std::fs::remove_file(self.data().join("postmaster.pid")).unwrap();
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// One of the server's programs, as another user when this one is root.
    fn command(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let id = Command::new("id").arg("-u").output().unwrap().stdout;
        let mut command = if id == b"0\n" {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        let mut stop = self.command("pg_ctl");
        stop.args(["stop", "--silent", "-m", "immediate", "-D"]).arg(self.data()).stderr(Stdio::null());
        drop(stop.status());
    }
}

fn children(parent: &str) -> Vec<String> {
    let found = Command::new("ps").args(["-o", "pid=", "--ppid", parent]).output().unwrap().stdout;
    String::from_utf8(found).unwrap().split_whitespace().map(str::to_owned).collect()
}

/// A zombie has ended; only nobody has asked for its end yet.
fn is_running(pid: &str) -> bool {
    let status = std::fs::read_to_string(Path::new("/proc").join(pid).join("status")).unwrap_or_default();
    status.lines().any(|line| line.starts_with("State:") && !line.contains('Z'))
}
