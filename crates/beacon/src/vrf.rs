//! ECVRF-EDWARDS25519-SHA512-TAI (RFC 9381, section 5): whoever has the key computes a number that nobody else can foresee, and proves it.
//!
//! It must not know what is drawn, nor where keys are kept.
//!
//! Decoding is strict (RFC 9381, sections 5.4.4 and 5.4.5; RFC 8032, section 5.1.3): a number or point in another than its one encoding is refused,
//! and so is a key of small order, for which one proof would fit many numbers. Finding a point takes a time that depends on the input, which is
//! public here (section 7.1).

use std::fmt;

use curve25519_dalek::edwards::CompressedEdwardsY;
use curve25519_dalek::scalar::{Scalar, clamp_integer};
use curve25519_dalek::traits::{IsIdentity as _, VartimeMultiscalarMul as _};
use curve25519_dalek::{EdwardsPoint, constants};
use sha2::{Digest as _, Sha512};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroize as _;

/// Bytes in a public key and in the seed of a secret one.
pub const KEY_BYTES: usize = 32;
/// Bytes in a proof: a point, a challenge of 16 bytes, a number.
pub const PROOF_BYTES: usize = 80;
/// Bytes in what comes of it.
pub const OUTPUT_BYTES: usize = 64;

const CHALLENGE_BYTES: usize = 16;
/// ECVRF-EDWARDS25519-SHA512-TAI (RFC 9381, section 5.5).
const SUITE: u8 = 0x03;
const TO_CURVE: u8 = 0x01;
const CHALLENGE: u8 = 0x02;
const TO_HASH: u8 = 0x03;
const END: u8 = 0x00;

/// Why a key or a proof is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VrfError {
    /// Not the encoding of a public key, or of one of small order.
    #[error("this is not a VRF's public key")]
    Key,
    /// Not the encoding of a proof.
    #[error(
        "this is not a VRF's proof: {PROOF_BYTES} bytes, a point, a challenge and a number below the group's order"
    )]
    Proof,
    /// It is a proof, and not this key's for this.
    #[error("the VRF's proof is not this key's for this")]
    Refuted,
    /// No point was found for the input: it happens once in 2^256 inputs.
    #[error("the VRF has no point for this")]
    NoPoint,
}

/// A secret key. It is to be used for nothing else: not for signatures either (RFC 9381, section 7.5).
#[derive(Clone)]
pub struct SecretKey {
    x: Scalar,
    nonces: [u8; 32],
    public: PublicKey,
}

/// A public key, validated (RFC 9381, section 5.4.5).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey {
    bytes: [u8; KEY_BYTES],
    point: EdwardsPoint,
}

/// A proof, decoded and not verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    gamma: EdwardsPoint,
    challenge: [u8; CHALLENGE_BYTES],
    s: Scalar,
}

impl SecretKey {
    /// The key that grows from 32 secret random bytes (RFC 8032, section 5.1.5).
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        let hashed: [u8; 64] = Sha512::digest(seed).into();
        let (x, nonces) = halves(&hashed);
        let x = Scalar::from_bytes_mod_order(clamp_integer(x));
        let point = EdwardsPoint::mul_base(&x);
        Self { x, nonces, public: PublicKey { bytes: point.compress().to_bytes(), point } }
    }

    /// The public half.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Proves `alpha` (RFC 9381, section 5.1).
    ///
    /// # Errors
    /// [`VrfError::NoPoint`].
    pub fn prove(&self, alpha: &[u8]) -> Result<Proof, VrfError> {
        let h = to_curve(&self.public, alpha)?;
        let gamma = self.x * h;
        // Section 5.4.2.2: the nonce is the key's and the input's, so a bad random number cannot give the key away.
        let nonce = Sha512::new_with_prefix(self.nonces).chain_update(h.compress().as_bytes()).finalize();
        let k = Scalar::from_bytes_mod_order_wide(&nonce.into());
        let challenge = challenge(&self.public, &h, &gamma, &EdwardsPoint::mul_base(&k), &(k * h));
        Ok(Proof { gamma, challenge, s: k + number(challenge) * self.x })
    }
}

impl Drop for SecretKey {
    fn drop(&mut self) {
        self.x.zeroize();
        self.nonces.zeroize();
    }
}

impl fmt::Debug for SecretKey {
    /// The public half alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey({:?})", self.public)
    }
}

impl PublicKey {
    /// Reads a public key.
    ///
    /// # Errors
    /// [`VrfError::Key`].
    pub fn from_bytes(bytes: &[u8; KEY_BYTES]) -> Result<Self, VrfError> {
        let point = point(bytes).filter(|point| !point.is_small_order()).ok_or(VrfError::Key)?;
        Ok(Self { bytes: *bytes, point })
    }

