//go:build tools

// Package opa pins Open Policy Agent in go.mod, for the bench that compares the judge with it. Nothing here is compiled: the build
// names the package of the command itself, and this import keeps its dependencies in go.mod and go.sum.
package opa

import _ "github.com/open-policy-agent/opa"
