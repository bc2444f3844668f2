// COSE_Sign1 (RFC 9052 section 4.2) as the zone signs it: EdDSA, the key named in the protected header, the payload attached, CBOR tag 18,
// nothing unprotected but the inclusion proof. Knows nothing of what the payload says.

import { decode, head } from "./cbor.js";
import { concat, crc32, utf8 } from "./bytes.js";
import { Damage } from "./damage.js";

const TAG = 0xd2;
const [ALG, KID, TYP, EDDSA, INCLUSION] = [1, 4, 16, -8, -65537];

/** Reads a message of at most `limit` bytes with exactly this `typ` (null for none); its signature is not checked. */
export function read(bytes, limit, typ) {
  if (bytes.length > limit) throw new Damage("message", "too-long");
  if (bytes.length === 0) throw new Damage("message", "truncated");
  if (bytes[0] !== TAG) throw new Damage("message", "not-sign1");
  const parts = decode(bytes.subarray(1), "message");
  const isBytes = (part) => part instanceof Uint8Array;
  const fits = Array.isArray(parts) && parts.length === 4 && [0, 2, 3].every((at) => isBytes(parts[at])) && parts[1] instanceof Map;
  if (!fits) throw new Damage("message", "not-sign1");
  const [protectedBytes, unprotected, payload, signature] = parts;
  const kid = keyId(decode(protectedBytes, "protected"), typ);
  const claims = decode(payload, "payload");
  return { kid, claims, inclusion: inclusion(unprotected), protectedBytes, payload, signature };
}

/** Exactly `alg`, `kid` and, if one is expected, `typ`. */
function keyId(header, typ) {
  if (!(header instanceof Map)) throw new Damage("protected", "not-sign1");
  if (header.get(ALG) !== EDDSA) throw new Damage("header", header.has(ALG) ? "wrong-algorithm" : "missing");
  const kid = header.get(KID);
  if (!(kid instanceof Uint8Array) || kid.length === 0) throw new Damage("header", "missing");
  if ((header.get(TYP) ?? null) !== typ) throw new Damage("header", "wrong-type");
  if (header.size !== (typ === null ? 2 : 3)) throw new Damage("protected", "unexpected");
  return kid;
}

/** Nothing, or the proof beside its checksum: what no signature covers must be checkable otherwise. */
function inclusion(header) {
  if (header.size === 0) return null;
  const checked = header.get(INCLUSION);
  if (header.size !== 1 || !Array.isArray(checked)) throw new Damage("header", "unexpected");
  const [proof, sum] = checked;
  if (checked.length !== 2 || !(proof instanceof Uint8Array)) throw new Damage("header", "wrong-kind");
  if (sum !== crc32(proof)) throw new Damage("header", "checksum-differs");
  return proof;
}

/** Whether the key made the signature (RFC 9052 section 4.4, RFC 8032). */
export async function isSignedBy(message, publicKey) {
  if (message.signature.length !== 64) return false;
  const bstr = (bytes) => concat(head(2, bytes.length), bytes);
  const context = concat(head(3, 10), utf8.encode("Signature1"));
  const signed = concat(Uint8Array.of(0x84), context, bstr(message.protectedBytes), bstr(Uint8Array.of()), bstr(message.payload));
  return verifyEd25519(publicKey, message.signature, signed);
}

export async function verifyEd25519(publicKey, signature, signed) {
  const key = await crypto.subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, key, signature, signed);
}

/** Whether this browser can check signatures at all. RFC 8032 section 7.1, test 2, must hold, and not for another message. */
export async function canVerify() {
  const bytes = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
  const key = bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const signature = bytes(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  );
  try {
    return (await verifyEd25519(key, signature, Uint8Array.of(0x72))) && !(await verifyEd25519(key, signature, Uint8Array.of(0x73)));
  } catch {
    return false;
  }
}
