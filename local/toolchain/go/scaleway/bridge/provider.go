// Package bridge describes Scaleway's Terraform provider to Pulumi's bridge, so that the plug-in built from it serves what
// the npm package @pulumiverse/scaleway declares. Names follow by rule from the Terraform names; tokens.go and legacy.go
// hold the exceptions, and test/toolchain/bridge.test.ts compares the outcome with the npm package.
package bridge

import (
	"context"
	"fmt"

	pftfbridge "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	shimv2 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	upstream "github.com/scaleway/terraform-provider-scaleway/v2/provider"
)

// Version of the Pulumi package that this plug-in stands in for; the build stamps it (-ldflags -X), a plain `go build`
// says so.
var Version = "0.0.0-unstamped"

// Provider describes the whole package: both halves of the Terraform provider (SDKv2 and plug-in framework) behind one
// plug-in. The metadata is what the generator wrote, or `{}` for the generator itself.
func Provider(ctx context.Context, metadata []byte) tfbridge.ProviderInfo {
	info := tfbridge.ProviderInfo{
		P: pftfbridge.MuxShimWithDisjointgPF(
			ctx,
			shimv2.NewProvider(upstream.SDKProvider(nil)()),
			upstream.NewFrameworkProvider(nil)(),
		),
		Name:         "scaleway",
		DisplayName:  "Scaleway",
		Description:  "Scaleway, bridged by Bastide from the published Terraform provider.",
		License:      "Apache-2.0",
		GitHubOrg:    "scaleway",
		Version:      Version,
		MetadataInfo: tfbridge.NewProviderMetadata(metadata),
		Config:       config(),
		Resources:    map[string]*tfbridge.ResourceInfo{},
		DataSources:  map[string]*tfbridge.DataSourceInfo{},
	}
	for _, tfName := range names(info.P.ResourcesMap()) {
		addResource(&info, tfName)
	}
	for _, tfName := range names(info.P.DataSourcesMap()) {
		module, name, err := place(tfName, irregularQueries)
		must(err)
		info.DataSources[tfName] = &tfbridge.DataSourceInfo{
			Tok:    tokens.ModuleMember(queryToken(module, name)),
			Fields: queryFields[tfName],
		}
	}
	info.SetAutonaming(255, "-")
	return info
}

// names lists what a map holds before anything is added to it.
func names(resources shim.ResourceMap) []string {
	var all []string
	resources.Range(func(name string, _ shim.Resource) bool {
		all = append(all, name)
		return true
	})
	return all
}

func addResource(info *tfbridge.ProviderInfo, tfName string) {
	module, name, err := place(tfName, irregular)
	must(err)
	current := tokens.Type(token(module, name))
	if old, ok := legacyName(tfName, module); ok {
		described := &tfbridge.ResourceInfo{Fields: fields[tfName]}
		info.RenameResourceWithAlias(tfName, tokens.Type(token("index", old)), current, "index", module, described)
		return
	}
	info.Resources[tfName] = &tfbridge.ResourceInfo{Tok: current, Fields: fields[tfName]}
}

// config marks the credentials secret and names the environment variables that the SDK reads for absent settings.
func config() map[string]*tfbridge.SchemaInfo {
	from := func(variable string) *tfbridge.DefaultInfo {
		return &tfbridge.DefaultInfo{EnvVars: []string{variable}}
	}
	return map[string]*tfbridge.SchemaInfo{
		"access_key":      {Secret: tfbridge.True(), Default: from("SCW_ACCESS_KEY")},
		"secret_key":      {Secret: tfbridge.True(), Default: from("SCW_SECRET_KEY")},
		"organization_id": {Default: from("SCW_ORGANIZATION_ID")},
		"project_id":      {Default: from("SCW_DEFAULT_PROJECT_ID")},
		"region":          {Default: from("SCW_DEFAULT_REGION")},
		"zone":            {Default: from("SCW_DEFAULT_ZONE")},
	}
}

// must stops the program on a hole in the tables: it shows at build time, when the generator runs.
func must(err error) {
	if err != nil {
		panic(fmt.Errorf("bridge tables: %w", err))
	}
}
