"""Checks certificates and status lists with other people's programs: PyPI's cwt, Python's zlib.

It shares no code with the crate it checks; base45 is written out from RFC 9285.

    verify.py certificate TEXT|FILE PUBLIC_KEY_HEX [STATUS_LIST_FILE]
        verifies a `PJ1:` text and, if given, a signed status list; prints the claims as JSON
    verify.py sign PRIVATE_KEY_HEX KID_HEX
        reads a CWT claims set as hexadecimal CBOR from standard input, signs it with cwt, and
        prints a `PJ1:` text, compressed
"""

import hashlib
import json
import os
import sys
import zlib

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cwt import COSE, CWT, COSEKey

PREFIX = "PJ1:"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
ISS, SUB, STATUS, STATUS_LIST, PRIVATE = 1, 2, 65535, 65533, -65537


def base45_decode(text: str) -> bytes:
    out = bytearray()
    for at in range(0, len(text), 3):
        group = [ALPHABET.index(char) for char in text[at : at + 3]]
        value = sum(digit * 45**place for place, digit in enumerate(group))
        out += value.to_bytes(len(group) - 1, "big")
    return bytes(out)


def base45_encode(data: bytes) -> str:
    out = []
    for at in range(0, len(data), 2):
        group = data[at : at + 2]
        value = int.from_bytes(group, "big")
        for _ in range(len(group) + 1):
            value, digit = divmod(value, 45)
            out.append(ALPHABET[digit])
    return "".join(out)


def public_key(key_hex: str) -> COSEKey:
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key_hex)).public_bytes_raw()
    kid = hashlib.sha256(key).digest()[:8]
    # OKP, Ed25519, EdDSA, verify.
    return COSEKey.new({1: 1, 2: kid, -1: 6, 3: -8, 4: [2], -2: key})


def headers(message: bytes) -> tuple[dict, dict]:
    tag = cbor2.loads(message)
    assert tag.tag == 18, "not a tagged COSE_Sign1"
    protected, unprotected, _, _ = tag.value
    return cbor2.loads(protected), unprotected


def status_of(message: bytes, key: COSEKey, reference: dict) -> int:
    protected, _ = headers(message)
    assert protected[16] == "application/statuslist+cwt", "not a status list"
    claims = CWT.new().decode(message, key)
    assert claims[SUB] == reference["uri"], "another list"
    bits, packed = claims[STATUS_LIST]["bits"], zlib.decompress(claims[STATUS_LIST]["lst"])
    per_byte = 8 // bits
    byte = packed[reference["idx"] // per_byte]
    return byte >> (reference["idx"] % per_byte * bits) & ((1 << bits) - 1)


def certificate(source: str, key_hex: str, list_file: str | None = None) -> dict:
    text = open(source, encoding="utf-8").read() if os.path.exists(source) else source
    assert text.startswith(PREFIX), "not a certificate's text"
    message = zlib.decompress(base45_decode(text.removeprefix(PREFIX)))
    key = public_key(key_hex)
    protected, unprotected = headers(message)
    assert protected[1] == -8, "not EdDSA"
    # cwt also judges exp and nbf by the clock of this machine.
    claims = CWT.new().decode(message, key)
    private = claims[PRIVATE]
    found = {
        "kid": protected[4].hex(),
        "zone": claims[1],
        "holder": claims.get(2),
        "expires_s": claims.get(4),
        "not_before_s": claims[5],
        "issued_s": claims[6],
        "id": claims[7].hex(),
        "kind": private[1],
        "service": private[2],
        "case": private[3],
        "definition": private[4].hex(),
        "facts": private[5],
        "inclusion": unprotected[-65537][0].hex() if -65537 in unprotected else None,
    }
    if list_file:
        with open(list_file, "rb") as signed:
            found["status"] = status_of(signed.read(), key, claims[STATUS]["status_list"])
    return found


def sign(key_hex: str, kid_hex: str) -> str:
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key_hex))
    public = private.public_key().public_bytes_raw()
    key = COSEKey.new({1: 1, -1: 6, 3: -8, 4: [1, 2], -2: public, -4: private.private_bytes_raw()})
    payload = bytes.fromhex(sys.stdin.read())
    protected = {1: -8, 4: bytes.fromhex(kid_hex)}
    message = COSE.new().encode_and_sign(payload, key, protected=protected)
    return PREFIX + base45_encode(zlib.compress(message, 9))


if __name__ == "__main__":
    verb, *arguments = sys.argv[1:]
    if verb == "certificate":
        print(json.dumps(certificate(*arguments), ensure_ascii=False, sort_keys=True))
    elif verb == "sign":
        print(sign(*arguments), end="")
    else:
        sys.exit(__doc__)
