import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { type LabFolder, labEnv, makeFolder } from "./module.ts";
import { go } from "./tools.ts";

/** A program of two packages: line 12 of main.go and line 4 of internal/double/double.go are run. With an argument it waits. */
export const doubleFiles: Readonly<Record<string, string>> = {
  "go.mod": "module example.com/double\n\ngo 1.25\n",
  "main.go":
    'package main\n\nimport (\n\t"fmt"\n\t"os"\n\t"time"\n\n\t"example.com/double/internal/double"\n)\n\nfunc main() {\n\tfmt.Println(double.Of(21))\n\ttime.Sleep(time.Duration(len(os.Args)-1) * time.Minute)\n}\n',
  "internal/double/double.go":
    "package double\n\nfunc Of(n int) int {\n\tn = n * 2\n\treturn n\n}\n\nvar Unit = 1\n",
};

/** Builds the package in `directory` for debugging into `output`. */
export async function buildIn(
  directory: string,
  output: string,
  flags: readonly string[] = [],
): Promise<void> {
  const all = flags.some((flag) => flag.startsWith("-gcflags")) ? [] : ["-gcflags=all=-N -l"];
  execFileSync(await go(), ["build", ...all, ...flags, "-o", output, "."], {
    cwd: directory,
    env: { ...process.env, ...(await labEnv()), PWD: directory },
  });
}

/** Sources as an editor has them in `folder`, and a program that was built from a copy of them in another directory. */
export interface BuiltElsewhere {
  readonly folder: string;
  readonly elsewhere: string;
  readonly program: string;
  remove(): void;
}

/** Builds a program where a build server would, and takes it along. `keep` leaves the copy of the sources there. */
export async function builtElsewhere(
  files: Readonly<Record<string, string>> = doubleFiles,
  main = ".",
  flags: readonly string[] = [],
): Promise<BuiltElsewhere> {
  const mine: LabFolder = makeFolder(files);
  const server: LabFolder = makeFolder({});
  cpSync(mine.folder, server.folder, { recursive: true });
  const program = join(server.folder, "program");
  await buildIn(join(server.folder, main), program, flags);
  return {
    folder: mine.folder,
    elsewhere: server.folder,
    program,
    remove() {
      mine.remove();
      server.remove();
    },
  };
}
