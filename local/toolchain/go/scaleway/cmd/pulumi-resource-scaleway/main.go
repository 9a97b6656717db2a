// The Scaleway plug-in for the Pulumi engine. The two embedded files are written by pulumi-tfgen-scaleway in the folder
// of the build; they are not in git.
package main

import (
	"context"
	_ "embed"

	pftfbridge "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"

	"bastide/toolchain/scaleway/bridge"
)

//go:embed schema.json
var schema []byte

//go:embed bridge-metadata.json
var metadata []byte

func main() {
	ctx := context.Background()
	pftfbridge.MainWithMuxer(ctx, "scaleway", bridge.Provider(ctx, metadata), schema)
}
