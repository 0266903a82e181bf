"""Data Integrity, eddsa-rdfc-2022, from its specification alone: canonical N-Quads by PyLD, Ed25519 by cryptography."""

import copy
import gzip
import hashlib
import json
import os
from base64 import urlsafe_b64decode
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pyld import jsonld

from report import accepts, check, finish, refuses, text

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"

credential = json.loads(text("attestation.vc.json"))
presentation = json.loads(text("presentation.vc.json"))
did_document = json.loads(text("did.json"))
contexts = {
    CREDENTIALS_V2: json.loads(Path(os.environ["VOUCHSAFE_CREDENTIALS_V2"]).read_text(encoding="utf-8")),
    credential["@context"][1]: json.loads(text("context.json")),
}


class Refused(Exception):
    """What this verifier says of a document that it does not accept."""


def load(url, _options):
    if url not in contexts:
        raise Refused(f"unknown document {url}")
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": contexts[url]}


def refuse_dropped(term):
    raise Refused(f"no context explains {term}")


def canonical_hash(document):
    """SHA-256 of the canonical N-Quads. A term that no context explains would be left out of them, unsigned: refused."""
    options = {"documentLoader": load}
    jsonld.expand(document, options, on_property_dropped=refuse_dropped)
    quads = jsonld.normalize(document, {**options, "algorithm": "URDNA2015", "format": "application/n-quads"})
    return hashlib.sha256(quads.encode()).digest()


def base58_decode(encoded):
    number = 0
    for character in encoded:
        number = number * 58 + BASE58.index(character)
    zeros = len(encoded) - len(encoded.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def ed25519_of(multikey):
    raw = base58_decode(multikey[1:])
    if multikey[0] != "z" or raw[:2] != b"\xed\x01" or len(raw) != 34:
        raise Refused("not an Ed25519 Multikey")
    return Ed25519PublicKey.from_public_bytes(raw[2:])


def issuer_key(method, purpose):
    """The key of did.json, if it may be used for this purpose."""
    found = [entry for entry in did_document["verificationMethod"] if entry["id"] == method]
    if len(found) != 1 or method not in did_document.get(purpose, []) or found[0]["type"] != "Multikey" or found[0]["controller"] != did_document["id"]:
        raise Refused(f"did.json has no {method} for {purpose}")
    return ed25519_of(found[0]["publicKeyMultibase"])


def did_key_key(method, _purpose):
    did, fragment = method.split("#")
    if did != f"did:key:{fragment}":
        raise Refused("not the method of a did:key")
    return ed25519_of(fragment)


def verify(secured, purpose, key_of):
    """Verify Proof and the hashing of eddsa-rdfc-2022: hash of the proof's options, then hash of the document."""
    document = copy.deepcopy(secured)
    proof = document.pop("proof")
    value = proof.pop("proofValue")
    if (proof["type"], proof["cryptosuite"], proof["proofPurpose"]) != ("DataIntegrityProof", "eddsa-rdfc-2022", purpose) or value[0] != "z":
        raise Refused("another kind of proof")
    key = key_of(proof["verificationMethod"], purpose)
    key.verify(base58_decode(value[1:]), canonical_hash({"@context": document["@context"], **proof}) + canonical_hash(document))
    return document


def asserted(secured):
    document = verify(secured, "assertionMethod", issuer_key)
    if document["issuer"] != did_document["id"]:
        raise Refused("issuer and controller differ")
    return document


def authenticated(secured):
    document = verify(secured, "authentication", did_key_key)
    if document["holder"] != secured["proof"]["verificationMethod"].split("#")[0]:
        raise Refused("holder and controller differ")
    return document


def changed(document, path, value):
    copied = copy.deepcopy(document)
    place = copied
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return copied


def flipped(proof_value):
    return proof_value[:20] + ("2" if proof_value[20] != "2" else "3") + proof_value[21:]


def refuses_changed(name, document, check_document, changes):
    for path, value in changes:
        what = "/".join(map(str, path))
        refuses(f"{name}: refused with a changed {what}", (Refused, InvalidSignature), lambda: check_document(changed(document, path, value)))


def bit_of(list_credential, index):
    raw = gzip.decompress(urlsafe_b64decode(list_credential["credentialSubject"]["encodedList"][1:] + "=="))
    return raw[index // 8] >> (7 - index % 8) & 1


accepts("attestation.vc.json: eddsa-rdfc-2022 by did.json", lambda: asserted(credential))
refuses_changed("attestation.vc.json", credential, asserted, [
    (["validUntil"], "2099-01-01T00:00:00Z"),
    (["credentialSubject", "id"], "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"),
    (["credentialSubject", "identified"], False),
    (["credentialStatus", 0, "statusListIndex"], "1"),
    (["policy"], "https://elsewhere.example/policies/identified/v1"),
    (["type"], ["VerifiableCredential"]),
    (["type"], [*credential["type"], "PassportCredential"]),
    (["description"], "a known term that was not signed"),
    (["givenName"], "a term that no context explains"),
    (["proof", "created"], "2026-01-01T00:00:00Z"),
    (["proof", "verificationMethod"], credential["proof"]["verificationMethod"].replace("credential-di", "status-di")),
    (["proof", "proofPurpose"], "authentication"),
    (["proof", "proofValue"], flipped(credential["proof"]["proofValue"])),
])

accepts("presentation.vc.json: eddsa-rdfc-2022 by its holder's did:key", lambda: authenticated(presentation))
inner = presentation["verifiableCredential"][0]
accepts("presentation.vc.json: the credential in it, by did.json", lambda: asserted(inner))
check("presentation.vc.json: presented by the credential's subject", presentation["holder"] == inner["credentialSubject"]["id"])
refuses_changed("presentation.vc.json", presentation, authenticated, [
    (["proof", "challenge"], "another-challenge"),
    (["proof", "domain"], "https://elsewhere.example"),
    (["holder"], "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"),
    (["verifiableCredential", 0, "validUntil"], "2099-01-01T00:00:00Z"),
])

entry = credential["credentialStatus"][0]
index = int(entry["statusListIndex"])
for name, expected in (("bitstring.vc.json", 0), ("bitstring-after.vc.json", 1)):
    listed = json.loads(text(name))
    accepts(f"{name}: eddsa-rdfc-2022 by did.json", lambda: asserted(listed))
    check(f"{name}: is the list that the credential names", listed["id"] == entry["statusListCredential"])
    check(f"{name}: place {index} says {expected}", bit_of(listed, index) == expected)
    other = json.loads(text("bitstring-after.vc.json" if expected == 0 else "bitstring.vc.json"))["credentialSubject"]["encodedList"]
    refuses_changed(name, listed, asserted, [(["credentialSubject", "encodedList"], other)])

finish()
