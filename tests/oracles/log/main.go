// Checks a log with code that is not ours: Go's golang.org/x/mod/sumdb/note and tlog.
//
// Usage: log-oracle DIR|URL VERIFIER-KEY [WITNESS-KEY]...
//
// It checks the checkpoint's signature and each witness's cosignature, recomputes every hash from the entry bundles, holds every tile and the root
// against them, and proves inclusion and consistency through tlog.TileHashReader. It prints each failure, and at the
// end one line, "N passed, M failed"; it exits with 1 if anything failed. It must not use anything of this project but
// the files of the log.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8
const tileWidth = 1 << tileHeight

// About so many inclusion proofs are made, spread over the log, and in a small log the first and last of every tile.
const inclusionSamples = 1000

var errNotFound = errors.New("not found")

var passed, failed int

func check(what string, err error) bool {
	if err != nil {
		failed++
		fmt.Printf("FAILED %s: %v\n", what, err)
		return false
	}
	passed++
	return true
}

// fetch reads one file of the log below its directory or URL.
func fetch(base, path string) ([]byte, error) {
	if !strings.HasPrefix(base, "http://") && !strings.HasPrefix(base, "https://") {
		data, err := os.ReadFile(filepath.Join(base, filepath.FromSlash(path)))
		if os.IsNotExist(err) {
			return nil, errNotFound
		}
		return data, err
	}
	response, err := http.Get(strings.TrimSuffix(base, "/") + "/" + path)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNotFound {
		return nil, errNotFound
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s", response.Status)
	}
	return io.ReadAll(response.Body)
}

// c2spPath turns x/mod's tile/8/L/N into C2SP's tile/L/N, and its tile/8/data/N into tile/entries/N.
func c2spPath(tile tlog.Tile) string {
	path := strings.TrimPrefix(tile.Path(), "tile/8/")
	return "tile/" + strings.Replace(path, "data/", "entries/", 1)
}

// fetchTile reads a tile, or the full one in place of a partial one that is gone; full says which.
func fetchTile(base string, tile tlog.Tile) (data []byte, full bool, err error) {
	data, err = fetch(base, c2spPath(tile))
	if err == errNotFound && tile.W < tileWidth {
		whole := tile
		whole.W = tileWidth
		data, err = fetch(base, c2spPath(whole))
		return data, true, err
	}
	return data, tile.W == tileWidth, err
}

type tileReader struct{ base string }

func (r tileReader) Height() int { return tileHeight }

func (r tileReader) SaveTiles([]tlog.Tile, [][]byte) {}

func (r tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := readHashTile(r.base, tile)
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func readHashTile(base string, tile tlog.Tile) ([]byte, error) {
	data, full, err := fetchTile(base, tile)
	if err != nil {
		return nil, fmt.Errorf("%s: %v", c2spPath(tile), err)
	}
	want := tile.W * tlog.HashSize
	if full {
		want = tileWidth * tlog.HashSize
	}
	if len(data) != want {
		return nil, fmt.Errorf("%s: %d bytes, want %d", c2spPath(tile), len(data), want)
	}
	return data[:tile.W*tlog.HashSize], nil
}

// readEntries reads the entries of one bundle.
func readEntries(base string, tile tlog.Tile) ([][]byte, error) {
	data, full, err := fetchTile(base, tile)
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			return nil, errors.New("cut inside an entry")
		}
		length := int(binary.BigEndian.Uint16(data))
		entries = append(entries, data[2:2+length])
		data = data[2+length:]
	}
	want := tile.W
	if full {
		want = tileWidth
	}
	if len(entries) != want {
		return nil, fmt.Errorf("%d entries, want %d", len(entries), want)
	}
	return entries[:tile.W], nil
}

// cosigner checks a witness's cosignature/v1 (C2SP tlog-cosignature) behind the interface of x/mod's note package, which
// itself knows plain Ed25519 alone.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }

