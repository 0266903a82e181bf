// Checks a demo's output with Go's own transparency log packages and go-jose.
package main

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-jose/go-jose/v4"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var failures int

// check says on one line whether something holds.
func check(what string, err error) {
	if err == nil {
		fmt.Printf("ok\t%s\n", what)
		return
	}
	failures++
	fmt.Printf("FAIL\t%s\t%v\n", what, err)
}

// refused turns a refusal into a pass, and an acceptance into a failure.
func refused(err error) error {
	if err == nil {
		return errors.New("it was accepted")
	}
	return nil
}

// must ends the program: without its input there is nothing to check.
func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return value
}

func read(name string) string {
	return string(must(os.ReadFile(filepath.Join(os.Args[1], name))))
}

func parsed[T any](text []byte) T {
	var value T
	must(0, json.Unmarshal(text, &value))
	return value
}

type trustFile struct {
	Keys []struct {
		Use         string `json:"use"`
		VerifierKey string `json:"verifierKey"`
	} `json:"keys"`
}

type inclusionProof struct {
	Index    int64    `json:"index"`
	TreeSize int64    `json:"treeSize"`
	LeafHash string   `json:"leafHash"`
	Path     []string `json:"path"`
}

// verifierKey is the log's, out of the trust file.
func verifierKey() string {
	flattened := parsed[struct{ Payload string }]([]byte(read("trust.json")))
	trust := parsed[trustFile](must(base64.RawURLEncoding.DecodeString(flattened.Payload)))
	for _, key := range trust.Keys {
		if key.Use == "log" {
			return key.VerifierKey
		}
	}
	return ""
}

func hash(encoded string) tlog.Hash {
	raw := must(base64.RawURLEncoding.DecodeString(encoded))
	if len(raw) != tlog.HashSize {
		must(0, fmt.Errorf("%d bytes are no hash", len(raw)))
	}
	return tlog.Hash(raw)
}

func checkLog() {
	verifier := must(note.NewVerifier(verifierKey()))
	known := note.VerifierList(verifier)
	text := read("checkpoint.txt")
	opened, err := note.Open([]byte(text), known)
	check("checkpoint.txt: note.Open by the verifier key of trust.json", err)
	if err != nil {
		return
	}
	origin, _, _ := strings.Cut(opened.Text, "\n")
	check("checkpoint.txt: the origin is the key's name", same(origin, verifier.Name()))
	tree, err := parseTree(opened.Text)
	check("checkpoint.txt: origin, size and root hash, as in tlog-checkpoint", err)

	_, err = note.Open([]byte(strings.Replace(text, fmt.Sprintf("\n%d\n", tree.N), fmt.Sprintf("\n%d\n", tree.N+1), 1)), known)
	check("checkpoint.txt: refused with another size", refused(err))
	_, err = note.Open([]byte(strings.Replace(text, origin+"\n", "elsewhere.example/log\n", 1)), known)
	check("checkpoint.txt: refused with another origin", refused(err))
	_, stranger, err := note.GenerateKey(nil, verifier.Name())
	check("a key of the same name could be made", err)
	_, err = note.Open([]byte(text), note.VerifierList(must(note.NewVerifier(stranger))))
	check("checkpoint.txt: refused by another key of that name", refused(err))

	checkInclusion(tree)
}

// parseTree reads the three lines of a checkpoint. tlog.ParseTree wants Go's own origin, so it reads what follows it.
func parseTree(text string) (tlog.Tree, error) {
	_, rest, _ := strings.Cut(text, "\n")
	return tlog.ParseTree([]byte("go.sum database tree\n" + rest))
}

func checkInclusion(tree tlog.Tree) {
	file := parsed[inclusionProof]([]byte(read("inclusion-proof.json")))
	proof := tlog.RecordProof{}
	for _, encoded := range file.Path {
		proof = append(proof, hash(encoded))
	}
	leaf := hash(file.LeafHash)
	check("inclusion-proof.json: for the tree of the checkpoint", same(file.TreeSize, tree.N))
	check("inclusion-proof.json: tlog.CheckRecord", tlog.CheckRecord(proof, tree.N, tree.Hash, file.Index, leaf))
	check("inclusion-proof.json: refused for the entry before", refused(tlog.CheckRecord(proof, tree.N, tree.Hash, file.Index-1, leaf)))
	other := leaf
	other[0] ^= 1
	check("inclusion-proof.json: refused for another leaf", refused(tlog.CheckRecord(proof, tree.N, tree.Hash, file.Index, other)))
	root := tree.Hash
	root[31] ^= 1
	check("inclusion-proof.json: refused under another root", refused(tlog.CheckRecord(proof, tree.N, root, file.Index, leaf)))
	if len(proof) > 0 {
		bent := append(tlog.RecordProof{}, proof...)
		bent[0][5] ^= 1
		check("inclusion-proof.json: refused with a bent path", refused(tlog.CheckRecord(bent, tree.N, tree.Hash, file.Index, leaf)))
	}
}

func same[T comparable](found, wanted T) error {
	if found != wanted {
		return fmt.Errorf("%v is not %v", found, wanted)
	}
	return nil
}

// opened verifies a compact ES256 token by the published key of its kid.
func opened(token string, keys jose.JSONWebKeySet, typ string) error {
	parsed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.ES256})
	if err != nil {
		return err
	}
	header := parsed.Signatures[0].Protected
	found := keys.Key(header.KeyID)
	if len(found) != 1 {
		return fmt.Errorf("%d keys are %s", len(found), header.KeyID)
	}
	if header.ExtraHeaders[jose.HeaderType] != typ {
		return fmt.Errorf("typ is %v", header.ExtraHeaders[jose.HeaderType])
	}
	_, err = parsed.Verify(found[0])
	return err
}

func checkTokens() {
	keys := parsed[jose.JSONWebKeySet]([]byte(read("jwks.json")))
	for _, key := range keys.Keys {
		check(fmt.Sprintf("jwks.json: #%s is a valid public key for signatures", key.KeyID[strings.LastIndex(key.KeyID, "#")+1:]), isPublic(key))
	}
	for _, token := range []struct{ name, typ string }{
		{"attestation.jwt", "vc+jwt"},
		{"status-list.jwt", "statuslist+jwt"},
		{"status-list-after.jwt", "statuslist+jwt"},
		{"bitstring.jwt", "vc+jwt"},
		{"bitstring-after.jwt", "vc+jwt"},
		{"trust-bundle.jwt", "vouchsafe-bundle+jwt"},
	} {
		text := strings.TrimSpace(read(token.name))
		check(token.name+": signature by jwks.json", opened(text, keys, token.typ))
		parts := strings.Split(text, ".")
		check(token.name+": refused with a changed payload", refused(opened(parts[0]+"."+changed(parts[1])+"."+parts[2], keys, token.typ)))
		check(token.name+": refused with a changed signature", refused(opened(parts[0]+"."+parts[1]+"."+changed(parts[2]), keys, token.typ)))
	}
}

func isPublic(key jose.JSONWebKey) error {
	if !key.Valid() || !key.IsPublic() || key.Use != "sig" || key.Algorithm == "" {
		return errors.New("it is not")
	}
	return nil
}

// changed changes one bit of base64url bytes.
func changed(part string) string {
	raw := must(base64.RawURLEncoding.DecodeString(part))
	raw[len(raw)/2] ^= 1
	return base64.RawURLEncoding.EncodeToString(raw)
}

func main() {
	checkLog()
	checkTokens()
	fmt.Println("done")
	if failures > 0 {
		os.Exit(1)
	}
}
