//go:build tools

// Package kubernetes pins the Kubernetes control plane in go.mod. Nothing here is compiled: the build names the packages of
// the commands themselves, and these imports keep their dependencies in go.mod and go.sum.
package kubernetes

import (
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
	_ "k8s.io/kubernetes/cmd/kube-controller-manager"
	_ "k8s.io/kubernetes/cmd/kube-scheduler"
)
