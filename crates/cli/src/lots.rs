//! Where a zone's draws get their randomness, as the settings say.
//!
//! Must not know of: how a draw is done.

use std::path::{Path, PathBuf};

use app::LotsFrom;
use app::beacon::vrf::{PublicKey, SecretKey};
use app::beacon::{Chain, drand};

use crate::failure::Failure;
use crate::keys;
use crate::settings::{HELP, Written};
use crate::shared::read_at_most;

/// Where randomness comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lots {
    Local,
    Drand { chain: Option<PathBuf>, relays: Vec<String> },
    Institutions { url: String, key: String },
}

impl Lots {
    /// What the settings say.
    pub fn of(written: &Written) -> Result<Self, Failure> {
        let (source, place) = written.get("lots")?;
        let wrong = |key: &str, expected: &str| Failure::new(format!("the setting {key} must be {expected}"), HELP);
        match source {
            "local" => Ok(Self::Local),
            "drand" => {
                let chain = written.get("lots_chain")?.0;
                let relays: Vec<String> = written.get("lots_relays")?.0.split_whitespace().map(str::to_owned).collect();
                if relays.is_empty() || !relays.iter().all(|relay| is_address(relay)) {
                    return Err(wrong("lots_relays", "addresses with spaces between, such as https://api.drand.sh"));
                }
                Ok(Self::Drand { chain: (!chain.is_empty()).then(|| chain.into()), relays })
            }
            "vrf" => {
                let (url, key) = (written.get("lots_institution")?.0, written.get("lots_institution_key")?.0);
                if !is_address(url) {
                    return Err(wrong(
                        "lots_institution",
                        "the address of the second institution, such as https://court.example",
                    ));
                }
                Ok(Self::Institutions { url: url.trim_end_matches('/').to_owned(), key: key.to_owned() })
            }
            _ => Err(Failure::new(format!("{place}: the setting lots must be local, drand or vrf"), HELP)),
        }
    }

    /// What is behind the settings: the chain, and the keys.
    pub fn open(&self, keys: &Path) -> Result<LotsFrom, Failure> {
        match self {
            Self::Local => Ok(LotsFrom::Own),
            Self::Drand { chain, relays } => {
                let chain = chain_of(chain.as_deref())?;
                // A relay has many chains, each under its hash.
                let urls = relays.iter().map(|relay| format!("{}/{chain}", relay.trim_end_matches('/'))).collect();
                Ok(LotsFrom::Drand { chain, urls })
            }
            Self::Institutions { url, key } => {
                let own = Box::new(SecretKey::from_seed(&keys::lots(keys)?));
                let bad = || {
                    let hint =
                        "write the 64 hexadecimal digits that the second institution's `panjereh lot serve` prints";
                    Failure::new("the setting lots_institution_key is no key", hint)
                };
                let mut bytes = [0_u8; 32];
                hex::decode_to_slice(key, &mut bytes).map_err(|_| bad())?;
                let other = PublicKey::from_bytes(&bytes).map_err(|_| bad())?;
                Ok(LotsFrom::Institutions { own, other, url: url.clone() })
            }
        }
    }
}

fn chain_of(file: Option<&Path>) -> Result<Chain, Failure> {
    let Some(file) = file else {
        return Chain::quicknet().map_err(|error| Failure::new(error, "get the program anew: it is damaged"));
    };
    let bad = |why: &dyn std::fmt::Display| {
        let hint = "name a file with the chain's /info in lots_chain, or leave it out for quicknet";
        Failure::new(format!("{}: {why}", file.display()), hint)
    };
    let bytes = read_at_most(file, drand::JSON_BYTES_MAX).map_err(|error| bad(&error))?;
    Chain::read(&bytes).map_err(|error| bad(&error))
}

fn is_address(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    !host.is_empty() && !host.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::Lots;
    use crate::settings::Written;

    fn of(pairs: &[(&str, &str)]) -> Result<Lots, crate::failure::Failure> {
        let environment = pairs.iter().map(|(name, value)| (OsString::from(name), OsString::from(value)));
        Lots::of(&Written::read(None, environment).unwrap())
    }

    #[test]
    fn what_the_settings_say_of_draws() {
        assert_eq!(of(&[]).unwrap(), Lots::Local);
        let Lots::Drand { chain: None, relays } = of(&[("PANJEREH_LOTS", "drand")]).unwrap() else {
            panic!("no drand")
        };
        assert_eq!(relays.len(), 4);
        let vrf = of(&[("PANJEREH_LOTS", "vrf"), ("PANJEREH_LOTS_INSTITUTION", "https://court.example/")]).unwrap();
        assert_eq!(vrf, Lots::Institutions { url: "https://court.example".to_owned(), key: String::new() });
        for wrong in [
            &[("PANJEREH_LOTS", "dice")][..],
            &[("PANJEREH_LOTS", "vrf")],
            &[("PANJEREH_LOTS", "drand"), ("PANJEREH_LOTS_RELAYS", "api.drand.sh")],
            &[("PANJEREH_LOTS", "drand"), ("PANJEREH_LOTS_RELAYS", " ")],
        ] {
            assert!(of(wrong).is_err(), "{wrong:?}");
        }
    }
}
