//! The proofs of two institutions for a waiting lot: the zone's own, and the second's, which is asked for over the network.
//!
//! Must not know of: what is drawn.

use std::sync::atomic::Ordering;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use beacon::institution::{Answer, Question};
use beacon::vrf::{PublicKey, SecretKey};
use engine::case::Digest;
use engine::lot::{Evidence, VrfProof};
use log::proof;
use reqwest::StatusCode;
use serde::Deserialize;

use super::asking::{Answered, Asker};
use super::{Came, LotLeaf, Said};
use crate::logbook::{Published, Shelf, with_shelf};
use crate::lots::LotsFrom;
use crate::{App, AppError};

/// What the second institution says when it saw the log at another size.
#[derive(Deserialize)]
struct SeenAt {
    seen: u64,
}

/// The two proofs, in ascending order of their keys. Nobody has verified them yet.
pub(super) async fn evidence(app: &App, keys: &[Digest; 2], leaf: &LotLeaf, shelf: &Shelf) -> Result<Said, AppError> {
    let (LotsFrom::Institutions { own, other, url }, Some(asker)) = (&app.lots_from, &app.asker) else {
        let why = "it waits for two institutions, and the settings name none; put them back there";
        return Ok(Err(Came::Stuck(why.to_owned())));
    };
    let mut configured = [Digest(*own.public().as_bytes()), Digest(*other.as_bytes())];
    configured.sort();
    if configured != *keys {
        let why = "it waits for institutions with other keys than the settings name; put those back there";
        return Ok(Err(Came::Stuck(why.to_owned())));
    }
    // Nobody answers for what stands in no checkpoint.
    let Some(published) = app.checkpoint().filter(|published| leaf.index < published.checkpoint.size()) else {
        return Ok(Err(Came::NotYet));
    };
    let second = match ask(app, (asker, url), &published, leaf, shelf).await? {
        Ok(answer) => VrfProof { key: Digest(*other.as_bytes()), proof: answer.proof },
        Err(came) => return Ok(Err(came)),
    };
    let mut proofs = [own_proof(own, leaf)?, second];
    proofs.sort_by_key(|proof| proof.key);
    Ok(Ok(Evidence::Vrf { proofs }))
}

fn own_proof(own: &SecretKey, leaf: &LotLeaf) -> Result<VrfProof, AppError> {
    let proof = own.prove(&leaf.hash().0).map_err(|error| AppError::Internal(error.to_string()))?;
    let key: &PublicKey = own.public();
    Ok(VrfProof { key: Digest(*key.as_bytes()), proof: proof.to_bytes().to_vec() })
}

/// Asks the second institution; once more when it saw the log at another size than was thought.
async fn ask(
    app: &App,
    (asker, url): (&Asker, &str),
    published: &Published,
    leaf: &LotLeaf,
    shelf: &Shelf,
) -> Result<Result<Answer, Came>, AppError> {
    let stuck = |why: String| Ok(Err(Came::Stuck(format!("{url}: {why}"))));
    for _ in 0..2 {
        let old = asker.seen.load(Ordering::Relaxed);
        let size = published.checkpoint.size();
        if old > size {
            // It is ahead of what is published here, as when another process signs the log.
            return Ok(Err(Came::NotYet));
        }
        let question = serde_json::to_vec(&question(app, published, (leaf, old), shelf).await?)?;
        let Answered { status, body } = match asker.post(&format!("{url}/lot"), question).await {
            Ok(answered) => answered,
            Err(why) => return stuck(why),
        };
        if status == StatusCode::OK {
            asker.seen.store(size, Ordering::Relaxed);
            return match serde_json::from_slice(&body) {
                Ok(answer) => Ok(Ok(answer)),
                Err(why) => stuck(format!("this is no answer: {why}")),
            };
        }
        match serde_json::from_slice::<SeenAt>(&body) {
            Ok(SeenAt { seen }) if status == StatusCode::CONFLICT => asker.seen.store(seen, Ordering::Relaxed),
            _ => {
                let said: String =
                    String::from_utf8_lossy(&body).chars().filter(|c| !c.is_control()).take(300).collect();
                return stuck(format!("status {status}: {said}"));
            }
        }
    }
    Ok(Err(Came::NotYet))
}

async fn question(
    app: &App,
    published: &Published,
    (leaf, old): (&LotLeaf, u64),
    shelf: &Shelf,
) -> Result<Question, AppError> {
    let size = published.checkpoint.size();
    let proofs = with_shelf(&app.objects, shelf, |files| {
        Ok::<_, log::proof::ProofError>((
            proof::inclusion(files, leaf.index, size)?,
            proof::consistency(files, old, size)?,
        ))
    });
    let (inclusion, consistency) = proofs.await?.map_err(|error| AppError::Internal(error.to_string()))?;
    let texts = |hashes: Vec<log::Hash>| hashes.iter().map(log::Hash::to_string).collect();
    Ok(Question {
        checkpoint: String::from_utf8_lossy(&published.note).into_owned(),
        index: leaf.index,
        leaf: BASE64.encode(&leaf.bytes),
        inclusion: texts(inclusion),
        old,
        consistency: texts(consistency),
    })
}
