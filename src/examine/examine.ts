import type { Cause, Found } from "../core/cause.ts";
import type { Finding, Unknown, Verdicts } from "../core/finding.ts";
import type { Host } from "../core/host.ts";
import type { Launch } from "../core/launch.ts";
import type { Probe } from "../core/probe.ts";
import { say } from "../core/say.ts";
import { ask } from "./ask.ts";
import { rank } from "./rank.ts";

/**
 * Judges every cause against one launch. Each probe that an applicable cause needs is asked once, all in one round
 * trip. Never rejects: a host that does not answer makes every cause that needs it unknown, with the reason. `near` is
 * where the editor and its folder are: what is asked of it costs the host nothing.
 */
export async function examine(
  host: Host,
  launch: Launch,
  causes: readonly Cause[],
  near: Host = host,
): Promise<Verdicts> {
  const asked = causes.filter((one) => one.where !== "editor" || host.kind === "local");
  const applicable = asked.filter((one) => one.when?.(launch) ?? true);
  const probes = [...new Set(applicable.flatMap((one) => Object.values(one.needs)))];
  const isNear = (one: Probe<unknown>) => one.near === true && near !== host;
  const [far, here] = await Promise.all([
    ask(host, launch, new Set(probes.filter((one) => !isNear(one)))),
    ask(near, launch, new Set(probes.filter(isNear))),
  ]);
  const facts = new Map([...far, ...here]);
  const findings: Finding[] = [];
  const unknown: Unknown[] = [];
  for (const one of applicable) {
    const known = gather(one, facts);
    if (typeof known === "string") {
      unknown.push({ cause: one.id, because: known });
      continue;
    }
    try {
      const found = one.find(known, launch);
      if (found !== undefined) findings.push(asSureAsMayBe(one, found));
    } catch (error) {
      unknown.push({ cause: one.id, because: say`its rule failed: ${messageOf(error)}` });
    }
  }
  const open = new Set([...findings, ...unknown].map((one) => one.cause));
  return {
    findings: rank(findings),
    clear: causes.map((one) => one.id).filter((id) => !open.has(id)),
    unknown,
  };
}

/** Nobody has seen a rule be right that was written from documents alone, so what it finds is likely at most. */
function asSureAsMayBe({ id, title, about }: Cause, found: Found): Finding {
  const finding = { cause: id, title, ...found };
  if (about.seen === "real") return finding;
  return {
    ...finding,
    certainty: found.certainty === "proven" ? "likely" : found.certainty,
    documented: true,
  };
}

/** The facts of one cause by name, or the reason why one of them is not known. */
function gather(one: Cause, facts: Awaited<ReturnType<typeof ask>>): Record<string, unknown> | string {
  const known: Record<string, unknown> = {};
  for (const [name, need] of Object.entries(one.needs)) {
    const fact = facts.get(need);
    if (fact === undefined || "because" in fact) return fact?.because ?? say`its probe was not asked`;
    known[name] = fact.value;
  }
  return known;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