    /// The key's bytes.
    pub fn as_bytes(&self) -> &[u8; KEY_BYTES] {
        &self.bytes
    }

    /// What comes of `alpha`, if the proof is this key's for it (RFC 9381, section 5.3).
    ///
    /// # Errors
    /// [`VrfError::Refuted`].
    pub fn verify(&self, alpha: &[u8], proof: &Proof) -> Result<[u8; OUTPUT_BYTES], VrfError> {
        let h = to_curve(self, alpha)?;
        let c = number(proof.challenge);
        // U = s*B - c*Y, V = s*H - c*Gamma.
        let u = EdwardsPoint::vartime_multiscalar_mul([proof.s, -c], [constants::ED25519_BASEPOINT_POINT, self.point]);
        let v = EdwardsPoint::vartime_multiscalar_mul([proof.s, -c], [h, proof.gamma]);
        let again = challenge(self, &h, &proof.gamma, &u, &v);
        if bool::from(again.ct_eq(&proof.challenge)) { Ok(proof.output()) } else { Err(VrfError::Refuted) }
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", hex::encode(self.bytes))
    }
}

impl Proof {
    /// Reads a proof (RFC 9381, section 5.4.4).
    ///
    /// # Errors
    /// [`VrfError::Proof`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, VrfError> {
        let (gamma, rest) = bytes.split_first_chunk::<32>().ok_or(VrfError::Proof)?;
        let (challenge, s) = rest.split_first_chunk::<CHALLENGE_BYTES>().ok_or(VrfError::Proof)?;
        let gamma = point(gamma).ok_or(VrfError::Proof)?;
        let s: [u8; 32] = s.try_into().map_err(|_| VrfError::Proof)?;
        let s = Option::<Scalar>::from(Scalar::from_canonical_bytes(s)).ok_or(VrfError::Proof)?;
        Ok(Self { gamma, challenge: *challenge, s })
    }

    /// The proof's bytes.
    pub fn to_bytes(&self) -> [u8; PROOF_BYTES] {
        let parts = [&self.gamma.compress().to_bytes()[..], &self.challenge[..], &self.s.to_bytes()[..]];
        let mut bytes = [0; PROOF_BYTES];
        for (to, from) in bytes.iter_mut().zip(parts.into_iter().flatten()) {
            *to = *from;
        }
        bytes
    }

    /// What comes of it (RFC 9381, section 5.2). It means something only once the proof was verified.
    fn output(&self) -> [u8; OUTPUT_BYTES] {
        let point = self.gamma.mul_by_cofactor().compress();
        let hash = Sha512::new_with_prefix([SUITE, TO_HASH]).chain_update(point.as_bytes()).chain_update([END]);
        hash.finalize().into()
    }
}

/// A point in its one encoding (RFC 8032, section 5.1.3).
fn point(bytes: &[u8; 32]) -> Option<EdwardsPoint> {
    let encoding = CompressedEdwardsY(*bytes);
    encoding.decompress().filter(|point| point.compress() == encoding)
}

/// The first point that trying and incrementing finds (RFC 9381, section 5.4.1.1), salted with the key.
fn to_curve(key: &PublicKey, alpha: &[u8]) -> Result<EdwardsPoint, VrfError> {
    for counter in 0..=u8::MAX {
        let hash = Sha512::new_with_prefix([SUITE, TO_CURVE])
            .chain_update(key.bytes)
            .chain_update(alpha)
            .chain_update([counter, END])
            .finalize();
        let (candidate, _) = halves(&hash.into());
        let found = point(&candidate).map(|point| point.mul_by_cofactor());
        if let Some(point) = found.filter(|point| !point.is_identity()) {
            return Ok(point);
        }
    }
    Err(VrfError::NoPoint)
}

/// RFC 9381, section 5.4.3.
fn challenge(
    key: &PublicKey,
    h: &EdwardsPoint,
    gamma: &EdwardsPoint,
    u: &EdwardsPoint,
    v: &EdwardsPoint,
) -> [u8; CHALLENGE_BYTES] {
    let mut hash = Sha512::new_with_prefix([SUITE, CHALLENGE]).chain_update(key.bytes);
    for point in [h, gamma, u, v] {
        hash.update(point.compress().as_bytes());
    }
    let hash: [u8; 64] = hash.chain_update([END]).finalize().into();
    hash.first_chunk().copied().unwrap_or_default()
}

fn number(challenge: [u8; CHALLENGE_BYTES]) -> Scalar {
    Scalar::from(u128::from_le_bytes(challenge))
}

fn halves(hash: &[u8; 64]) -> ([u8; 32], [u8; 32]) {
    (hash.first_chunk().copied().unwrap_or_default(), hash.last_chunk().copied().unwrap_or_default())
}
