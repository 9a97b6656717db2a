/** Key Manager v1alpha1: what keys are made for, by usage; names and recommendations of scaleway-sdk-go. */
export const ALGORITHMS = {
  symmetric_encryption: [{ name: "aes_256_gcm", recommended: true }],
  asymmetric_encryption: [
    { name: "rsa_oaep_2048_sha256", recommended: false },
    { name: "rsa_oaep_3072_sha256", recommended: true },
    { name: "rsa_oaep_4096_sha256", recommended: false },
  ],
  asymmetric_signing: [
    { name: "ec_p256_sha256", recommended: true },
    { name: "ec_p384_sha384", recommended: false },
    { name: "rsa_pss_2048_sha256", recommended: false },
    { name: "rsa_pss_3072_sha256", recommended: false },
    { name: "rsa_pss_4096_sha256", recommended: false },
    { name: "rsa_pkcs1_2048_sha256", recommended: false },
    { name: "rsa_pkcs1_3072_sha256", recommended: false },
    { name: "rsa_pkcs1_4096_sha256", recommended: false },
    { name: "ml_dsa_44", recommended: false },
    { name: "ml_dsa_65", recommended: false },
    { name: "ml_dsa_87", recommended: false },
  ],
} as const;
export type Usage = keyof typeof ALGORITHMS;
