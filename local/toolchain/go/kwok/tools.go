//go:build tools

// Package kwok pins the player of Kubernetes nodes in go.mod. Nothing here is compiled: the build names the package of the
// command itself, and this import keeps its dependencies in go.mod and go.sum.
package kwok

import _ "sigs.k8s.io/kwok/cmd/kwok"
