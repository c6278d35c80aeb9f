import type { Probe } from "../core/probe.ts";
import { dlvVersion } from "../probes/dlvVersion.ts";
import { goVersion } from "../probes/goVersion.ts";

/** Asks a launch's host one question; undefined where there is no answer. */
type Ask = (one: Probe<string | undefined>) => Promise<string | undefined>;

/** The version of the Go that a launch builds with, or that built its program, such as "1.26.3". */
export async function goVersionOf(ask: Ask): Promise<string | undefined> {
  return (await ask(goVersion))?.replace(/^go/, "");
}

/** The version of a launch's dlv, such as "1.27.1". */
export async function dlvVersionOf(ask: Ask): Promise<string | undefined> {
  return ask(dlvVersion);
}
