//! `panjereh pack`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use crate::accounts::beside_witnessed;
use crate::config::ConfigFile;
use crate::failure::Failure;
use crate::shared::{block_on, print_json, say};

/// Write a verification pack: what a gate needs to judge certificates without a network. The zone may be running.
///
/// It holds the log's checkpoint and the upper part of its tree, the status lists, the keys, and the one-time certificates that were used, all as of
/// now and signed by the zone. Where the zone's log has witnesses (witness_policy), it also holds their policy, and a gate takes it only if their quorum
/// cosigned the checkpoint. A running zone gives out the same at /gate/pack; the file is for gates that never have a network.
///
/// Exit codes: 0 done, 2 it could not run.
#[derive(Args)]
pub struct Pack {
    /// Where to write it; what stands there is replaced, whole or not at all.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// For how many hours it is good; after that a gate says that it is old. The setting pack_hours without it.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=8784))]
    hours: Option<u32>,
    #[command(flatten)]
    config: ConfigFile,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Pack {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let config = self.config.read()?;
        let lives_s = self.hours.map_or(config.pack_lives_s, |hours| i64::from(hours) * 3600);
        let signed = block_on(async {
            let app = beside_witnessed(config).await?;
            Ok::<_, Failure>(app.pack(lives_s).await?)
        })?;
        write(&self.out, signed.as_bytes())?;
        let pack = signed.pack();
        let nodes: usize = pack.rows.iter().map(|row| row.hashes.len() / 32).sum();
        if self.json {
            let told = json!({
                "file": self.out, "bytes": signed.as_bytes().len(), "made_s": pack.made_s, "until_s": pack.until_s,
                "status_lists": pack.lists.len(), "tree_nodes": nodes, "used": pack.used.len(),
                "witnessed": !pack.policy.is_empty(),
            });
            print_json(&told)?;
        } else {
            say(format_args!(
                "{}: {} bytes, {} status lists, {nodes} nodes of the log's tree; bring it to the gate and choose it there, under Settings",
                self.out.display(),
                signed.as_bytes().len(),
                pack.lists.len()
            ))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Whole or not at all: a gate never gets half a pack.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let hint = "name a file in a folder that can be written";
    let failed = |error: std::io::Error| Failure::new(format!("{}: {error}", path.display()), hint);
    let name = path.file_name().ok_or_else(|| Failure::new(format!("{} is no file", path.display()), hint))?;
    let mut beside = name.to_owned();
    beside.push(".new");
    let beside = path.with_file_name(beside);
    fs::write(&beside, bytes).map_err(failed)?;
    fs::rename(&beside, path).map_err(failed)
}
