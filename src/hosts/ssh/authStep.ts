import type { AnyAuthMethod } from "ssh2";
import type { Person } from "../channel.ts";
import type { KeyFile } from "./keys.ts";
import type { Keyring } from "./secrets.ts";

/** One try to log in. `method` is SSH's name of it, `label` is what a person reads when all have failed. */
export interface Step {
  readonly method: "publickey" | "keyboard-interactive" | "password";
  readonly label: string;
  /** Undefined where it cannot be tried after all, such as a key whose passphrase nobody knows. */
  prepare(): Promise<AnyAuthMethod | undefined>;
}

/** What a log-in needs from outside. */
export interface AuthContext {
  readonly person: Person;
  readonly keys: readonly KeyFile[];
  readonly keyring: Keyring;
  /** A question is being asked: the server's time does not run. */
  readonly asking: (asked: Promise<unknown>) => void;
}
