import { type RawValue, UNKNOWN } from "../../../judge/facts/raw.ts";
import { WEAK_SSH_KEY } from "../../harness/mutations-custody.data.ts";
import { raw, tagList, tagMap, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const key = urnOf(T.key, "k");
const quarter = { rotationPolicy: { rotationPeriod: "2160h" } };
const symmetric = { usage: "symmetric_encryption", algorithm: "aes_256_gcm" };
const ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOJIjuV+sYe6WDzCEKcHhOxeW68J1dJzGwacjNxLaMKl somebody@somewhere";
const hardwareKey = urnOf(T.bastideKey, "h");
const hardware = (protectionLevel: RawValue) =>
  raw(T.bastideKey, "h", { ...symmetric, ...quarter, protectionLevel, tags: tagList("health-pseudo") });
const sshKey = urnOf(T.sshKey, "s");

export const key05: RuleCases = {
  passing: [
    {
      name: "AES, rotated each quarter",
      resources: [raw(T.key, "k", { ...symmetric, ...quarter })],
      on: key,
      property: "rotationPolicy.rotationPeriod",
    },
    {
      name: "in days of hours and minutes",
      resources: [raw(T.key, "k", { ...symmetric, rotationPolicy: { rotationPeriod: "2159h59m60s" } })],
      on: key,
    },
    {
      name: "a signing key, which no schedule rotates",
      resources: [raw(T.key, "k", { usage: "asymmetric_signing", algorithm: "ec_p384_sha384" })],
      on: key,
      property: "algorithm",
    },
    {
      name: "imported material, which rotates by import",
      resources: [raw(T.key, "k", { ...symmetric, origin: "external" })],
      on: key,
      property: "algorithm",
    },
    {
      name: "a health key in hardware",
      resources: [hardware("hsm")],
      on: hardwareKey,
      property: "protectionLevel",
    },
    {
      name: "a health key of imported material",
      resources: [raw(T.key, "k", { ...symmetric, origin: "external", tags: tagList("health-pseudo") })],
      on: key,
      property: "protectionLevel",
    },
    { name: "an SSH key of today", resources: [raw(T.sshKey, "s", { publicKey: ED25519 })], on: sshKey },
  ],
  failing: [
    {
      name: "no rotation",
      resources: [raw(T.key, "k", symmetric)],
      on: key,
      property: "rotationPolicy.rotationPeriod",
    },
    {
      name: "a rotation each year",
      resources: [raw(T.key, "k", { ...symmetric, rotationPolicy: { rotationPeriod: "8760h" } })],
      on: key,
      property: "rotationPolicy.rotationPeriod",
      got: "8760h",
    },
    {
      name: "RSA of 2048 bits",
      resources: [raw(T.key, "k", { usage: "asymmetric_signing", algorithm: "rsa_pss_2048_sha256" })],
      on: key,
      property: "algorithm",
      got: "rsa_pss_2048_sha256",
    },
    {
      name: "a health key that software made",
      resources: [raw(T.key, "k", { ...symmetric, ...quarter, tags: tagList("health-pseudo") })],
      on: key,
      property: "protectionLevel",
      got: "software",
    },
    {
      name: "an SSH key of 1024 bits",
      resources: [raw(T.sshKey, "s", { publicKey: WEAK_SSH_KEY })],
      on: sshKey,
      property: "publicKey",
    },
  ],
  undecided: [
    {
      name: "a level that is not known",
      resources: [hardware(UNKNOWN)],
      on: hardwareKey,
      property: "protectionLevel",
    },
    {
      name: "an algorithm that is not known",
      resources: [raw(T.key, "k", { ...symmetric, ...quarter, algorithm: UNKNOWN })],
      on: key,
      property: "algorithm",
    },
    {
      name: "no rotation of what may be imported",
      resources: [raw(T.key, "k", { ...symmetric, origin: UNKNOWN })],
      on: key,
      property: "rotationPolicy.rotationPeriod",
    },
  ],
  notApplicable: [
    {
      name: "rotation of a signing key",
      resources: [raw(T.key, "k", { usage: "asymmetric_signing", algorithm: "ec_p256_sha256" })],
      on: key,
      property: "rotationPolicy.rotationPeriod",
    },
  ],
  mutations: [
    { of: "AES, rotated each quarter", on: key, property: "rotationPolicy.rotationPeriod", to: "2161h" },
    { of: "AES, rotated each quarter", on: key, property: "algorithm", to: "aes_256" },
    { of: "a health key in hardware", on: hardwareKey, property: "protectionLevel", to: undefined },
    { of: "a health key in hardware", on: hardwareKey, property: "protectionLevel", to: "software" },
    { of: "an SSH key of today", on: sshKey, property: "publicKey", to: "ssh-dss AAAAB3NzaC1kc3MAAAAB" },
  ],
};

const kept = { protect: true };

export const key06: RuleCases = {
  passing: [
    { name: "a key under both guards", resources: [raw(T.key, "k", symmetric, kept)], on: key },
    {
      name: "a secret under both guards",
      resources: [raw(T.secret, "s", { protected: true }, kept)],
      on: urnOf(T.secret, "s"),
      property: "protected",
    },
    {
      name: "a bucket that keeps its content",
      resources: [raw(T.bucket, "b", { name: "b", forceDestroy: false }, kept)],
      on: urnOf(T.bucket, "b"),
    },
    {
      name: "a server with health data",
      resources: [raw(T.server, "s", { protected: true, tags: tagList("health-pseudo", "data") }, kept)],
      on: urnOf(T.server, "s"),
    },
  ],
  failing: [
    {
      name: "a bucket that goes with its content",
      resources: [raw(T.bucket, "b", { forceDestroy: true }, kept)],
      on: urnOf(T.bucket, "b"),
      property: "forceDestroy",
      got: true,
    },
    {
      name: "a key that the engine may delete",
      resources: [raw(T.key, "k", symmetric)],
      on: key,
      property: "options.protect",
      got: false,
    },
    {
      name: "a secret that says nothing",
      resources: [raw(T.secret, "s", { name: "s" }, kept)],
      on: urnOf(T.secret, "s"),
      property: "protected",
      got: false,
    },
  ],
  undecided: [
    {
      name: "a door that does not show the engine's guard",
      resources: [raw(T.key, "k", symmetric, { protect: "hidden" })],
      on: key,
      property: "options.protect",
    },
    {
      name: "a disk whose class is not known",
      resources: [raw(T.volume, "v", { iops: 5000, tags: UNKNOWN })],
      on: urnOf(T.volume, "v"),
    },
  ],
  notApplicable: [
    {
      name: "a server that can be made again",
      resources: [raw(T.server, "s", { type: "POP2-2C-8G", tags: tagList("technical", "admin") })],
      on: urnOf(T.server, "s"),
    },
    {
      name: "a bucket that is read, not made",
      resources: [raw(T.bucket, "b", {}, { outputs: { name: "b", tags: tagMap() } })],
      on: urnOf(T.bucket, "b"),
    },
  ],
  mutations: [
    { of: "a key under both guards", on: key, property: "unprotected", to: true },
    { of: "a secret under both guards", on: urnOf(T.secret, "s"), property: "protected", to: undefined },
    { of: "a bucket that keeps its content", on: urnOf(T.bucket, "b"), property: "forceDestroy", to: true },
  ],
};
