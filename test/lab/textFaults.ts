import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { dirname, join } from "node:path";
import type { BreakAt } from "../../src/session/drive.ts";
import { type LabFolder, makeFolder } from "./module.ts";

/** What the faults are made with: a module, its program with and without debug information, and the Go that built it. */
export interface TextLab extends LabFolder {
  readonly app: string;
  readonly stripped: string;
  readonly env: Readonly<Record<string, string>>;
}

/** One launch that ends at once, or goes well, with a text that the table of texts is to know. */
export interface TextFault {
  readonly name: string;
  /** The rows that this can be, as Delve and Go say it in their several versions; none for a launch that goes well. */
  readonly rows: readonly string[];
  readonly config: (lab: TextLab) => Readonly<Record<string, unknown>>;
  readonly breakpoints?: (lab: TextLab) => readonly BreakAt[];
}

const exec = (lab: TextLab, more: Readonly<Record<string, unknown>> = {}) => ({
  mode: "exec",
  program: lab.app,
  ...more,
});

const attach = (more: Readonly<Record<string, unknown>>) => ({ request: "attach", mode: "local", ...more });

/**
 * What goes wrong without waiting for anything: what Delve refuses, what the kernel refuses it, what go refuses. Delve 1.6.1
 * has neither the mode core nor a word for a process id that is no number.
 */
export const textFaults: readonly TextFault[] = [
  {
    name: "a healthy launch",
    rows: [],
    config: (lab) => exec(lab),
    breakpoints: (lab) => [{ file: join(lab.folder, "main.go"), line: 13 }],
  },
  {
    name: "a flag that dlv does not have",
    rows: ["A2"],
    config: (lab) => exec(lab, { dlvFlags: ["--no-such-flag"] }),
  },
  { name: "a mode that there is not", rows: ["C6"], config: (lab) => exec(lab, { mode: "debgu" }) },
  { name: "no program", rows: ["C7"], config: () => ({ mode: "exec" }) },
  { name: "a backend that there is not", rows: ["C16"], config: (lab) => exec(lab, { backend: "gdb" }) },
  { name: "a dlvCwd that there is not", rows: ["C13"], config: (lab) => exec(lab, { dlvCwd: "/none" }) },
  {
    name: "half a pair of paths",
    rows: ["C4"],
    config: (lab) => exec(lab, { substitutePath: [{ from: "/a" }] }),
  },
  {
    name: "build flags that are a number",
    rows: ["C5", "C21"],
    config: (lab) => exec(lab, { buildFlags: 3 }),
  },
  {
    name: "build flags that are a list",
    rows: ["C5"],
    config: (lab) => exec(lab, { buildFlags: ["-race"] }),
  },
  { name: "a process id in quotes", rows: ["C3", "C9"], config: () => attach({ processId: "4" }) },
  { name: "a truth value in quotes", rows: ["C3"], config: (lab) => exec(lab, { stopOnEntry: "yes" }) },
  { name: "an attach to nothing", rows: ["C9"], config: () => attach({}) },
  {
    name: "an attach to two things",
    rows: ["C10", "H5"],
    config: () => attach({ processId: 4194304, waitFor: "x" }),
  },
  { name: "a process id below 1", rows: ["C12", "B12"], config: () => attach({ processId: -4 }) },
  { name: "a process that is gone", rows: ["H5"], config: () => attach({ processId: 4194304 }) },
  { name: "a core file that there is not", rows: ["C8", "C6"], config: (lab) => exec(lab, { mode: "core" }) },
  {
    name: "a core file that is none",
    rows: ["K1", "C6"],
    config: (lab) => exec(lab, { mode: "core", coreFilePath: join(lab.folder, "notes") }),
  },
  {
    name: "a core file that is cut off",
    rows: ["K13", "C6"],
    config: (lab) => exec(lab, { mode: "core", coreFilePath: join(lab.folder, "script") }),
  },
  {
    name: "an output mode that there is not",
    rows: ["C15"],
    config: (lab) => exec(lab, { outputMode: "both" }),
  },
  {
    name: "a binary that is not there",
    rows: ["E1"],
    config: (lab) => exec(lab, { program: join(lab.folder, "none") }),
  },
  {
    name: "a script for a binary",
    rows: ["E2"],
    config: (lab) => exec(lab, { program: join(lab.folder, "script") }),
  },
  { name: "a cwd that there is not", rows: ["E3"], config: (lab) => exec(lab, { cwd: "/none" }) },
  {
    name: "a stripped binary",
    rows: ["F1", "F2", "L1", "L2"],
    config: (lab) => exec(lab, { program: lab.stripped }),
    breakpoints: (lab) => [{ file: join(lab.folder, "main.go"), line: 13 }],
  },
  {
    name: "a file that the program does not know",
    rows: ["L1"],
    config: (lab) => exec(lab),
    breakpoints: (lab) => [{ file: join(lab.folder, "library", "library.go"), line: 6 }],
  },
  {
    name: "an input that there is not",
    rows: ["E1"],
    config: (lab) => exec(lab, { stdinFrom: "/none" }),
  },
  {
    name: "an input that there is not, without a debugger",
    rows: ["C18"],
    config: (lab) => exec(lab, { stdinFrom: "/none", noDebug: true }),
  },
  {
    name: "a program that does not compile",
    rows: ["D1"],
    config: (lab) => ({
      mode: "debug",
      program: join(lab.folder, "broken"),
      __buildDir: join(lab.folder, "broken"),
    }),
  },
  {
    name: "a build flag that go does not have",
    rows: ["D11"],
    config: (lab) => ({ mode: "debug", program: lab.folder, __buildDir: lab.folder, buildFlags: "-nope" }),
  },
  {
    name: "a directory outside any module",
    rows: ["D3"],
    config: () => ({ mode: "debug", program: "/", __buildDir: "/" }),
  },
  {
    name: "a library as a program",
    rows: ["E2"],
    config: (lab) => ({
      mode: "debug",
      program: join(lab.folder, "library"),
      __buildDir: join(lab.folder, "library"),
    }),
  },
  {
    name: "a package without tests",
    rows: ["E1", "E2"],
    config: (lab) => ({
      mode: "test",
      program: join(lab.folder, "library"),
      __buildDir: join(lab.folder, "library"),
    }),
  },
];

