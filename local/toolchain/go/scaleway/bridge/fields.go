package bridge

import "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"

// fields are the properties that the npm package names or shapes otherwise than the bridge's rule would: lists that have
// held one element at most since a later provider version and stayed lists, and an output that is called `value`.
var fields = map[string]map[string]*tfbridge.SchemaInfo{
	"scaleway_container": {
		"health_check": {
			MaxItemsOne: tfbridge.False(),
			Elem: &tfbridge.SchemaInfo{
				Fields: map[string]*tfbridge.SchemaInfo{"http": {MaxItemsOne: tfbridge.False()}},
			},
		},
	},
	"scaleway_container_token": {"token": {Name: "value"}},
	"scaleway_function_token":  {"token": {Name: "value"}},
}

// queryFields is the same for data sources.
var queryFields = map[string]map[string]*tfbridge.SchemaInfo{
	"scaleway_baremetal_offer": {"cpu": {Name: "cpu", MaxItemsOne: tfbridge.True()}},
}
