import * as kubernetes from "@pulumi/kubernetes";

// The password is in the program, in its state, and in every backup of it.
new kubernetes.core.v1.Secret("database", {
  metadata: { name: "database", namespace: "trino" },
  stringData: { password: "correct horse battery staple" },
});
