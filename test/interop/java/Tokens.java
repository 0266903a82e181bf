import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Map;

/** Checks the tokens of a demo's output with nimbus-jose-jwt. */
public final class Tokens {
    private static int failures;

    /** What may go wrong while a token is verified. */
    private interface Verification {
        JWSObject run() throws ParseException, JOSEException, BadJOSEException;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        JWKSet keys = JWKSet.parse(Files.readString(folder.resolve("jwks.json")));
        JWSObject attestation = checkToken(folder, keys, "attestation.jwt", "vc+jwt");
        for (String name : List.of("status-list.jwt", "status-list-after.jwt")) checkToken(folder, keys, name, "statuslist+jwt");
        for (String name : List.of("bitstring.jwt", "bitstring-after.jwt")) checkToken(folder, keys, name, "vc+jwt");
        checkToken(folder, keys, "trust-bundle.jwt", "vouchsafe-bundle+jwt");
        checkPresentation(folder, attestation);
        System.out.println("done");
        System.exit(failures == 0 ? 0 : 1);
    }

    /** Checks a token of the authority, and that no tampered copy of it passes. */
    private static JWSObject checkToken(Path folder, JWKSet keys, String name, String typ) throws Exception {
        String token = Files.readString(folder.resolve(name)).trim();
        String[] parts = token.split("\\.");
        accepts(name + ": signature by jwks.json", () -> published(token, keys, typ));
        refuses(name + ": refused with a changed payload", () -> published(parts[0] + "." + changed(parts[1]) + "." + parts[2], keys, typ));
        refuses(name + ": refused with a changed signature", () -> published(parts[0] + "." + parts[1] + "." + changed(parts[2]), keys, typ));
        refuses(name + ": refused as another type of token", () -> published(token, keys, "JWT"));
        return JWSObject.parse(token);
    }

    private static void checkPresentation(Path folder, JWSObject attestation) throws Exception {
        Map<?, ?> cnf = (Map<?, ?>) attestation.getPayload().toJSONObject().get("cnf");
        @SuppressWarnings("unchecked")
        ECKey holder = ECKey.parse((Map<String, Object>) cnf.get("jwk"));
        String token = Files.readString(folder.resolve("presentation.jwt")).trim();
        String[] parts = token.split("\\.");
        accepts("presentation.jwt: signature by the key of cnf", () -> opened(token, holder, "vp+jwt"));
        refuses("presentation.jwt: refused with a changed payload", () -> opened(parts[0] + "." + changed(parts[1]) + "." + parts[2], holder, "vp+jwt"));
    }

    private static JWSObject published(String token, JWKSet keys, String typ) throws ParseException, JOSEException, BadJOSEException {
        JWK key = keys.getKeyByKeyId(JWSObject.parse(token).getHeader().getKeyID());
        if (!(key instanceof ECKey ec) || !Curve.P_256.equals(ec.getCurve()) || !JWSAlgorithm.ES256.equals(ec.getAlgorithm())) {
            throw new BadJOSEException("jwks.json has no such ES256 key");
        }
        return opened(token, ec, typ);
    }

    private static JWSObject opened(String token, ECKey key, String typ) throws ParseException, JOSEException, BadJOSEException {
        JWSObject jws = JWSObject.parse(token);
        if (!new JOSEObjectType(typ).equals(jws.getHeader().getType())) throw new BadJOSEException("typ is " + jws.getHeader().getType());
        if (!jws.verify(new ECDSAVerifier(key.toPublicJWK()))) throw new BadJOSEException("the signature is wrong");
        return jws;
    }

    /** Changes one bit of base64url bytes. */
    private static String changed(String part) {
        byte[] raw = new Base64URL(part).decode();
        raw[raw.length / 2] ^= 1;
        return Base64URL.encode(raw).toString();
    }

    private static void accepts(String what, Verification verification) {
        try {
            verification.run();
            System.out.println("ok\t" + what);
        } catch (ParseException | JOSEException | BadJOSEException refusal) {
            fail(what, refusal.toString());
        }
    }

    private static void refuses(String what, Verification verification) {
        try {
            verification.run();
            fail(what, "it was accepted");
        } catch (ParseException | JOSEException | BadJOSEException refusal) {
            System.out.println("ok\t" + what);
        }
    }

    private static void fail(String what, String why) {
        failures++;
        System.out.println("FAIL\t" + what + "\t" + why);
    }
}
