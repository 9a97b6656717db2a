//go:build tools

// Package engine pins Pulumi's engine and command line in go.mod. Nothing here is compiled: the build names the package
// of the command itself, and this import keeps its dependencies in go.mod and go.sum.
package engine

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
