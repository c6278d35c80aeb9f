import { applyChange } from "../fixes/apply.ts";
import type { Advice, CommandChange } from "../fixes/change.ts";
import { localHost } from "../hosts/local.ts";
import { connect } from "./connections.ts";
import { runInTerminal } from "./terminal.ts";

/**
 * Runs a command on this machine or, with `on`, on another; one for root through the person, until `inForce` says that it
 * did its work. False where they give up, or where only a person can do it. Rejects where it failed.
 */
export async function carryOut(
  change: CommandChange | Advice,
  on: string | undefined,
  inForce: () => Promise<boolean>,
): Promise<boolean> {
  const machine = on === undefined ? undefined : await connect(on);
  try {
    const own = machine?.profile.uid === 0 && change.kind === "command";
    const applied = await applyChange(own ? { ...change, needsRoot: false } : change, machine ?? localHost);
    if (applied.kind === "failed" || applied.kind === "refused") throw new Error(applied.because);
    if (applied.kind !== "in-terminal") return applied.kind === "applied";
    // A terminal may stay open for longer than we need the machine.
    const line = on === undefined ? applied : { ...applied, machine: await connect(on) };
    return await runInTerminal(line, inForce);
  } finally {
    await machine?.close();
  }
}
