// Checks an audit note with code that is not ours: Go's golang.org/x/mod/sumdb/note.
//
// Usage: audit-oracle NOTE AUDITOR-KEY LOG-KEY
//
// It opens the note with the auditor's key, cuts the checkpoint out of its text (all below the first empty line), and opens that with the log's key.
// It prints the lines above, and the checkpoint's text; it exits with 1 if either does not open. It must not use anything of this project.
package main

import (
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func fail(what string, err error) {
	fmt.Printf("FAILED %s: %v\n", what, err)
	os.Exit(1)
}

func open(what string, text []byte, key string) string {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		fail(what+"'s key", err)
	}
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		fail(what, err)
	}
	if len(opened.Sigs) != 1 || len(opened.UnverifiedSigs) != 0 {
		fail(what, fmt.Errorf("%d signatures of the key and %d others", len(opened.Sigs), len(opened.UnverifiedSigs)))
	}
	return opened.Text
}

func main() {
	bytes, err := os.ReadFile(os.Args[1])
	if err != nil {
		fail("reading", err)
	}
	said, signed, found := strings.Cut(open("the auditor", bytes, os.Args[2]), "\n\n")
	if !found {
		fail("the note", fmt.Errorf("no checkpoint in it"))
	}
	// What an auditor signed must not pass for a tree.
	if _, err := tlog.ParseTree([]byte(said)); err == nil {
		fail("the note", fmt.Errorf("it reads as a tree"))
	}
	fmt.Printf("%s\n\n%s", said, open("the log", []byte(signed), os.Args[3]))
}
