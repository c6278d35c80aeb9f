import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";

const id = "run-without-debugging-confusion";

/** Without debugging nothing stops: a breakpoint in the program's own files is passed. */
export const runWithoutDebuggingConfusion = cause({
  id,
  title: say`The program runs without debugging, past its breakpoints`,
  about: {
    what: '"Run Without Debugging" (Ctrl+F5, or `"noDebug": true` in launch.json) has Delve build the program and run it as it is, with no debugger attached. No breakpoint is set, nothing can be evaluated, and what asks for either gets `noDebug mode: unable to process …`.',
    notThis:
      "To run without debugging on purpose is healthy, breakpoints or not: that is why nobody is warned, and it is told only where a report is asked for. Breakpoints in files outside the program's directory count for nothing here.",
    sources: ["golang/vscode-go#2015", "microsoft/vscode-go#1084", "microsoft/vscode-go#2930"],
    seen: "real",
  },
  needs: {},
  when: (launch) => launch.config["noDebug"] === true && ranPast(launch),
  find(_, launch) {
    const passed = own(launch);
    const [first] = passed;
    if (first === undefined) return undefined;

    return {
      certainty: "proven",
      because:
        passed.length > 1
          ? say`The program was run without debugging, so its breakpoint at ${first} and ${passed.length - 1} more was not set.`
          : say`The program was run without debugging, so its breakpoint at ${first} was not set.`,
      evidence: [say`"noDebug": true in the launch request`, ...passed.map((at) => say`breakpoint at ${at}`)],
      fixes: [debug(launch)],
    };
  },
});

function ranPast({ timeline }: Launch): boolean {
  return timeline.current === "run" || timeline.outcome === "exited";
}

/** The breakpoints in the directory that the program is built in, or in the folder where it is not built. */
function own({ editor, cwd }: Launch): readonly string[] {
  return (editor?.breakpoints ?? []).filter((at) => at.startsWith(cwd.endsWith("/") ? cwd : `${cwd}/`));
}

/** Ctrl+F5 adds the attribute to a configuration that does not have it: then there is nothing to take away. */
function debug({ editor }: Launch): Fix {
  const common = { preferred: true, needsRoot: false, scope: "launch" } as const;
  if (editor?.writesNoDebug === true)
    return {
      ...{ id: `${id}/debug`, title: say`Remove noDebug from this configuration`, ...common },
      action: { kind: "launch.json", edits: [{ at: ["noDebug"] }] },
    };
  const text = say`Press F5 (Start Debugging), not Ctrl+F5 (Run Without Debugging).`;
  return { id: `${id}/press-f5`, title: say`Start it with F5`, ...common, action: { kind: "advice", text } };
}
