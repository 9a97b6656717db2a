/** Any JSON value; `undefined` members are left out when it is written. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json } | undefined;
export type JsonObject = { readonly [key: string]: Json };
