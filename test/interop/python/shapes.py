"""What the specifications demand of each file, read from the bytes: members, URL forms, media types, encodings."""

import base64
import gzip
import json
import os
import re
import zlib
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from pyld import jsonld

from report import accepts, check, finish, refuses, text

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
DATE_TIME_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
NOWHERE = "https://nowhere.invalid/"
PRIVATE_MEMBERS = {"d", "p", "q", "dp", "dq", "qi", "k", "oth"}


def decode(part):
    """Base64url in its only spelling: no padding, no stray bits (RFC 7515, section 2)."""
    raw = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    if base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != part:
        raise ValueError("not canonical base64url")
    return raw


def is_url(value):
    return isinstance(value, str) and bool(urlsplit(value).scheme) and " " not in value


def is_stamp(value):
    return isinstance(value, str) and DATE_TIME_STAMP.fullmatch(value) is not None


def seconds(stamp):
    return int(datetime.fromisoformat(stamp.replace("Z", "+00:00")).timestamp())


def token(name):
    """Header and payload, each JSON in canonical base64url, nothing around them."""
    parts = text(name).split(".")
    check(f"{name}: three parts of canonical base64url and nothing else (RFC 7515)", len(parts) == 3 and all(decode(part) for part in parts))
    check(f"{name}: an ES256 signature is 64 bytes (RFC 7518, 3.4)", len(decode(parts[2])) == 64)
    return json.loads(decode(parts[0])), json.loads(decode(parts[1]))


def load(url, _options):
    known = {CREDENTIALS_V2: Path(os.environ["VOUCHSAFE_CREDENTIALS_V2"]).read_text(encoding="utf-8"), own_context: text("context.json")}
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": json.loads(known[url])}


def expands(document):
    """Every member, type and address has a meaning in JSON-LD; one that has none raises."""

    def dropped(term):
        raise ValueError(f"no context explains {term}")

    expanded = jsonld.expand(document, {"documentLoader": load, "base": NOWHERE}, on_property_dropped=dropped)
    if NOWHERE in json.dumps(expanded):
        raise ValueError("a type or an address is relative, so it has no meaning of its own")


def check_credential(name, credential):
    """Verifiable Credentials Data Model 2.0, sections 4.3 to 4.10."""
    context, types = credential["@context"], credential["type"]
    check(f"{name}: @context begins with {CREDENTIALS_V2}, then URLs", context[0] == CREDENTIALS_V2 and all(map(is_url, context)))
    check(f"{name}: type has VerifiableCredential and one more", types[0] == "VerifiableCredential" and len(types) == 2)
    accepts(f"{name}: its contexts explain every member and type", lambda: expands(credential))
    check(f"{name}: issuer is the did:web", credential["issuer"] == did)
    check(f"{name}: validFrom and validUntil are dateTimeStamps in order", is_stamp(credential["validFrom"]) and is_stamp(credential["validUntil"]) and seconds(credential["validFrom"]) < seconds(credential["validUntil"]))
    subject = credential["credentialSubject"]
    check(f"{name}: credentialSubject is one object with a URL as id, and says something", is_url(subject["id"]) and len(subject) > 1)
    check(f"{name}: no member of the 1.1 model", not {"issuanceDate", "expirationDate"} & set(credential))


def check_status_entries(name, credential):
    """Bitstring Status List, section 2.1."""
    entries = credential["credentialStatus"]
    check(f"{name}: status entries for revocation and suspension", [entry["statusPurpose"] for entry in entries] == ["revocation", "suspension"])
    for entry in entries:
        purpose = entry["statusPurpose"]
        is_index = isinstance(entry["statusListIndex"], str) and re.fullmatch(r"0|[1-9]\d*", entry["statusListIndex"]) is not None
        check(f"{name}: {purpose} entry: type, index as a decimal string, list as URL", entry["type"] == "BitstringStatusListEntry" and is_index and is_url(entry["statusListCredential"]))


def check_jose_names(name, header, claims, typ, cty):
    """Securing Verifiable Credentials using JOSE and COSE, section 3.1; RFC 7519."""
    check(f"{name}: typ {typ}, cty {cty}, kid a DID URL", header["typ"] == typ and header["cty"] == cty and re.fullmatch(r"did:[a-z]+:[^#]+#.+", header["kid"]) is not None)
    check(f"{name}: neither vc nor vp nor nbf", not {"vc", "vp", "nbf"} & set(claims))
    owner = claims.get("issuer", claims.get("holder"))
    check(f"{name}: iss is issuer or holder, and controls the key", claims["iss"] == owner == header["kid"].split("#")[0])
    check(f"{name}: iat and exp are whole seconds in order", isinstance(claims["iat"], int) and isinstance(claims["exp"], int) and claims["iat"] < claims["exp"])


def check_jwt_credential(name):
    header, claims = token(name)
    check_credential(name, claims)
    check_jose_names(name, header, claims, "vc+jwt", "vc")
    check(f"{name}: exp is validUntil, iat is validFrom", claims["exp"] == seconds(claims["validUntil"]) and claims["iat"] == seconds(claims["validFrom"]))
    return claims


