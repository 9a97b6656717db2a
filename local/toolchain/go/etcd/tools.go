//go:build tools

// Package etcd pins the store of the Kubernetes API server in go.mod. Nothing here is compiled: the build names the package
// of the command itself, and this import keeps its dependencies in go.mod and go.sum.
package etcd

import _ "go.etcd.io/etcd/server/v3"
