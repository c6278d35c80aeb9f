import type { LaunchEvent } from "../core/event.ts";
import type { Timeline } from "../core/timeline.ts";
import { jsonText } from "./jsonText.ts";
import { printable } from "./printable.ts";
import type { Report } from "./report.ts";
import {
  busyCores,
  type Instant,
  instants,
  lanes,
  packageCounts,
  phaseSpans,
  processSpans,
  type Reading,
  requestSpans,
  type Span,
  silences,
} from "./traceTracks.ts";

/**
 * One event of the Trace Event Format: a complete slice (X), an instant (i), a counter (C) or metadata (M). `ts` and `dur`
 * are in whole microseconds; a `ts` counts from the Unix epoch, as in the file of `go build -debug-trace`
 * (cmd/go/internal/trace/trace.go), so that both lie on one clock.
 */
export interface TraceEvent {
  readonly name: string;
  readonly ph: "X" | "i" | "C" | "M";
  readonly cat?: string;
  readonly ts?: number;
  readonly dur?: number;
  /** An instant is its thread's alone: Perfetto puts those of a process on a track without a name. */
  readonly s?: "t";
  readonly pid: number;
  readonly tid: number;
  readonly args?: Readonly<Record<string, unknown>>;
}

/** A launch, and what it came to. */
export interface Traced {
  /** Its log, as recorded. */
  readonly events: readonly LaunchEvent[];
  /** What the events added up to when it was looked at: the phases are cut as its report has them. */
  readonly timeline: Timeline;
  /** How it ended as the shell saw it: a stalled launch that was ended for that is only "cancelled" to its events. */
  readonly outcome?: Report["outcome"];
  readonly findings?: Report["findings"];
}

/** The file of `go build -debug-trace` has process 0; ours is dlv's, and this one where no dlv was started by us. */
const processWithoutDlv = 1;

interface Track {
  readonly name: string;
  readonly cat: string;
  readonly spans: readonly Span[];
  readonly instants?: readonly Instant[];
}

/**
 * A launch as a text for Perfetto and chrome://tracing: a JSON array, one event a line, as cmd/go writes it, so that
 * both files can be joined (`jq -s add`). By the Trace Event Format's own document, which cmd/go refers to, and by what
 * Perfetto's importer takes: slices of one thread must not overlap unless one lies in the other, so what runs side by side
 * has a thread each. The events are as recorded, that is, redacted, and nothing but names and figures is told of them.
 * Throws an Error where the log has no beginning.
 */
export function traceText(launch: Traced): string {
  return `[\n${traceEvents(launch)
    .map((event) => jsonText(event))
    .join(",\n")}\n]\n`;
}

/** The same as events. */
export function traceEvents(launch: Traced): TraceEvent[] {
  const { events, timeline } = launch;
  const asked = events.find((event) => event.kind === "asked");
  if (asked?.kind !== "asked") throw new Error("the log of this launch does not say when it was asked for");
  const end = timeline.totalMs;
  const pid = timeline.dlv?.pid ?? processWithoutDlv;
  const epoch = Date.parse(asked.time);
  const us = (t: number) => Math.round((epoch + t) * 1000);
  const tracks: readonly Track[] = [
    { name: "phases", cat: "phase", ...phaseSpans(timeline.phases, events) },
    {
      name: "diagnosis",
      cat: "diagnosis",
      spans: silences(events, timeline),
      ...verdictInstants(launch),
    },
    ...laned("DAP", "dap", requestSpans(events, end), instants(events)),
    ...laned("processes", "process", processSpans(events, end)),
  ].filter(({ spans, instants: marks = [] }) => spans.length + marks.length > 0);
  const title = `Delve launch "${asked.launch.name}" (${asked.launch.mode})`;
  return [
    { name: "process_name", ph: "M", pid, tid: 0, args: { name: printable(title) } },
    { name: "process_sort_index", ph: "M", pid, tid: 0, args: { sort_index: -1 } },
    ...tracks.flatMap((track, index) => drawn(track, pid, index + 1, us)),
    ...counted("packages", packageCounts(events), pid, us),
    ...counted("CPU of dlv's processes", busyCores(events), pid, us),
  ];
}

/** Its spans on as many threads as run side by side at most; what has no length is on the first. */
function laned(name: string, cat: string, spans: readonly Span[], marks: readonly Instant[] = []): Track[] {
  const [first = [], ...more] = lanes(spans);
  return [{ name, cat, spans: first, instants: marks }, ...more.map((lane) => ({ name, cat, spans: lane }))];
}

/** The findings, each where the phase that it explains had ended; and how the launch ended. */
function verdictInstants({ timeline, findings = [], outcome }: Traced): { instants: Instant[] } {
  const { phases, totalMs } = timeline;
  const ended = outcome ?? timeline.outcome;
  const found = findings.map(({ cause, title, certainty, because, evidence, explains }): Instant => {
    const phase = phases.find(({ name }) => name === explains?.phase);
    const t = phase === undefined ? totalMs : phase.startMs + phase.ms;
    return { name: title, t, args: { cause, certainty, because, evidence, ...(explains && { explains }) } };
  });
  return { instants: ended === undefined ? found : [...found, { name: ended, t: totalMs, args: {} }] };
}

function drawn(
  { name, cat, spans, instants: marks = [] }: Track,
  pid: number,
  tid: number,
  us: (t: number) => number,
): TraceEvent[] {
  return [
    { name: "thread_name", ph: "M", pid, tid, args: { name } },
    { name: "thread_sort_index", ph: "M", pid, tid, args: { sort_index: tid } },
    ...spans.map((span): TraceEvent => {
      const ts = us(span.from);
      const shown = { name: printable(span.name), cat: span.cat ?? cat, args: span.args };
      // From both ends, not from the length: where one slice ends the next begins, to the microsecond.
      return { ...shown, ph: "X", ts, dur: us(span.to) - ts, pid, tid };
    }),
    ...marks.map(
      (mark): TraceEvent => ({
        name: printable(mark.name),
        ph: "i",
        cat,
        ts: us(mark.t),
        s: "t",
        pid,
        tid,
        args: mark.args,
      }),
    ),
  ];
}

function counted(
  name: string,
  readings: readonly Reading[],
  pid: number,
  us: (t: number) => number,
): TraceEvent[] {
  return readings.map(({ t, values }) => ({ name, ph: "C", ts: us(t), pid, tid: 0, args: values }));
}
