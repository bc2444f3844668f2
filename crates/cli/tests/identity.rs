//! The settings of an identity provider: what is wrong with them is said, the client's secret is not, and a zone serves while the provider is away.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use common::{Served, command, complained, said};

/// Settings of a zone in this folder, whose provider is at a port where nobody listens.
fn settings(folder: &Path, more: &str) {
    let zone = common::root().join("zones/maku");
    let text = format!(
        "listen = \"127.0.0.1:0\"\nzone = \"{}\"\nstore = \"store.sqlite\"\nobjects = \"objects\"\nkeys = \"keys.toml\"\n\
         origin = \"demo.invalid/maku\"\nbase_url = \"https://maku.example\"\n{more}\n",
        zone.display()
    );
    std::fs::write(folder.join("panjereh.toml"), text).unwrap();
}

const AWAY: &str = "identity_issuer = \"http://127.0.0.1:1\"\nidentity_client = \"panjereh\"\n";

#[test]
fn what_is_wrong_is_said() {
    let folder = tempfile::tempdir().unwrap();
    for (more, says) in [
        ("identity_issuer = \"http://login.example\"", "identity_issuer must be"),
        ("identity_issuer = \"https://login.example?x=y\"", "identity_issuer must be"),
        ("identity_issuer = \"https://login.example\"", "identity_client must be"),
        ("applicants = \"provider\"", "there is no identity provider"),
        ("applicants = \"either\"", "there is no identity provider"),
        ("applicants = \"both\"", "applicants must be link, provider or either"),
        (&format!("{AWAY}identity_scopes = \"profile\""), "identity_scopes must be"),
        (&format!("{AWAY}identity_claim = \"\""), "identity_claim must be"),
        (&format!("{AWAY}identity_secret_file = \"nowhere\""), "identity_secret_file nowhere"),
        ("identity_isuer = \"x\"", "identity_issuer was probably meant"),
    ] {
        settings(folder.path(), more);
        let output = command(folder.path()).arg("serve").output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{more}");
        let complaint = complained(&output);
        assert!(complaint.contains(says) && complaint.contains("hint: "), "{more}: {complaint}");
    }
}

#[test]
fn the_clients_secret_is_shown_to_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("panjereh.toml");
    let mode = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    let refused = |more: &str| {
        settings(folder.path(), more);
        mode(&file, 0o644);
        let output = command(folder.path()).args(["accounts", "list"]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{more}");
        complained(&output)
    };
    let open = refused(&format!("{AWAY}identity_secret = \"s3cret\""));
    assert!(open.contains("holds the client's secret") && open.contains("chmod 600"), "{open}");
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "s3cret\n").unwrap();
    mode(&secret, 0o604);
    let readable = refused(&format!("{AWAY}identity_secret_file = \"secret\""));
    assert!(readable.contains("chmod 600 secret"), "{readable}");
    let misplaced = refused("identity_issuer = \"s3cret\"") + &refused(&format!("{AWAY}applicants = \"s3cret\""));
    let help = said(
        &command(folder.path()).args(["serve", "--help"]).env("PANJEREH_IDENTITY_SECRET", "s3cret").output().unwrap(),
    );
    assert!(help.contains("identity_secret_file"), "{help}");
    settings(folder.path(), AWAY);
    let mut serve = command(folder.path());
    serve.env("PANJEREH_IDENTITY_SECRET", "s3cret").env("PANJEREH_LOG", "trace");
    let served = Served::start(serve);
    assert!(served.get("/readyz").0.starts_with("HTTP/1.1 200"), "it serves while the provider is away");
    let greeting = served.greeting.to_string();
    assert!(served.stop());
    for told in [open, readable, misplaced, help, greeting] {
        assert!(!told.contains("s3cret"), "{told}");
    }
}

#[test]
fn where_applicants_come_through_the_provider_no_link_is_made_for_them() {
    let folder = tempfile::tempdir().unwrap();
    let samples = common::root().join("zones/maku/samples");
    settings(folder.path(), AWAY);
    let brought = command(folder.path()).args(["accounts", "samples"]).arg(&samples).output().unwrap();
    assert_eq!(brought.status.code(), Some(0), "{}", complained(&brought));
    let link = |account: &str| command(folder.path()).args(["accounts", "link", account]).output().unwrap();
    let refused = complained(&link("P-0001"));
    assert!(refused.contains("through the identity provider") && refused.contains("hint: "), "{refused}");
    assert!(said(&link("O-0001")).contains("/fa/sign-in/"), "an officer registers the first passkey by a link");
    settings(folder.path(), &format!("{AWAY}applicants = \"either\""));
    assert!(said(&link("P-0001")).contains("/fa/sign-in/"));
    let release = command(folder.path()).args(["accounts", "release", "P-0001"]).output().unwrap();
    assert!(complained(&release).contains("joined to no identity"), "{}", complained(&release));
    assert_eq!(release.status.code(), Some(2));
    // Whoever wants to be forgotten is, but for officers and what is under way.
    let erase = |account: &str| command(folder.path()).args(["accounts", "erase", account]).output().unwrap();
    assert!(said(&erase("P-0001")).contains("P-0001 is erased"));
    let (gone, officer) = (erase("P-0001"), erase("O-0001"));
    assert!(complained(&gone).contains("there is no account P-0001"), "{}", complained(&gone));
    assert!(
        complained(&officer).contains("on the roster") && officer.status.code() == Some(2),
        "{}",
        complained(&officer)
    );
}
