import type { Explained } from "../core/cause.ts";
import { type Launch, textOf } from "../core/launch.ts";
import { spent } from "../core/timeline.ts";

/** Everything that Delve, go and the program said about a launch, for the rules that look for a text. */
export function saidBy({ timeline }: Launch): string {
  const { buildError, failure, said, printed, breakpoints } = timeline;
  const answers = breakpoints.map(({ message }) => message ?? "");
  return [failure?.text ?? "", buildError ?? "", said, printed, ...answers].join("\n");
}

/** True once the program runs under dlv: ptrace, the binary and its version were all right. */
export function isUnderWay({ timeline }: Launch): boolean {
  return timeline.phases.some(({ name }) => name === "configure" || name === "run");
}

/** The failed load of a launch that said `text`: what a cause that stopped it accounts for. */
export function lostLoad(launch: Launch, text: RegExp): { readonly explains?: Explained } {
  if (!text.test(launch.timeline.failure?.text ?? "")) return {};
  return { explains: { phase: "load", ms: spent(launch.timeline, "load") } };
}

/** The process that an attach names; undefined where the configuration names none. */
export function attachPid(launch: Launch): number | undefined {
  const pid = Number(launch.config["processId"] ?? 0);
  return launch.request === "attach" && Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

/** True when dlv starts or attaches to the program here, under ptrace: neither remote, nor a core, nor noDebug. */
export function traces(launch: Launch): boolean {
  const modes = launch.request === "attach" ? ["local"] : ["debug", "test", "exec"];
  const backend = textOf(launch, "backend") ?? "default";
  if (launch.config["noDebug"] === true || launch.config["port"] !== undefined) return false;
  return modes.includes(launch.mode) && ["default", "native"].includes(backend);
}

/**
 * True while ptrace(2) may be what such a launch fails at. Not while go still builds: nothing has been traced then, and to
 * try dlv out is the dearest look of all.
 */
export function mayBeRefused(launch: Launch): boolean {
  return traces(launch) && !isUnderWay(launch) && launch.timeline.current !== "build";
}
