"""Every token of a demo's output by jwcrypto, and the status lists by hand."""

import base64
import gzip
import json
import zlib

from jwcrypto.common import JWException
from jwcrypto.jwk import JWK, JWKSet
from jwcrypto.jws import JWS

from report import accepts, check, finish, refuses, text

AUTHORITY_ALGORITHMS = ["ES256"]
jwks = JWKSet.from_json(text("jwks.json"))


def decode(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def encode(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def header_of(token):
    return json.loads(decode(token.split(".")[0]))


def opened(token, key):
    """The payload of a compact JWS, if the key signed it."""
    jws = JWS()
    jws.allowed_algs = AUTHORITY_ALGORITHMS
    jws.deserialize(token, key)
    return json.loads(jws.payload)


def published(token):
    """The payload, if the key of its kid in jwks.json signed it."""
    key = jwks.get_key(header_of(token)["kid"])
    if key is None:
        raise JWException("jwks.json has no such key")
    return opened(token, key)


def with_payload(token, change):
    """The same token with other words in it, under the old signature."""
    head, payload, signature = token.split(".")
    claims = json.loads(decode(payload))
    change(claims)
    return ".".join([head, encode(json.dumps(claims).encode()), signature])


def with_flipped_signature(token):
    head, payload, signature = token.split(".")
    raw = bytearray(decode(signature))
    raw[7] ^= 1
    return ".".join([head, payload, encode(bytes(raw))])


def without_signature(token):
    head, payload, _ = token.split(".")
    return ".".join([encode(json.dumps({**json.loads(decode(head)), "alg": "none"}).encode()), payload, ""])


def published_token(name, typ, use, cty=None):
    """Checks a token of the authority and that nothing like it passes; gives back its payload."""
    token = text(name).strip()
    payload = accepts(f"{name}: signature by jwks.json", lambda: published(token))
    kid = header_of(token)["kid"]
    expected = {"alg": "ES256", "typ": typ, **({"cty": cty} if cty else {}), "kid": kid}
    check(f"{name}: header is exactly alg, typ {typ}{', cty ' + cty if cty else ''}, kid", header_of(token) == expected, header_of(token))
    check(f"{name}: signed by a key for {use}", kid.split("#")[1].startswith(f"{use}-"), kid)
    other = next(key for key in jwks if key["kid"] != kid and key["kty"] == "EC")
    refuses(f"{name}: refused with a changed payload", JWException, lambda: published(with_payload(token, lambda claims: claims.update(exp=9999999999))))
    refuses(f"{name}: refused with one bit of the signature changed", JWException, lambda: published(with_flipped_signature(token)))
    refuses(f"{name}: refused as alg none", JWException, lambda: published(without_signature(token)))
    refuses(f"{name}: refused by another key of the authority", JWException, lambda: opened(token, other))
    return payload or json.loads(decode(token.split(".")[1]))


def token_status(claims, index):
    """Section 4 of the Token Status List draft: the first place is in the least significant bits; ZLIB."""
    bits = claims["status_list"]["bits"]
    raw = zlib.decompress(decode(claims["status_list"]["lst"]))
    per_byte = 8 // bits
    return raw[index // per_byte] >> (index % per_byte * bits) & ((1 << bits) - 1)


def bit_status(credential, index):
    """Bitstring Status List: the first place is the most significant bit; GZIP, multibase u."""
    encoded = credential["credentialSubject"]["encodedList"]
    raw = gzip.decompress(decode(encoded[1:]))
    return raw[index // 8] >> (7 - index % 8) & 1 if encoded[0] == "u" else None


attestation = published_token("attestation.jwt", "vc+jwt", "credential", "vc")
bundle = published_token("trust-bundle.jwt", "vouchsafe-bundle+jwt", "bundle")
lists = {name: published_token(name, "statuslist+jwt", "status") for name in ("status-list.jwt", "status-list-after.jwt")}
bits = {name: published_token(name, "vc+jwt", "status", "vc") for name in ("bitstring.jwt", "bitstring-after.jwt")}

# The presentation: the key is the one that the credential confirms, and the same as in did:jwk.
presentation_text = text("presentation.jwt").strip()
holder = JWK(**attestation["cnf"]["jwk"])
presentation = accepts("presentation.jwt: signature by the key of cnf", lambda: opened(presentation_text, holder)) or json.loads(decode(presentation_text.split(".")[1]))
did_jwk = json.loads(decode(attestation["credentialSubject"]["id"].removeprefix("did:jwk:")))
check("presentation.jwt: cnf, subject, holder, iss and kid are one key", {
    JWK(**did_jwk).thumbprint() == holder.thumbprint(),
    presentation["holder"] == presentation["iss"] == attestation["credentialSubject"]["id"],
    header_of(presentation_text) == {"alg": "ES256", "typ": "vp+jwt", "cty": "vp", "kid": f"{presentation['iss']}#0"},
} == {True})
enveloped = presentation["verifiableCredential"][0]["id"].split(",", 1)
check("presentation.jwt: encloses the credential of attestation.jwt", enveloped == ["data:application/vc+jwt", text("attestation.jwt").strip()])
refuses("presentation.jwt: refused for another audience put in", JWException, lambda: opened(with_payload(presentation_text, lambda claims: claims.update(aud="https://elsewhere.example")), holder))
refuses("presentation.jwt: refused by the authority's key", JWException, lambda: opened(presentation_text, jwks.get_key(header_of(text("attestation.jwt"))["kid"])))

# Status, in both encodings, before and after the revocation.
reference = attestation["status"]["status_list"]
entries = {entry["statusPurpose"]: entry for entry in attestation["credentialStatus"]}
check("status: both formats point to the same place", {int(entry["statusListIndex"]) for entry in entries.values()} == {reference["idx"]})
for name, expected in (("status-list.jwt", 0), ("status-list-after.jwt", 1)):
    check(f"{name}: is the list that the credential names", lists[name]["sub"] == reference["uri"])
    check(f"{name}: place {reference['idx']} says {expected}", token_status(lists[name], reference["idx"]) == expected)
for name, expected in (("bitstring.jwt", 0), ("bitstring-after.jwt", 1)):
    check(f"{name}: is the list that the credential names", bits[name]["id"] == entries["revocation"]["statusListCredential"])
    check(f"{name}: place {reference['idx']} says {expected}", bit_status(bits[name], reference["idx"]) == expected)

# Trust: the root signs the trust file, and the trust file has the keys of jwks.json.
trust = json.loads(text("trust.json"))
flattened = json.dumps(trust)
root = JWK(**json.loads(decode(trust["protected"]))["jwk"])
content = accepts("trust.json: signature by the root key of its header", lambda: opened(flattened, root)) or json.loads(decode(trust["payload"]))
forged = json.loads(decode(trust["payload"]))
forged["keys"][0]["state"] = "retired"
refuses("trust.json: refused with a changed key state", JWException, lambda: opened(json.dumps({**trust, "payload": encode(json.dumps(forged).encode())}), root))
trusted = {key["kid"]: key["jwk"] for key in content["keys"] if key["use"] in ("credential", "status", "bundle")}
in_set = {key["kid"]: {name: value for name, value in key.items() if name not in ("kid", "alg", "use")} for key in json.loads(text("jwks.json"))["keys"]}
check("jwks.json: the credential, status and bundle keys of trust.json, and no other", trusted == in_set)
check("trust-bundle.jwt: carries the trust file", bundle["trust"] == trust)
subjects = accepts("trust-bundle.jwt: its lists are signed", lambda: {uri: published(token)["sub"] for uri, token in bundle["statusLists"].items()}) or {}
check("trust-bundle.jwt: each list stands under its own name", all(uri == subject for uri, subject in subjects.items()) and reference["uri"] in subjects)
check("trust-bundle.jwt: its list says 0 of the place", token_status(published(bundle["statusLists"][reference["uri"]]), reference["idx"]) == 0)

finish()
