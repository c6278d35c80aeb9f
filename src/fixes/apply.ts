import { codeOf, readText } from "../config/text.ts";
import type { Host, Limits } from "../core/host.ts";
import { say } from "../core/say.ts";
import type { Change, CommandChange, TextChange } from "./change.ts";
import { rootLine } from "./shellLine.ts";
import { writeText } from "./write.ts";

/**
 * What became of a change. refused: the file is not as it was previewed, and nothing was done. in-terminal: `line` is to be
 * typed, not sent, into a terminal that the person sees. advice: a person must do it.
 */
export type Applied =
  | { readonly kind: "applied" }
  | { readonly kind: "refused"; readonly because: string }
  | { readonly kind: "failed"; readonly because: string }
  | { readonly kind: "in-terminal"; readonly line: string; readonly cwd: string }
  | { readonly kind: "advice"; readonly text: string };

/** A fix may install a tool or fill the build cache over a slow network. */
const limits: Limits = { ms: 600_000, bytes: 64 * 1024 };

/** Applies a change exactly as it was previewed. Never throws, and never runs a command as another user. */
export async function applyChange(change: Change, host: Host): Promise<Applied> {
  switch (change.kind) {
    case "advice":
      return change;
    case "text":
      return applyText(change);
    case "command":
      if (change.needsRoot) return { kind: "in-terminal", line: rootLine(change.argv), cwd: change.cwd };
      return runCommand(change, host);
  }
}

async function applyText({ file, before, after, mode }: TextChange): Promise<Applied> {
  try {
    const now = (await readText(file)) ?? null;
    if (now !== before)
      return { kind: "refused", because: say`${file} was changed since the preview; preview it again` };
    await writeText(file, after, mode);
    return { kind: "applied" };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: "failed", because: message.includes(file) ? message : `${file} ${message}` };
  }
}

async function runCommand({ argv, cwd }: CommandChange, host: Host): Promise<Applied> {
  const program = argv[0] ?? "";
  try {
    const { code, stderr, stdout, timedOut } = await host.run({ argv, cwd }, limits);
    if (timedOut)
      return { kind: "failed", because: say`${program} did not end within ${limits.ms / 60_000} minutes` };
    if (code === 0) return { kind: "applied" };
    const last = (stderr.trim() || stdout.trim()).split("\n").at(-1) ?? "";
    const how =
      code === null ? say`${program} was ended by a signal` : say`${program} ended with exit code ${code}`;
    return { kind: "failed", because: last === "" ? how : `${how}: ${last}` };
  } catch (error) {
    return {
      kind: "failed",
      because: say`${program} could not be started (${codeOf(error) ?? say`unknown error`})`,
    };
  }
}
