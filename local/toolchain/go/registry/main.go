// Command registry is distribution's OCI registry with one storage driver, the file system: the local run keeps its images in a
// folder, and the drivers of foreign clouds stay out of the program.
package main

import (
	"io"
	"os"

	"github.com/distribution/distribution/v3/registry"
	_ "github.com/distribution/distribution/v3/registry/storage/driver/filesystem"
)

func main() {
	// Whoever started it holds the other end: when that goes, however it goes, so does this.
	if os.Getenv("REGISTRY_ENDS_WITH_STDIN") != "" {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			os.Exit(0)
		}()
	}
	if err := registry.RootCmd.Execute(); err != nil {
		os.Exit(1)
	}
}
