//go:build tools

// Package apiserver pins the Kubernetes API server in go.mod. Nothing here is compiled: the build names the package of the
// command itself, and this import keeps its dependencies in go.mod and go.sum.
package apiserver

import _ "k8s.io/kubernetes/cmd/kube-apiserver"
