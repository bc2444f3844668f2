//! Rounds of a drand chain (<https://docs.drand.love/docs/cryptography>): what a chain is, which round comes when, whether a round is its own.
//!
//! It must not know how rounds are fetched, nor what they are used for.

use std::fmt;

use blst::{BLST_ERROR, min_pk, min_sig};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

/// What is signed is hashed to the curve as RFC 9380 says; drand's suites are those of RFC 9380, section 8.8, with the "NUL" scheme of BLS signatures.
const TO_G1: &[u8] = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
const TO_G2: &[u8] = b"BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_";
/// The largest JSON that is read: an answer has under 1 kB.
pub const JSON_BYTES_MAX: usize = 16 * 1024;
/// The longest period that is believed, in seconds: a day.
const PERIOD_S_MAX: u64 = 86_400;
/// The id that a chain's hash leaves out (drand, `common.IsDefaultBeaconID`).
const DEFAULT_ID: &str = "default";

/// How a chain signs its rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `bls-unchained-g1-rfc9380`: signatures on G1, each round alone.
    UnchainedOnG1,
    /// `pedersen-bls-unchained`: signatures on G2, each round alone.
    Unchained,
    /// `pedersen-bls-chained`: signatures on G2, each over the one before.
    Chained,
}

/// A chain, verified against its own hash: whoever trusts the hash trusts the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    hash: [u8; 32],
    public_key: Vec<u8>,
    period_s: u64,
    genesis_s: i64,
    scheme: Scheme,
}

/// A round as it was answered, not verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Its number, from 1.
    pub round: u64,
    /// The signature: 48 bytes on G1, 96 on G2.
    pub signature: Vec<u8>,
    /// The signature of the round before; empty on an unchained chain.
    pub previous: Vec<u8>,
}

/// Why a chain or a round is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DrandError {
    /// Not the JSON that drand answers.
    #[error("this is not drand's answer: {0}")]
    Malformed(String),
    /// A scheme that is not known here.
    #[error(
        "the scheme {0:?} is not known; use a chain of bls-unchained-g1-rfc9380, pedersen-bls-unchained or pedersen-bls-chained"
    )]
    Scheme(String),
    /// The chain's hash is not that of what it says.
    #[error("the chain says that its hash is {said}, and what it says has {computed}")]
    Hash {
        /// What it says.
        said: String,
        /// What it has.
        computed: String,
    },
    /// The public key is no point of its group.
    #[error("the chain's public key is none")]
    Key,
    /// The answer is to another question.
    #[error("round {asked} was asked for, and round {answered} came")]
    OtherRound {
        /// What was asked for.
        asked: u64,
        /// What came.
        answered: u64,
    },
    /// The signature is not the chain's over this round.
    #[error("the signature of round {0} is not the chain's")]
    Signature(u64),
    /// The randomness that was answered is not that of the signature.
    #[error("the randomness of round {0} is not that of its signature")]
    Randomness(u64),
}

/// What a chain says of itself, in the words of drand's first and second API.
#[derive(Deserialize)]
struct InfoJson {
    public_key: String,
    period: u64,
    genesis_time: i64,
    #[serde(alias = "chain_hash")]
    hash: String,
    #[serde(alias = "genesis_seed", rename = "groupHash")]
    group_hash: String,
    #[serde(alias = "scheme", rename = "schemeID")]
    scheme: String,
    #[serde(default)]
    beacon_id: Option<String>,
    #[serde(default)]
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(rename = "beaconID")]
    id: Option<String>,
}

#[derive(Deserialize)]
struct RoundJson {
    round: u64,
    signature: String,
    #[serde(default)]
    previous_signature: Option<String>,
    #[serde(default)]
    randomness: Option<String>,
}

impl Scheme {
    fn of(name: &str) -> Option<Self> {
        match name {
            "bls-unchained-g1-rfc9380" => Some(Self::UnchainedOnG1),
            "pedersen-bls-unchained" => Some(Self::Unchained),
            "pedersen-bls-chained" => Some(Self::Chained),
            _ => None,
        }
    }
}

impl Chain {
    /// The chain `quicknet` of the League of Entropy: a round each 3 seconds since 23 August 2023, signatures of 48 bytes.
    ///
    /// # Errors
    /// Never, as a test shows.
    pub fn quicknet() -> Result<Self, DrandError> {
        Self::read(include_bytes!("quicknet.json"))
    }

    /// Reads what `/info` answers, and holds it against the chain's own hash.
    ///
    /// # Errors
    /// [`DrandError`] when it is not that, or is inconsistent.
    pub fn read(json: &[u8]) -> Result<Self, DrandError> {
        let info: InfoJson = parse(json)?;
        let scheme = Scheme::of(&info.scheme).ok_or_else(|| DrandError::Scheme(shortened(&info.scheme)))?;
        if info.period == 0 || info.period > PERIOD_S_MAX || info.genesis_time < 0 {
            return Err(DrandError::Malformed("its period or its beginning is none".to_owned()));
        }
        let public_key = bytes(&info.public_key)?;
        let seed = bytes(&info.group_hash)?;
        let id = info.beacon_id.or_else(|| info.metadata.and_then(|metadata| metadata.id)).unwrap_or_default();
        let period = u32::try_from(info.period).unwrap_or(u32::MAX);
        let mut hash = Sha256::new()
            .chain_update(period.to_be_bytes())
            .chain_update(info.genesis_time.to_be_bytes())
            .chain_update(&public_key)
            .chain_update(&seed);
        if !id.is_empty() && id != DEFAULT_ID {
            hash.update(id.as_bytes());
        }
        let hash: [u8; 32] = hash.finalize().into();
        if bytes(&info.hash)? != hash {
            return Err(DrandError::Hash { said: shortened(&info.hash), computed: hex::encode(hash) });
        }
        is_key(scheme, &public_key)?;
        Ok(Self { hash, public_key, period_s: info.period, genesis_s: info.genesis_time, scheme })
    }

