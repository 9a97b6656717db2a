# Eleven of the judge's rules, written anew in Rego: what they say of the types that the benches' estate holds, and no more. They know
# neither unknown values nor secrets, neither other doors nor other laws. The bench compares their findings with the judge's.
package bench

resources := [r | some r in input.deployment.resources; r.custom]

types := {r.type | some r in resources}

# Grouped in one pass: OPA indexes such comprehensions, and evaluates rules with a key in their head anew for each key.
by_type := {type: group |
	some type in types
	group := [r | some r in resources; r.type == type]
}

of(type) := object.get(by_type, type, [])

vpcs := of("scaleway:network/vpc:Vpc")

networks := of("scaleway:network/privateNetwork:PrivateNetwork")

acls := of("scaleway:network/acl:Acl")

attachments := of("scaleway:network/gatewayNetwork:GatewayNetwork")

clusters := of("scaleway:kubernetes/cluster:Cluster")

cluster_acls := of("scaleway:kubernetes/acl:Acl")

pools := of("scaleway:kubernetes/pool:Pool")

keys := of("scaleway:keymanager/key:Key")

buckets := of("scaleway:object/bucket:Bucket")

encryptions := of("scaleway:object/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration")

network_of := {n.id: n | some n in networks}

cluster_of := {c.id: c | some c in clusters}

key_tails := {split(k.id, "/")[1] | some k in keys}

# Tags are a list of `key=value` on most types, a map on buckets.
tag(r, name) := r.inputs.tags[name] if is_object(r.inputs.tags)

tag(r, name) := value if {
	is_array(r.inputs.tags)
	some text in r.inputs.tags
	startswith(text, sprintf("%s=", [name]))
	value := substring(text, count(name) + 1, -1)
}

tier_of := {n.id: tier | some n in networks; tier := tag(n, "tier")}

beside_data := {"dmz", "admin", "compute", "export", "log", "backup"}

open_classes := {"technical", "public"}

health(r) if not open_classes[tag(r, "data-class")]

anywhere := {"0.0.0.0/0", "::/0"}

# NET-01: nodes have no routable address.
findings contains ["NET-01", p.urn, "publicIpDisabled"] if {
	some p in pools
	object.get(p.inputs, "publicIpDisabled", false) != true
}

# NET-04: each VPC with sensitive networks has an ACL of both families that drops by default.
outer(n) if {
	tag(n, "tier") in {"dmz", "admin"}
	not health(n)
}

sensitive_vpcs := {n.inputs.vpcId | some n in networks; not outer(n)}

families := {[a.inputs.vpcId, object.get(a.inputs, "isIpv6", false)] | some a in acls}

findings contains ["NET-04", v.urn, sprintf("acl.ipv%d", [family])] if {
	some v in vpcs
	sensitive_vpcs[v.id]
	some family in [4, 6]
	not families[[v.id, family == 6]]
}

findings contains ["NET-04", a.urn, "defaultPolicy"] if {
	some a in acls
	object.get(a.inputs, "defaultPolicy", "accept") != "drop"
}

# NET-05: data networks learn no default route, and no gateway serves one.
findings contains ["NET-05", n.urn, "enableDefaultRoutePropagation"] if {
	some n in networks
	not beside_data[tier_of[n.id]]
	object.get(n.inputs, "enableDefaultRoutePropagation", false)
}

findings contains ["NET-05", a.urn, "privateNetworkId"] if {
	some a in attachments
	not beside_data[tier_of[a.inputs.privateNetworkId]]
}

# NET-06: one way out of a tier in a region, from dmz or the nodes only.
ways := [a | some a in attachments; object.get(a.inputs, "enableMasquerade", true)]

findings contains ["NET-06", a.urn, "privateNetworkId"] if {
	some a in ways
	not tier_of[a.inputs.privateNetworkId] in {"dmz", "compute"}
}

placed_ways := [[place, a.urn] |
	some a in ways
	n := network_of[a.inputs.privateNetworkId]
	place := [n.inputs.region, tier_of[n.id]]
]

ways_of := {place: urns |
	some [place, _] in placed_ways
	urns := {urn | some [other, urn] in placed_ways; other == place}
}

findings contains ["NET-06", urn, "gatewayId"] if {
	some urns in ways_of
	first := min(urns)
	some urn in urns
	urn != first
}

# NET-10: each control plane admits named sources only.
with_acl := {a.inputs.clusterId | some a in cluster_acls}

findings contains ["NET-10", c.urn, "acl"] if {
	some c in clusters
	not with_acl[c.id]
}

findings contains ["NET-10", a.urn, sprintf("aclRules[%d].ip", [i])] if {
	some a in cluster_acls
	some i, rule in a.inputs.aclRules
	anywhere[rule.ip]
}

# LOC-01: every located resource stands in a region of the profile.
findings contains ["LOC-01", r.urn, "region"] if {
	some r in resources
	startswith(r.type, "scaleway:")
	r.inputs.region != "fr-par"
}

