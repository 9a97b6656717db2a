// Writes schema.json and bridge-metadata.json for the plug-in to embed:
// `pulumi-tfgen-scaleway schema --skip-docs --skip-examples --out DIR`.
package main

import (
	"context"

	pftfgen "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfgen"

	"bastide/toolchain/scaleway/bridge"
)

func main() {
	pftfgen.MainWithMuxer("scaleway", bridge.Provider(context.Background(), []byte("{}")))
}
