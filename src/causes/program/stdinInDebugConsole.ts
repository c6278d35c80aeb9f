import { cause, type Found } from "../../core/cause.ts";
import { debuggeeOf, isDebugged } from "../../core/debuggee.ts";
import type { Fix } from "../../core/fix.ts";
import { type Launch, textOf } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { type RunningProgram, runningProgram } from "../../probes/runningProgram.ts";
import { type StdinReaders, stdinReaders } from "../../probes/stdinReaders.ts";
import { inputEnded } from "../texts.ts";
import { isAsleep, isFollowed, named, stdinReader, stillness, waited } from "./asleep.ts";

/** A pause shorter than this (ms) is nothing to explain. */
const restMs = 1000;

/** The Debug Console shows output and evaluates expressions; it is no terminal. */
export const stdinInDebugConsole = cause({
  id: "stdin-in-debug-console",
  title: say`The program reads standard input, and the Debug Console gives it none`,
  about: {
    what: 'A program that is debugged without a terminal inherits the standard input of `dlv dap`. That is a socket or pipe to the editor, which never writes into it, so a read waits for ever: it looks like a hang, without any error. What is typed into the Debug Console is an expression for the debugger, answered with `Unable to process "evaluate": debuggee is running`. Where Delve Doctor runs dlv on another machine (`--on`), dlv has /dev/null for its standard input, so there a read gets the end of the input at once and the program ends before its breakpoint. `"console": "integratedTerminal"` runs dlv and the program in a terminal of the editor, where you can type; `"stdinFrom"` (Delve 1.26 and newer) names a file to read from.',
    notThis:
      "A server that waits for requests is idle as well, and healthy: so a thread must really be in read(2) of file 0, and nothing in the program may be listening. A goroutine blocked on a channel or a lock looks the same from the editor; its threads sleep in futex(2). A program that reads a terminal waits for a person.",
    sources: [
      "microsoft/vscode-go#219",
      "microsoft/vscode-go#843",
      "golang/vscode-go#124",
      "golang/vscode-go#1718",
      "golang/vscode-go#2015",
      "go-delve/delve#1274",
      "mfussenegger/nvim-dap#987",
    ],
    seen: "real",
  },
  needs: { program: runningProgram, readers: stdinReaders },
  when: (launch) =>
    launch.request === "launch" && !inTerminal(launch) && (isWaiting(launch) || endedEarly(launch)),
  find({ program, readers }, launch) {
    return endedEarly(launch) ? atItsEnd(readers, launch) : program && waiting(program, launch);
  },
});

function inTerminal(launch: Launch): boolean {
  return /^(?:integrated|external)Terminal$/.test(textOf(launch, "console") ?? "");
}

/** While it is followed nothing may have moved for a while; after that the look at its threads alone tells. */
function isWaiting({ timeline }: Launch): boolean {
  const rests = !isFollowed(timeline) || timeline.idleMs >= restMs;
  return isDebugged(timeline) && rests && debuggeeOf(timeline) !== undefined;
}

/** It ran past nothing and stopped nowhere: its breakpoints were set and it ended before them. */
function endedEarly({ timeline }: Launch): boolean {
  const { outcome, dlv, breakpoints, exitCode = 0 } = timeline;
  return (
    outcome === "exited" &&
    dlv?.exit === undefined &&
    exitCode >= 0 &&
    breakpoints.some((one) => one.verified)
  );
}

function waiting(program: RunningProgram, launch: Launch): Found | undefined {
  const reader = stdinReader(program);
  const stdin = program.files.get(0) ?? "";
  const own = debuggeeOf(launch.timeline);
  if (reader === undefined || own === undefined || !isAsleep(program)) return undefined;
  // Another file than dlv's is one that somebody named with "stdinFrom" or opened: it may well give something.
  if (stdin !== program.dlvStdin || !/^(?:socket|pipe):/.test(stdin)) return undefined;
  // What serves others may keep a goroutine on its standard input, to end when that ends.
  if (program.sockets.some(({ state }) => state === "LISTEN")) return undefined;
  const { tid, syscall, wchan } = reader.thread;
  const call =
    syscall === undefined
      ? say`/proc/${own.pid}/task/${tid}/wchan: ${wchan}, and file 0 is its only ${stdin.split(":")[0] ?? ""} to read from`
      : say`/proc/${own.pid}/task/${tid}/syscall: ${syscall.number} 0x0, read(2) of file 0`;
  const { dlv } = launch.timeline;
  const busy = program.sockets.length > 0;
  return {
    certainty: reader.seen === "exact" && !busy ? "proven" : "likely",
    because: say`${named(own)} waits for standard input, and nothing can be typed there: the Debug Console is no terminal.`,
    evidence: [
      call,
      say`/proc/${own.pid}/fd/0 is ${stdin}, the standard input of dlv (pid ${dlv?.pid ?? 0}) itself`,
      say`"console" is ${JSON.stringify(launch.config["console"] ?? "internalConsole")}`,
      stillness(launch.timeline),
      ...(busy
        ? [say`it also has connections: ${program.sockets.map(({ remote }) => remote).join(", ")}`]
        : []),
    ],
    ...waited(launch.timeline),
    fixes: fixes(launch),
  };
}

function atItsEnd({ dlvStdin, lines }: StdinReaders, launch: Launch): Found | undefined {
  if (dlvStdin !== "/dev/null" || lines.length === 0 || launch.config["stdinFrom"] !== undefined)
    return undefined;
  const { timeline } = launch;
  const said = inputEnded.exec(timeline.printed)?.[0];
  const { exitCode } = timeline;
  return {
    certainty: said === undefined ? "possible" : "likely",
    because: say`The program reads standard input, which is at its end from the start: dlv runs without a terminal.`,
    evidence: [
      say`/proc/${timeline.dlv?.pid ?? 0}/fd/0 is /dev/null: the program inherits it`,
      ...lines,
      ...(said === undefined ? [] : [say`it printed "${said}"`]),
      exitCode === undefined
        ? say`it ended before it came to a breakpoint`
        : say`it ended with exit code ${exitCode} before it came to a breakpoint`,
    ],
    fixes: fixes(launch),
  };
}

/** A terminal is the editor's, and dlv on another machine gets none. */
function fixes(launch: Launch): Fix[] {
  const terminal: Omit<Fix, "preferred"> = {
    id: "stdin-in-debug-console/terminal",
    title: say`Run the program in the integrated terminal: "console": "integratedTerminal"`,
    needsRoot: false,
    scope: "launch",
    action: { kind: "launch.json", edits: [{ at: ["console"], value: "integratedTerminal" }] },
  };
  const file: Omit<Fix, "preferred"> = {
    id: "stdin-in-debug-console/file",
    title: say`Let the program read a file: "stdinFrom"`,
    needsRoot: false,
    scope: "launch",
    action: {
      kind: "advice",
      text: say`Write what the program is to read into a file where dlv runs, and name it in the launch configuration: "stdinFrom": "/path/to/input.txt". Delve 1.26 and newer reads it; an older one needs a program that opens the file itself.`,
    },
  };
  const elsewhere = launch.nearFolder !== undefined || launch.timeline.link !== undefined;
  const all = elsewhere ? [file] : [terminal, file];
  return all.map((fix, index) => ({ ...fix, preferred: index === 0 }));
}