/** Says hello at line 13; with the argument "wait" it is a process to attach to. */
const mainGo = `package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "wait" {
		time.Sleep(5 * time.Minute)
	}
	fmt.Println("hello")
}
`;

/** Writes the module and builds it with this `go`, as Delve itself would. */
export function makeTextLab(go: string): TextLab {
  const lab = makeFolder({
    "go.mod": "module example.com/texts\n",
    "main.go": mainGo,
    "broken/main.go": "package main\n\nfunc main() {\n\tnope()\n}\n",
    "library/library.go": "package library\n",
    script: "#!/bin/sh\n",
    notes: "no core\n".repeat(1000),
  });
  chmodSync(join(lab.folder, "script"), 0o755);
  const env = {
    GOENV: "off",
    GOTOOLCHAIN: "local",
    GOFLAGS: "",
    PATH: `${dirname(go)}:${process.env["PATH"] ?? ""}`,
  };
  const [app, stripped] = [join(lab.folder, "app"), join(lab.folder, "stripped")];
  const build = (...args: readonly string[]) =>
    execFileSync(go, ["build", ...args, "."], {
      cwd: lab.folder,
      env: { ...process.env, ...env, CGO_CFLAGS: "-O0 -g" },
      stdio: "pipe",
    });
  build("-gcflags=all=-N -l", "-o", app);
  build("-ldflags=-s -w", "-o", stripped);
  return { ...lab, app, stripped, env };
}
