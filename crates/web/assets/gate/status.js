// What a status list (draft-ietf-oauth-status-list) says of a certificate. Knows nothing of why.

import { unpack } from "./zlib.js";

/** The largest list, unpacked, in bytes. */
const LIST_BYTES_MAX = 1024 * 1024;
const MEANS = ["valid", "revoked", "suspended", "other"];

/** The bytes of a list, which a gate unpacks once and keeps. */
export const unpacked = (packed) => unpack(packed, LIST_BYTES_MAX, "lists");

/** "valid", "revoked", "suspended", "other", or null past the list's end. */
export function statusIn({ bits, bytes }, index) {
  const each = 8 / bits;
  const byte = bytes[Math.floor(index / each)];
  return byte === undefined ? null : MEANS[(byte >> ((index % each) * bits)) & ((1 << bits) - 1)];
}
