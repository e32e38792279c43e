package golden

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"parley.dev/client"
)

// Script is one golden conversation as its file says it.
type Script struct {
	Name      string        `json:"-"`
	File      string        `json:"-"`
	Doors     []client.Door `json:"doors"`
	Needs     []string      `json:"needs"`
	Character object        `json:"character"`
	Steps     []object      `json:"steps"`
}

// Read reads a file.
func Read(file string) (*Script, error) {
	script := &Script{Name: strings.TrimSuffix(filepath.Base(file), ".json"), File: file, Doors: client.Doors}
	content, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(content, script)
	}
	return script, err
}
