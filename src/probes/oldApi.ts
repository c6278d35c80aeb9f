import { probe } from "../core/probe.ts";

/** What this dlv makes of `--api-version=1`. */
export interface OldApi {
  /** Undefined where dlv says neither. */
  readonly taken?: boolean;
  /** dlv's own last words. */
  readonly said: string;
}

/**
 * Starts a headless dlv for API 1 with a program that is not there: a Delve without API 1 refuses the version before it
 * looks for the program, an older one misses the program. Either way it ends at once.
 */
export const oldApi = probe<OldApi>({
  id: "old-api",
  argv: ({ dlv }) => [
    dlv,
    "exec",
    "/nonexistent/program",
    "--headless",
    "--api-version=1",
    "--listen=127.0.0.1:0",
  ],
  read({ stdout, stderr }) {
    const said = `${stdout}\n${stderr}`.trim().split("\n").at(-1) ?? "";
    if (said.includes("unknown API version")) return { taken: false, said };
    if (/nonexistent\/program/.test(said)) return { taken: true, said };
    return { said };
  },
});