def check_proof(name, secured, purpose):
    """Data Integrity 1.0, section 2.1."""
    proof = secured["proof"]
    check(f"{name}: proof is eddsa-rdfc-2022 for {purpose}, with a dateTimeStamp", (proof["type"], proof["cryptosuite"], proof["proofPurpose"]) == ("DataIntegrityProof", "eddsa-rdfc-2022", purpose) and is_stamp(proof["created"]))
    check(f"{name}: proofValue is base58btc multibase, the method a DID URL", re.fullmatch(r"z[1-9A-HJ-NP-Za-km-z]{86,88}", proof["proofValue"]) is not None and "#" in proof["verificationMethod"])


def check_bitstring(name, credential):
    """Bitstring Status List, section 2.2."""
    subject = credential["credentialSubject"]
    check(f"{name}: type BitstringStatusListCredential over a BitstringStatusList", "BitstringStatusListCredential" in credential["type"] and subject["type"] == "BitstringStatusList")
    check(f"{name}: id is a URL, the subject's id lies in it", is_url(credential["id"]) and subject["id"].startswith(f"{credential['id']}#"))
    check(f"{name}: statusPurpose and ttl in milliseconds", subject["statusPurpose"] in ("revocation", "suspension") and isinstance(subject["ttl"], int) and 1000 <= subject["ttl"])
    bits = 8 * len(gzip.decompress(decode(subject["encodedList"][1:])))
    check(f"{name}: encodedList is multibase u of at least 131,072 bits in GZIP", subject["encodedList"][0] == "u" and bits >= 131072, bits)


