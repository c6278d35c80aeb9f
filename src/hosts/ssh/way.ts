import type { KeyFile } from "./keys.ts";
import type { SshTarget } from "./target.ts";

/** Which program makes the connection. `because` is why the system's ssh must, in words that follow "because". */
export type Way = { readonly by: "ssh2" } | { readonly by: "ssh"; readonly because: string };

/** Decides for one target, hops not looked at: whoever chains asks for each hop. */
export function wayOf(_target: SshTarget, _keys: readonly KeyFile[]): Way {
  throw new Error("not written yet");
}
