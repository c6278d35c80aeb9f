import type { Config } from "../core/config.ts";
import { distance } from "../core/distance.ts";
import type { Found, Written } from "./find.ts";

/** How a configuration is asked for: by name, or made from a program. */
export interface Choice {
  readonly config?: string;
  readonly program?: string;
  readonly mode?: string;
}

/** A configuration to run. One that was made from `--program` is written nowhere and has no `source`. */
export interface Chosen {
  readonly name: string;
  readonly config: Config;
  readonly written?: Written;
}

/** A value, or the one line that says why there is none. */
export type Picked = { readonly chosen: Chosen } | { readonly error: string };

const modes = ["debug", "test", "exec", "attach"];

/** Picks the configuration to run: the named one, one made from a program, or the only Go configuration there is. */
export function pick(found: Found, choice: Choice): Picked {
  const go = found.configurations.filter((one) => one.type === "go");
  if (choice.config !== undefined && choice.program !== undefined)
    return { error: "--config and --program exclude each other" };
  if (choice.program !== undefined) return made(choice.program, choice.mode ?? "debug");
  if (choice.mode !== undefined) return { error: "--mode needs --program" };
  if (choice.config !== undefined) return byName(found, go, choice.config);
  const [only, ...more] = go;
  if (only === undefined)
    return { error: `there is no Go configuration${seeProblems(found)}; use --program PATH` };
  if (more.length > 0)
    return { error: `there are several configurations: ${listed(go)}; choose one with --config` };
  return { chosen: chosenOf(only) };
}

function chosenOf(written: Written): Chosen {
  return { name: written.name, config: written.config, written };
}

function byName(found: Found, go: readonly Written[], name: string): Picked {
  const written = go.find((one) => one.name === name);
  if (written !== undefined) return { chosen: chosenOf(written) };
  const other = found.configurations.find((one) => one.name === name);
  if (other !== undefined) return { error: `"${name}" is a configuration of type "${other.type}", not "go"` };
  const compound = found.compounds.find((one) => one.name === name);
  if (compound !== undefined) {
    const parts = compound.configurations.map((part) => `"${part}"`).join(", ");
    return { error: `"${name}" is a compound; choose one of its configurations: ${parts}` };
  }
  if (go.length === 0)
    return { error: `there is no configuration "${name}", nor any for Go${seeProblems(found)}` };
  const near = nearest(name, go);
  const meant = near === undefined ? "" : `did you mean "${near}"? `;
  return { error: `there is no configuration "${name}"; ${meant}available: ${listed(go)}` };
}

function made(program: string, mode: string): Picked {
  if (!modes.includes(mode)) return { error: `--mode ${mode} is not one of ${modes.join(", ")}` };
  const common = { name: `${mode} ${program}`, type: "go" };
  if (mode !== "attach")
    return { chosen: { name: common.name, config: { ...common, request: "launch", mode, program } } };
  const processId = /^[1-9]\d*$/.test(program) ? Number(program) : undefined;
  if (processId === undefined)
    return { error: "--mode attach takes a process id: --program PID --mode attach" };
  return {
    chosen: { name: common.name, config: { ...common, request: "attach", mode: "local", processId } },
  };
}

function listed(go: readonly Written[]): string {
  return go.map((one) => `"${one.name}"`).join(", ");
}

function seeProblems(found: Found): string {
  const [first] = found.problems;
  return first === undefined ? "" : ` (${first.file}:${first.line}:${first.column}: ${first.message})`;
}

/** The name that a typing mistake away is closest, or undefined where none is close. */
function nearest(name: string, go: readonly Written[]): string | undefined {
  const typed = name.toLowerCase();
  const scored = go.map((one) => ({ name: one.name, far: distance(typed, one.name.toLowerCase()) }));
  const [best] = scored.sort((a, b) => a.far - b.far);
  if (best !== undefined && best.far <= Math.max(2, name.length / 3)) return best.name;
  return go.find((one) => one.name.toLowerCase().includes(typed))?.name;
}
