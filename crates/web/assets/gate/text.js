// The text in a QR code: a prefix and base45 (RFC 9285) of the zlib-packed message.
// Knows nothing of what the message says.

import { Damage } from "./damage.js";
import { unpack } from "./zlib.js";

export const PREFIX = "PJ1:";
/** The largest message of a certificate, in bytes. */
export const MESSAGE_BYTES_MAX = 16 * 1024;
/** The longest text that is looked at: three characters for each two bytes of the largest message in stored blocks. */
export const TEXT_CHARS_MAX = PREFIX.length + ((MESSAGE_BYTES_MAX + 64) * 3) / 2;

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/** What editors, pages and keyboards put around a text: blanks, a byte order mark, marks of direction. */
const AROUND = /[\s\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u206F]/;

function bare(text) {
  let [from, to] = [0, text.length];
  while (from < to && AROUND.test(text[from])) from += 1;
  while (to > from && AROUND.test(text[to - 1])) to -= 1;
  return text.slice(from, to);
}

/** The COSE message in a text. */
export function message(given) {
  const text = bare(given);
  if (text.length > TEXT_CHARS_MAX) throw new Damage("text", "too-long");
  if (!text.startsWith(PREFIX)) throw new Damage("text", "wrong-prefix");
  return unpack(base45(text.slice(PREFIX.length)), MESSAGE_BYTES_MAX, "compressed");
}

/** Each group must be the one way to write its bytes: RFC 9285 section 6 forbids values that are too high. */
export function base45(text) {
  const out = [];
  for (let at = 0; at < text.length; at += 3) {
    const digits = Array.from(text.slice(at, at + 3), (char) => ALPHABET.indexOf(char));
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    const most = digits.length === 3 ? 0xffff : 0xff;
    if (digits.length === 1 || digits.includes(-1) || value > most) throw new Damage("text", "not-base45");
    if (digits.length === 3) out.push(value >> 8);
    out.push(value & 0xff);
  }
  return Uint8Array.from(out);
}