func (c cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	header := fmt.Sprintf("cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(sig))
	return ed25519.Verify(c.key, append([]byte(header), msg...), sig[8:])
}

// newCosigner reads a witness's verifier key: name+hash+base64(0x04 || public key).
func newCosigner(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("not a verifier key: %q", vkey)
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != 0x04 {
		return nil, fmt.Errorf("not a witness's Ed25519 key: %q", vkey)
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	hash := binary.BigEndian.Uint32(sum[:])
	if fmt.Sprintf("%08x", hash) != parts[1] {
		return nil, fmt.Errorf("the ID of %q does not fit its key", vkey)
	}
	return cosigner{parts[0], hash, key[1:]}, nil
}

// openCheckpoint checks the note, that every witness cosigned it, and reads the three lines.
func openCheckpoint(base, key string, witnesses []string) (tree tlog.Tree, err error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return tree, err
	}
	verifiers := []note.Verifier{verifier}
	for _, vkey := range witnesses {
		witness, err := newCosigner(vkey)
		if err != nil {
			return tree, err
		}
		verifiers = append(verifiers, witness)
	}
	data, err := fetch(base, "checkpoint")
	if err != nil {
		return tree, err
	}
	signed, err := note.Open(data, note.VerifierList(verifiers...))
	if err != nil {
		return tree, err
	}
	for _, wanted := range verifiers {
		found := false
		for _, sig := range signed.Sigs {
			found = found || sig.Name == wanted.Name() && sig.Hash == wanted.KeyHash()
		}
		if !found {
			return tree, fmt.Errorf("%s did not sign", wanted.Name())
		}
		passed++
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tree, fmt.Errorf("not a checkpoint of %s: %q", verifier.Name(), signed.Text)
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	hash, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(hash) != tlog.HashSize {
		return tree, fmt.Errorf("bad root hash %q", lines[2])
	}
	copy(tree.Hash[:], hash)
	return tree, nil
}

// memory holds every stored hash, in x/mod's order.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, index := range indexes {
		if index < 0 || index >= int64(len(m)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		hashes = append(hashes, m[index])
	}
	return hashes, nil
}

// readAll recomputes every hash of the tree from the entry bundles.
func readAll(base string, tree tlog.Tree) (hashes memory, leaves []tlog.Hash, complete bool) {
	for start := int64(0); start < tree.N; start += tileWidth {
		width := tileWidth
		if tree.N-start < tileWidth {
			width = int(tree.N - start)
		}
		tile := tlog.Tile{H: tileHeight, L: -1, N: start / tileWidth, W: width}
		entries, err := readEntries(base, tile)
		if !check(c2spPath(tile), err) {
			return hashes, leaves, false
		}
		for i, entry := range entries {
			stored, err := tlog.StoredHashes(start+int64(i), entry, hashes)
			if err != nil {
				check("stored hashes", err)
				return hashes, leaves, false
			}
			hashes = append(hashes, stored...)
			leaves = append(leaves, tlog.RecordHash(entry))
		}
	}
	return hashes, leaves, true
}

func checkTiles(base string, tree tlog.Tree, hashes memory) {
	for _, tile := range tlog.NewTiles(tileHeight, 0, tree.N) {
		// Some versions of x/mod also name the partial tiles of every smaller tree, which no checkpoint asks for.
		if row := tree.N >> (tileHeight * uint(tile.L)); tile.W < tileWidth && tile.N*tileWidth+int64(tile.W) != row {
			continue
		}
		found, err := readHashTile(base, tile)
		if err == nil {
			var want []byte
			want, err = tlog.ReadTileData(tile, hashes)
			if err == nil && !bytes.Equal(found, want) {
				err = errors.New("differs from what the entries give")
			}
		}
		check(c2spPath(tile), err)
	}
}

func checkProofs(base string, tree tlog.Tree, hashes memory, leaves []tlog.Hash) {
	reader := tlog.TileHashReader(tree, tileReader{base})
	step := tree.N/inclusionSamples + 1
	for index := int64(0); index < tree.N; index++ {
		edge := index%tileWidth == 0 || index%tileWidth == tileWidth-1 || index == tree.N-1
		if index%step != 0 && !(edge && tree.N < 100000) {
			continue
		}
		proof, err := tlog.ProveRecord(tree.N, index, reader)
		if err == nil {
			err = tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaves[index])
		}
		check(fmt.Sprintf("inclusion of entry %d", index), err)
	}
	for size := int64(1); size < tree.N; size += size/2 + 1 {
		root, err := tlog.TreeHash(size, hashes)
		var proof tlog.TreeProof
		if err == nil {
			proof, err = tlog.ProveTree(tree.N, size, reader)
		}
		if err == nil {
			err = tlog.CheckTree(proof, tree.N, tree.Hash, size, root)
		}
		check(fmt.Sprintf("consistency from size %d", size), err)
	}
}

func verify(base, key string, witnesses []string) {
	tree, err := openCheckpoint(base, key, witnesses)
	if !check("checkpoint", err) || tree.N == 0 {
		return
	}
	hashes, leaves, complete := readAll(base, tree)
	if !complete {
		return
	}
	root, err := tlog.TreeHash(tree.N, hashes)
	if err == nil && root != tree.Hash {
		err = fmt.Errorf("the entries give %v, the checkpoint signs %v", root, tree.Hash)
	}
	check("root", err)
	checkTiles(base, tree, hashes)
	checkProofs(base, tree, hashes, leaves)
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: log-oracle DIR|URL VERIFIER-KEY [WITNESS-KEY]...")
		os.Exit(2)
	}
	verify(os.Args[1], os.Args[2], os.Args[3:])
	fmt.Printf("%d passed, %d failed\n", passed, failed)
	if failed > 0 {
		os.Exit(1)
	}
}
