import ssh2, { type ParsedKey } from "ssh2";
import { say } from "../../core/say.ts";
import type { Person } from "../channel.ts";
import { type KeyFile, readKey } from "./keys.ts";

/** How often a person may mistype, as OpenSSH's NumberOfPasswordPrompts. */
export const tries = 3;

/** Private keys, opened at most once each for the time that a chain of connections is made. */
export interface Keyring {
  /** Undefined where the person gave no passphrase that opens it. Rejects with one line where it is no key. */
  open(file: KeyFile): Promise<ParsedKey | undefined>;
}

/** Asks `person` for passphrases. Nothing is kept once the keyring is let go. */
export function keyring(person: Person): Keyring {
  const opened = new Map<string, Promise<ParsedKey | undefined>>();
  return {
    open(file) {
      const before = opened.get(file.path) ?? openKey(file, person);
      opened.set(file.path, before);
      return before;
    },
  };
}

async function openKey({ path, state }: KeyFile, person: Person): Promise<ParsedKey | undefined> {
  const bytes = await readKey(path);
  if (state === "plain") return parsed(ssh2.utils.parseKey(bytes), path);
  for (let tried = 0; tried < tries; tried++) {
    const passphrase = await person.secret(
      tried === 0
        ? say`Passphrase for the key ${path}`
        : say`That did not open it. Passphrase for the key ${path}`,
    );
    if (passphrase === undefined) return undefined;
    const key = ssh2.utils.parseKey(bytes, passphrase);
    if (!(key instanceof Error)) return parsed(key, path);
  }
  return undefined;
}

function parsed(result: ParsedKey | ParsedKey[] | Error, path: string): ParsedKey {
  const key = Array.isArray(result) ? result[0] : result;
  if (key === undefined || key instanceof Error)
    throw new Error(say`${path} is no private key that can be read: ${key?.message ?? say`it is empty`}`);
  return key;
}
