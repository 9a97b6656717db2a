package bridge

import "strings"

// Every type once stood in one module, `index`. The SDK still knows those names, as deprecated classes and as aliases, so a
// program or a state of that time still finds its resources. Types that came later have one name only.

// youngModules came after the modules were introduced: nothing in them has an old name.
var youngModules = map[string]bool{
	"annotations": true, "autoscaling": true, "billing": true, "datalab": true, "datawarehouse": true,
	"interlink": true, "kafka": true, "opensearch": true, "s2svpn": true,
}

// youngTypes came later too, into a module with older ones.
var youngTypes = map[string]bool{
	"apple_silicon_runner": true, "cockpit_exporter": true, "domain_registration": true, "file_filesystem": true,
	"iam_saml": true, "iam_saml_certificate": true, "iam_scim": true, "iam_scim_token": true, "inference_model": true,
	"k8s_acl": true, "key_manager_key_material": true, "lb_private_network": true, "mongodb_user": true,
	"object_bucket_server_side_encryption_configuration": true, "tem_blocked_list": true,
	"vpc_acl": true, "vpc_connector": true, "vpc_ingress_rule": true,
}

// legacyWords replace a first word in an old name.
var legacyWords = map[string]string{"k8s": "kubernetes", "lb": "loadbalancer", "mongodb": "mongo_db", "rdb": "database"}

// legacyIrregular are the old names that neither the Terraform name nor legacyWords give.
var legacyIrregular = map[string]string{
	"k8s_pool": "KubernetesNodePool", "object": "ObjectItem", "rdb_database": "Database", "rdb_database_backup": "DatabaseBackup", "rdb_snapshot": "RdbSnapshot",
	"sdb_sql_database": "SdbDatabase",
}

// legacyName is the name that a type had in the `index` module, if it is that old.
func legacyName(tfName, module string) (string, bool) {
	short := strings.TrimPrefix(tfName, "scaleway_")
	if youngModules[module] || youngTypes[short] {
		return "", false
	}
	if fixed, ok := legacyIrregular[short]; ok {
		return fixed, true
	}
	first, rest, more := strings.Cut(short, "_")
	if word, ok := legacyWords[first]; ok {
		first = word
	}
	if more {
		first += "_" + rest
	}
	return pascal(first), true
}
