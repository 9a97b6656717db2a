package bridge

import (
	"fmt"
	"strings"
)

// modules maps the first word of a Terraform name (after "scaleway_") to the Pulumi module that carries it.
// Where two fit, the longer wins.
var modules = map[string]string{
	"account":       "account",
	"annotations":   "annotations",
	"apple_silicon": "applesilicon",
	"audit_trail":   "audittrail",
	"autoscaling":   "autoscaling",
	"baremetal":     "elasticmetal",
	"billing":       "billing",
	"block":         "block",
	"cockpit":       "observability",
	"container":     "containers",
	"datalab":       "datalab",
	"datalabs":      "datalab",
	"datawarehouse": "datawarehouse",
	"domain":        "domain",
	"edge_services": "edgeservices",
	"flexible":      "elasticmetal",
	"function":      "functions",
	"iam":           "iam",
	"inference":     "inference",
	"instance":      "instance",
	"interlink":     "interlink",
	"iot":           "iot",
	"ipam":          "ipam",
	"job":           "job",
	"k8s":           "kubernetes",
	"kafka":         "kafka",
	"key_manager":   "keymanager",
	"lb":            "loadbalancers",
	"mnq":           "mnq",
	"mongodb":       "mongodb",
	"object":        "object",
	"opensearch":    "opensearch",
	"rdb":           "databases",
	"redis":         "redis",
	"registry":      "registry",
	"s2s_vpn":       "s2svpn",
	"sdb":           "databases",
	"secret":        "secrets",
	"tem":           "tem",
	"vpc":           "network",
	"vpcs":          "network",
	"webhosting":    "hosting",
}

// irregular names what the rule of [place] does not give: "module.Name" by Terraform name without its prefix.
var irregular = map[string]string{
	"file_filesystem":  "index.FileFilesystem",
	"lb":               "loadbalancers.LoadBalancer",
	"object":           "object.Item",
	"sdb_sql_database": "databases.ServerlessDatabase",
	"webhosting":       "hosting.Hosting",
}

// irregularQueries is the same for data sources, where a name has another place than the resource of that name.
var irregularQueries = map[string]string{
	"availability_zones": "account.AvailabilityZones",
	"cockpit":            "observability.Instance",
	"config":             "index.Config",
	"lb":                 "loadbalancers.LoadBalancer",
	"lbs":                "loadbalancers.LoadBalancers",
	"marketplace_image":  "index.MarketplaceImage",
	"object":             "object.",
	"webhosting":         "hosting.Hosting",
}

// place gives the Pulumi module and type name of a Terraform name: the longest known first word chooses the module, the
// rest is the name; a first word that stands alone is its own name.
func place(tfName string, exceptions map[string]string) (module, name string, err error) {
	short := strings.TrimPrefix(tfName, "scaleway_")
	if fixed, ok := exceptions[short]; ok {
		module, name, _ = strings.Cut(fixed, ".")
		return module, name, nil
	}
	word := ""
	for candidate := range modules {
		if len(candidate) > len(word) && (short == candidate || strings.HasPrefix(short, candidate+"_")) {
			word = candidate
		}
	}
	if word == "" {
		return "", "", fmt.Errorf("no module for %s: add its first word to the table in tokens.go", tfName)
	}
	rest := strings.TrimPrefix(strings.TrimPrefix(short, word), "_")
	if rest == "" {
		rest = word
	}
	return modules[word], pascal(rest), nil
}

// pascal turns snake_case into PascalCase, one capital a word ("ssh_key" → "SshKey").
func pascal(snake string) string {
	var out strings.Builder
	for _, word := range strings.Split(snake, "_") {
		if word != "" {
			out.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return out.String()
}

// token writes "scaleway:module/lowerFirst:Name".
func token(module, name string) string {
	return fmt.Sprintf("scaleway:%s/%s%s:%s", module, strings.ToLower(name[:1]), name[1:], name)
}

// queryToken writes "scaleway:module/getName:getName".
func queryToken(module, name string) string {
	return fmt.Sprintf("scaleway:%s/get%s:get%s", module, name, name)
}