findings contains ["LOC-01", r.urn, "zone"] if {
	some r in resources
	startswith(r.type, "scaleway:")
	not r.inputs.zone in {"fr-par-1", "fr-par-2", "fr-par-3"}
	r.inputs.zone
}

# TRP-01: each resource writes its own place.
place_property := {
	"scaleway:instance/securityGroup:SecurityGroup": "zone",
	"scaleway:keymanager/key:Key": "region",
	"scaleway:kubernetes/acl:Acl": "region",
	"scaleway:kubernetes/cluster:Cluster": "region",
	"scaleway:kubernetes/pool:Pool": "zone",
	"scaleway:network/acl:Acl": "region",
	"scaleway:network/gatewayNetwork:GatewayNetwork": "zone",
	"scaleway:network/privateNetwork:PrivateNetwork": "region",
	"scaleway:network/publicGateway:PublicGateway": "zone",
	"scaleway:network/vpc:Vpc": "region",
	"scaleway:object/bucket:Bucket": "region",
	"scaleway:object/bucketPolicy:BucketPolicy": "region",
	"scaleway:object/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": "region",
}

findings contains ["TRP-01", r.urn, property] if {
	some r in resources
	property := place_property[r.type]
	not r.inputs[property]
}

# TRP-03: what belongs to a project names it.
in_projects := {
	"scaleway:instance/securityGroup:SecurityGroup",
	"scaleway:keymanager/key:Key",
	"scaleway:kubernetes/cluster:Cluster",
	"scaleway:network/privateNetwork:PrivateNetwork",
	"scaleway:network/publicGateway:PublicGateway",
	"scaleway:network/vpc:Vpc",
	"scaleway:object/bucket:Bucket",
	"scaleway:object/bucketPolicy:BucketPolicy",
	"scaleway:object/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
}

findings contains ["TRP-03", r.urn, "projectId"] if {
	some r in resources
	in_projects[r.type]
	not r.inputs.projectId
}

# TRP-10: clusters and pools are made after the attachment that their nodes leave by.
needs := {r.urn: r.dependencies | some r in resources}

attached := {network: urns |
	some attachment in attachments
	network := attachment.inputs.privateNetworkId
	urns := {a.urn | some a in attachments; a.inputs.privateNetworkId == network}
}

nodes contains [c.urn, c.inputs.privateNetworkId] if some c in clusters

nodes contains [p.urn, cluster_of[p.inputs.clusterId].inputs.privateNetworkId] if some p in pools

findings contains ["TRP-10", urn, "dependsOn"] if {
	some [urn, network] in nodes
	count(attached[network] & graph.reachable(needs, {urn})) == 0
}

# KEY-01: health buckets are encrypted by a Key Manager key of the estate.
defaults_of := {name: defaults |
	some encryption in encryptions
	name := encryption.inputs.bucket
	defaults := {[i, rule.applyServerSideEncryptionByDefault] |
		some e in encryptions
		e.inputs.bucket == name
		some i, rule in e.inputs.rules
	}
}

findings contains ["KEY-01", b.urn, "serverSideEncryption"] if {
	some b in buckets
	health(b)
	not defaults_of[b.inputs.name]
}

findings contains ["KEY-01", b.urn, sprintf("rules[%d].applyServerSideEncryptionByDefault.sseAlgorithm", [i])] if {
	some b in buckets
	health(b)
	some [i, by_default] in defaults_of[b.inputs.name]
	by_default.sseAlgorithm != "aws:kms"
}

findings contains ["KEY-01", b.urn, sprintf("rules[%d].applyServerSideEncryptionByDefault.kmsMasterKeyId", [i])] if {
	some b in buckets
	health(b)
	some [i, by_default] in defaults_of[b.inputs.name]
	by_default.sseAlgorithm == "aws:kms"
	not key_tails[by_default.kmsMasterKeyId]
}

# KEY-05: keys are strong and rotate, and those of health data are made in hardware.
strong("aes_256_gcm")

strong(algorithm) if regex.match(`^ml_dsa_(44|65|87)$`, algorithm)

strong(algorithm) if {
	[[_, bits]] := regex.find_all_string_submatch_n(`^rsa_(?:oaep|pss|pkcs1)_(\d+)_sha\d+$`, algorithm, 1)
	to_number(bits) >= 3072
}

in_time(k) if time.parse_duration_ns(k.inputs.rotationPolicy.rotationPeriod) <= ((90 * 24) * 3600) * 1000000000

findings contains ["KEY-05", k.urn, "algorithm"] if {
	some k in keys
	not strong(k.inputs.algorithm)
}

findings contains ["KEY-05", k.urn, "rotationPolicy.rotationPeriod"] if {
	some k in keys
	not startswith(k.inputs.usage, "asymmetric_")
	not in_time(k)
}

findings contains ["KEY-05", k.urn, "protectionLevel"] if {
	some k in keys
	startswith(tag(k, "data-class"), "health-")
}