def check_token_status_list(name):
    """Token Status List, sections 4.2 and 5.1."""
    header, claims = token(name)
    check(f"{name}: typ statuslist+jwt", header["typ"] == "statuslist+jwt")
    check(f"{name}: sub is a URI, iat, exp and ttl are numbers that make sense", is_url(claims["sub"]) and claims["iat"] < claims["exp"] and isinstance(claims["ttl"], int) and claims["ttl"] > 0)
    listed = claims["status_list"]
    raw = zlib.decompress(decode(listed["lst"]))
    check(f"{name}: bits is 1, 2, 4 or 8, lst is ZLIB of 131,072 places", listed["bits"] in (1, 2, 4, 8) and len(raw) * 8 // listed["bits"] == 131072, len(raw))
    check(f"{name}: nothing beyond the known claims", set(claims) == {"iss", "sub", "iat", "exp", "ttl", "status_list"} and set(listed) == {"bits", "lst"})


def check_presentation(name, presentation):
    """Verifiable Credentials Data Model 2.0, section 4.13."""
    check(f"{name}: @context begins with {CREDENTIALS_V2}", presentation["@context"][0] == CREDENTIALS_V2)
    check(f"{name}: type VerifiablePresentation, holder a URL", presentation["type"] == ["VerifiablePresentation"] and is_url(presentation["holder"]))
    check(f"{name}: verifiableCredential holds objects, never strings", all(isinstance(one, dict) for one in presentation["verifiableCredential"]))


def check_did_document():
    """did:web; Controlled Identifiers 1.0, section 2; DID Core 1.0."""
    document = json.loads(text("did.json"))
    check("did.json: id is the did:web of the issuer, its port as %3A", document["id"] == did)
    wanted = {"https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1", "https://w3id.org/security/jwk/v1"}
    check("did.json: @context explains Multikey and JsonWebKey, the DID one first", set(document["@context"]) == wanted and document["@context"][0].endswith("/did/v1"))
    methods = {method["id"]: method for method in document["verificationMethod"]}
    check("did.json: method ids are distinct absolute DID URLs, controlled by it", len(methods) == len(document["verificationMethod"]) and all(key.startswith(f"{did}#") and method["controller"] == did for key, method in methods.items()))
    material = {"Multikey": "publicKeyMultibase", "JsonWebKey": "publicKeyJwk"}
    check("did.json: each method is a Multikey or a JsonWebKey with that one form of key", all(set(method) == {"id", "type", "controller", material[method["type"]]} for method in methods.values()))
    check("did.json: no private member in any key", not any(PRIVATE_MEMBERS & set(method.get("publicKeyJwk", {})) for method in methods.values()))
    check("did.json: assertionMethod names methods of it by absolute ids", bool(document["assertionMethod"]) and all(key in methods for key in document["assertionMethod"]))


def check_jwks():
    """RFC 7517, sections 4 and 5; RFC 7518, 6.2; RFC 8037."""
    keys = json.loads(text("jwks.json"))["keys"]
    kids = [key["kid"] for key in keys]
    check("jwks.json: distinct kids, each an absolute DID URL", len(set(kids)) == len(kids) and all(kid.startswith(f"{did}#") for kid in kids))
    suits = {"ES256": ("EC", "P-256", {"x", "y"}), "EdDSA": ("OKP", "Ed25519", {"x"})}
    for key in keys:
        kty, curve, coordinates = suits[key["alg"]]
        is_right = (key["kty"], key["crv"], key["use"]) == (kty, curve, "sig") and set(key) == {"kty", "crv", "kid", "alg", "use"} | coordinates
        check(f"jwks.json: #{key['kid'].split('#')[1]} is a public {curve} key for {key['alg']}, use sig", is_right and all(len(decode(key[name])) == 32 for name in coordinates))
    methods = {method["id"] for method in json.loads(text("did.json"))["verificationMethod"]}
    check("jwks.json: has the methods of did.json", methods == set(kids))


def check_checkpoint():
    """C2SP tlog-checkpoint and signed-note."""
    note = text("checkpoint.txt")
    origin = f"{urlsplit(issuer).netloc}/log"
    body, _, signatures = note.partition("\n\n")
    lines = body.split("\n")
    check("checkpoint.txt: the origin has no scheme, no space and no plus", lines[0] == origin and not re.search(r"[\s+]", origin))
    check("checkpoint.txt: the size has no leading zero", re.fullmatch(r"0|[1-9]\d*", lines[1]) is not None)
    check("checkpoint.txt: the root hash is 32 bytes of standard base64", len(lines) == 3 and base64.b64encode(base64.b64decode(lines[2], validate=True)).decode() == lines[2] and len(base64.b64decode(lines[2])) == 32)
    signature = re.fullmatch(r"— (\S+) (\S+)\n", signatures)
    check("checkpoint.txt: one signature line, em dash, name, four bytes and an Ed25519 signature", signature is not None and signature[1] == origin and len(base64.b64decode(signature[2], validate=True)) == 68)


issuer = json.loads(decode(json.loads(text("trust.json"))["payload"]))["issuer"]
did = f"did:web:{urlsplit(issuer).netloc.replace(':', '%3A')}"
own_context = f"{issuer}/contexts/identified/v1"

attestation = check_jwt_credential("attestation.jwt")
check_status_entries("attestation.jwt", attestation)
check("attestation.jwt: cnf is a public EC key and nothing else (RFC 7800)", set(attestation["cnf"]) == {"jwk"} and set(attestation["cnf"]["jwk"]) == {"kty", "crv", "x", "y"})
reference = attestation["status"]["status_list"]
check("attestation.jwt: status.status_list has idx and uri (Token Status List, 6.2)", set(attestation["status"]) == {"status_list"} and set(reference) == {"idx", "uri"} and isinstance(reference["idx"], int) and is_url(reference["uri"]))

linked = json.loads(text("attestation.vc.json"))
check_credential("attestation.vc.json", linked)
check_status_entries("attestation.vc.json", linked)
check_proof("attestation.vc.json", linked, "assertionMethod")
check("attestation.vc.json: no claims of JWT", not {"iss", "iat", "exp", "nbf", "cnf", "status"} & set(linked))

for name in ("bitstring.jwt", "bitstring-after.jwt"):
    check_bitstring(name, check_jwt_credential(name))
for name in ("bitstring.vc.json", "bitstring-after.vc.json"):
    listed = json.loads(text(name))
    check_credential(name, listed)
    check_bitstring(name, listed)
    check_proof(name, listed, "assertionMethod")
for name in ("status-list.jwt", "status-list-after.jwt"):
    check_token_status_list(name)

header, presentation = token("presentation.jwt")
check_presentation("presentation.jwt", presentation)
check_jose_names("presentation.jwt", header, presentation, "vp+jwt", "vp")
enveloped = presentation["verifiableCredential"][0]
check("presentation.jwt: EnvelopedVerifiableCredential: context, type, data URL of the media type", enveloped["@context"] == CREDENTIALS_V2 and enveloped["type"] == "EnvelopedVerifiableCredential" and enveloped["id"].startswith("data:application/vc+jwt,ey"))
linked_presentation = json.loads(text("presentation.vc.json"))
check_presentation("presentation.vc.json", linked_presentation)
check_proof("presentation.vc.json", linked_presentation, "authentication")
check("presentation.vc.json: challenge and domain", all(isinstance(linked_presentation["proof"][name], str) for name in ("challenge", "domain")))

# The rules themselves can fail.
signature = text("attestation.jwt").split(".")[2]
last = {"A": "B", "Q": "R", "g": "h", "w": "x"}[signature[-1]]
refuses("attestation.jwt: refused with stray bits at the end of its signature", ValueError, lambda: decode(signature[:-1] + last))
refuses("attestation.jwt: refused with padding", ValueError, lambda: decode(signature + "=="))
refuses("attestation.vc.json: refused with a member that no context explains", ValueError, lambda: expands({**linked, "givenName": "UTOPIA SPECIMEN"}))
refuses("attestation.vc.json: refused with a type that no context explains", ValueError, lambda: expands({**linked, "type": [*linked["type"], "PassportCredential"]}))
refuses("attestation.vc.json: refused with a relative policy", ValueError, lambda: expands({**linked, "policy": "identified/v1"}))
check("a time without a zone is no dateTimeStamp", not is_stamp(linked["validFrom"].rstrip("Z")))
check("a path is no URL", not is_url("/policies/identified/v1"))

check_did_document()
check_jwks()
check_checkpoint()

finish()
