import { cause } from "../../core/cause.ts";
import type { Fix, JsonEdit } from "../../core/fix.ts";
import { strippingPlaces } from "../../core/flagPlaces.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { allOf } from "../../core/lists.ts";
import { say } from "../../core/say.ts";
import { type Binary, binary } from "../../probes/binary.ts";
import { goFlags } from "../../probes/goFlags.ts";
import { lostLoad, saidBy, traces } from "../failure.ts";
import { noDwarf } from "../texts.ts";

/** One place of the launch that strips the program, and how the configuration is changed so that it does not. */
interface Place {
  readonly name: string;
  readonly found: readonly string[];
  readonly edit: JsonEdit;
}

/** The linker's -s and -w leave the DWARF out that Delve finds lines, functions and variables by. */
export const noDebugInfo = cause({
  id: "no-debug-info",
  title: say`The program was linked without debug information`,
  about: {
    what: "The linker flags `-s` and `-w` leave out the DWARF sections from which Delve knows lines and variables. They come with `buildFlags`, with GOFLAGS, or with a program that was built for release. Delve up to 1.20 refuses such a program after the whole build; newer ones start it with a warning, and then breakpoints answer `could not find file …, binary is stripped` and nothing stops.",
    notThis:
      "A program that is not Go at all gets the same message, and so does an attach whose /proc/PID/exe dlv may not open (another container's): the sections of the program's own file decide. Under `go run` the program is a child of the pid that one attaches to, and go links it without DWARF.",
    sources: [
      "go-delve/delve#3338",
      "go-delve/delve#2825",
      "go-delve/delve#2844",
      "go-delve/delve#1698",
      "golang/vscode-go#182",
      "golang/go#24833",
      "kubernetes/kubernetes#111625",
      "a-h/templ#1312",
    ],
    seen: "real",
  },
  needs: { program: binary, goFlags },
  when: traces,
  find({ program, goFlags: flags }, launch) {
    if (program?.debugInfo === true) return undefined;
    const stripped = program?.format === "elf" && program.go;
    const places = builds(launch) ? stripping(launch, flags) : [];
    const linked = (program?.ldflags ?? "").split(/\s+/).filter((word) => /^--?[sw]$/.test(word));
    const complaint = saidBy(launch)
      .split("\n")
      .find((line) => noDwarf.test(line));
    if (builds(launch) ? places.length === 0 : !stripped) return undefined;
    return {
      certainty: stripped || complaint !== undefined ? "proven" : "likely",
      because: builds(launch)
        ? say`${whoStrips(places)}: the program gets no debug information.`
        : program === undefined
          ? say`The program has no debug information: breakpoints and variables cannot work.`
          : say`${program.path} has no debug information: breakpoints and variables cannot work.`,
      evidence: [
        // Only what strips: the other flags, and what -X sets, are nobody's business.
        ...places.map(({ name, found }) => say`${name}: ${found.join(" ")} in -ldflags`),
        ...(stripped ? [say`sections of ${program.path}: no .debug_info`] : []),
        ...(linked.length === 0 ? [] : [say`go version -m: ${linked.join(" ")} in -ldflags`]),
        ...(complaint === undefined ? [] : [complaint]),
      ],
      ...lostLoad(launch, noDwarf),
      fixes: [builds(launch) ? keepDwarf(places) : rebuild(program, launch)],
    };
  },
});

function whoStrips(places: readonly Place[]): string {
  return places
    .map(({ name, found }) => say`${name} gives the linker ${found.join(" ")}`)
    .reduce((all, one) => say`${all}, and ${one}`);
}

/** The places with the edits of the configuration by which they no longer strip. */
function stripping(launch: Launch, goFlagsText: string): Place[] {
  return strippingPlaces(launch.config["buildFlags"], goFlagsText).map(({ name, found, kept }) => ({
    name,
    found,
    edit:
      name === "GOFLAGS"
        ? // An empty variable would let the value that `go env -w` stored through again.
          { at: ["env", "GOFLAGS"], value: kept ?? "-ldflags=" }
        : { at: ["buildFlags"], ...(kept !== undefined && { value: kept }) },
  }));
}

function keepDwarf(places: readonly Place[]): Fix {
  const flags = [...new Set(places.flatMap(({ found }) => found))];
  return {
    id: "no-debug-info/keep-dwarf",
    title: say`Take ${allOf(flags)} out of ${allOf(places.map(({ name }) => name))}`,
    preferred: true,
    needsRoot: false,
    scope: "launch",
    action: { kind: "launch.json", edits: places.map(({ edit }) => edit) },
  };
}

function rebuild(program: Binary | undefined, launch: Launch): Fix {
  const path = program?.path ?? say`the program`;
  const what = `go build -gcflags='all=-N -l' -o ${path} ${program?.package ?? "."}`;
  const text =
    launch.request === "attach"
      ? say`Build it for debugging, start it, and attach to the new process:\n${what}`
      : say`Build it for debugging, launch it again:\n${what}`;
  return {
    id: "no-debug-info/rebuild",
    title: say`Build the program without -s and -w`,
    preferred: true,
    needsRoot: false,
    scope: "launch",
    action: { kind: "advice", text },
  };
}
