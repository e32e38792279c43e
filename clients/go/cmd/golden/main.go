// Golden plays golden conversations:
//
//	go run ./cmd/golden --base http://localhost:8080 --folder ../golden [--door grpc,rest] [--key pk_...] [--have quota] [NAME...]
//
// It prints one line each and ends with 1 when one failed.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"parley.dev/client"
	"parley.dev/golden"
)

func main() {
	base := flag.String("base", "http://localhost:8080", "where the server is")
	folder := flag.String("folder", "../golden", "where the conversations are")
	doors := flag.String("door", "grpc,websocket,rest", "doors to go through")
	key := flag.String("key", "", "API key or access token")
	have := flag.String("have", "", "what the server or the key has, such as quota")
	jobs := flag.Int("jobs", 4, "conversations at once")
	flag.Parse()
	parley, err := client.At(*base, *key)
	fail(err)
	files, err := filepath.Glob(filepath.Join(*folder, "*.json"))
	fail(err)
	slots := make(chan struct{}, *jobs)
	var all sync.WaitGroup
	var mu sync.Mutex
	count := map[string]int{}
	for _, file := range files {
		script, err := golden.Read(file)
		fail(err)
		if flag.NArg() > 0 && !slices.Contains(flag.Args(), script.Name) {
			continue
		}
		for _, door := range script.Doors {
			if !slices.Contains(strings.Split(*doors, ","), string(door)) {
				continue
			}
			slots <- struct{}{}
			all.Go(func() {
				defer func() { <-slots }()
				word, line := outcome(parley, door, script, strings.Split(*have, ","))
				mu.Lock()
				defer mu.Unlock()
				count[word]++
				fmt.Printf("%-4s %-20s %-10s %s\n", word, script.Name, door, line)
			})
		}
	}
	all.Wait()
	fmt.Printf("%d passed, %d failed, %d skipped\n", count["ok"], count["FAIL"], count["skip"])
	if count["FAIL"] > 0 {
		os.Exit(1)
	}
}

func outcome(parley *client.Parley, door client.Door, script *golden.Script, have []string) (string, string) {
	for _, need := range script.Needs {
		if !slices.Contains(have, need) {
			return "skip", "needs " + need
		}
	}
	begin := time.Now()
	if err := golden.Play(parley, door, script); err != nil {
		return "FAIL", err.Error()
	}
	return "ok", fmt.Sprintf("%.1f s", time.Since(begin).Seconds())
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}