    /// The chain's hash.
    pub fn hash(&self) -> [u8; 32] {
        self.hash
    }

    /// How it signs.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The time between rounds, in seconds.
    pub fn period_s(&self) -> u64 {
        self.period_s
    }

    /// The first round that is due at or after an instant (milliseconds since 1970 UTC); none at the end of all numbers.
    pub fn round_from(&self, at_ms: i64) -> Option<u64> {
        let since = i128::from(at_ms) - i128::from(self.genesis_s) * 1000;
        let period = i128::from(self.period_s) * 1000;
        if since <= 0 {
            return Some(1);
        }
        let whole = since.checked_add(period - 1)?.checked_div(period)?;
        u64::try_from(whole).ok()?.checked_add(1)
    }

    /// When a round is due, in milliseconds since 1970 UTC; none for round 0 and beyond all times.
    pub fn time_ms(&self, round: u64) -> Option<i64> {
        let periods = i64::try_from(round.checked_sub(1)?).ok()?;
        let seconds = periods.checked_mul(i64::try_from(self.period_s).ok()?)?;
        self.genesis_s.checked_add(seconds)?.checked_mul(1000)
    }

    /// The randomness of a round (SHA-256 of its signature), if the round is the chain's.
    ///
    /// # Errors
    /// [`DrandError::Signature`].
    pub fn verify(&self, round: &Round) -> Result<[u8; 32], DrandError> {
        let wrong = || DrandError::Signature(round.round);
        let mut message = Sha256::new();
        match self.scheme {
            Scheme::Chained => message.update(&round.previous),
            // A signature that nothing is made of would be recorded as if it meant something.
            Scheme::Unchained | Scheme::UnchainedOnG1 if !round.previous.is_empty() => return Err(wrong()),
            Scheme::Unchained | Scheme::UnchainedOnG1 => {}
        }
        let message: [u8; 32] = message.chain_update(round.round.to_be_bytes()).finalize().into();
        let verdict = match self.scheme {
            Scheme::UnchainedOnG1 => {
                let key = min_sig::PublicKey::uncompress(&self.public_key).map_err(|_| DrandError::Key)?;
                let signature = min_sig::Signature::uncompress(&round.signature).map_err(|_| wrong())?;
                signature.verify(true, &message, TO_G1, &[], &key, true)
            }
            Scheme::Unchained | Scheme::Chained => {
                let key = min_pk::PublicKey::uncompress(&self.public_key).map_err(|_| DrandError::Key)?;
                let signature = min_pk::Signature::uncompress(&round.signature).map_err(|_| wrong())?;
                signature.verify(true, &message, TO_G2, &[], &key, true)
            }
        };
        if verdict == BLST_ERROR::BLST_SUCCESS { Ok(Sha256::digest(&round.signature).into()) } else { Err(wrong()) }
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.hash))
    }
}

impl Round {
    /// Reads what `/public/ROUND` answers to the question for a round. It is not verified yet: that is [`Chain::verify`].
    ///
    /// # Errors
    /// [`DrandError`] when it is not that, answers another question, or is inconsistent.
    pub fn read(json: &[u8], asked: u64) -> Result<Self, DrandError> {
        let answer: RoundJson = parse(json)?;
        if answer.round != asked {
            return Err(DrandError::OtherRound { asked, answered: answer.round });
        }
        let signature = bytes(&answer.signature)?;
        let randomness = answer.randomness.as_deref().map(bytes).transpose()?;
        if randomness.is_some_and(|said| said != Sha256::digest(&signature)[..]) {
            return Err(DrandError::Randomness(asked));
        }
        let previous = answer.previous_signature.as_deref().map(bytes).transpose()?.unwrap_or_default();
        Ok(Self { round: asked, signature, previous })
    }
}

fn is_key(scheme: Scheme, key: &[u8]) -> Result<(), DrandError> {
    let valid = match scheme {
        Scheme::UnchainedOnG1 => min_sig::PublicKey::uncompress(key).and_then(|key| key.validate()),
        Scheme::Unchained | Scheme::Chained => min_pk::PublicKey::uncompress(key).and_then(|key| key.validate()),
    };
    valid.map_err(|_| DrandError::Key)
}

fn parse<'a, T: Deserialize<'a>>(json: &'a [u8]) -> Result<T, DrandError> {
    if json.len() > JSON_BYTES_MAX {
        return Err(DrandError::Malformed(format!("it has more than {JSON_BYTES_MAX} bytes")));
    }
    serde_json::from_slice(json).map_err(|error| DrandError::Malformed(error.to_string()))
}

/// Hexadecimal digits as drand writes them.
fn bytes(text: &str) -> Result<Vec<u8>, DrandError> {
    hex::decode(text).map_err(|error| DrandError::Malformed(error.to_string()))
}

/// Text from outside as an error may repeat it.
fn shortened(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(80).collect()
}
