//go:build tools

// Package crane pins the client of image registries in go.mod. Nothing here is compiled: the build names the package of the
// command itself, and this import keeps its dependencies in go.mod and go.sum.
package crane

import _ "github.com/google/go-containerregistry/cmd/crane"
