import type { OutputInstance } from "@pulumi/pulumi";

/**
 * Types that turn a provider SDK's argument interfaces into what a reader may ask for, so that a decoder which names a
 * property that the SDK does not have does not compile.
 */

/** An input without its promise and output forms. */
export type Bare<T> = T extends Promise<unknown> | OutputInstance<unknown> ? never : T;

type Value<A, K extends keyof A> = NonNullable<Bare<A[K]>>;

/** Names of the properties of `A` whose plain value is a `V`. */
export type KeysOf<A, V> = { [K in keyof A]-?: Value<A, K> extends V ? K : never }[keyof A] & string;

/** Names of the properties that hold one object. */
export type ObjectKeys<A> = {
  [K in keyof A]-?: Value<A, K> extends readonly unknown[] ? never : Value<A, K> extends object ? K : never;
}[keyof A] &
  string;

/** Names of the properties that hold a list. */
export type ListKeys<A> = KeysOf<A, readonly unknown[]>;

/** The object that property `K` holds. */
export type Member<A, K extends keyof A> = Value<A, K> extends object ? Value<A, K> : never;

/** An element of the list that property `K` holds. */
export type Item<A, K extends keyof A> =
  Value<A, K> extends readonly (infer E)[] ? (Bare<E> extends object ? Bare<E> : never) : never;
