/**
 * `bastide-kube-credential`, the exec plug-in of our kubeconfigs: prints the caller's own Scaleway secret key as the token, which Kapsule
 * takes for what IAM says of its bearer. It is read from the environment and written nowhere. Exit 1 where there is none.
 */
const token = process.env.SCW_SECRET_KEY ?? "";
if (token === "") {
  process.stderr.write(
    "bastide-kube-credential: SCW_SECRET_KEY is not set: export the key of who works in the cluster\n",
  );
  process.exitCode = 1;
} else {
  const credential = { apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status: { token } };
  process.stdout.write(`${JSON.stringify(credential)}\n`);
}
