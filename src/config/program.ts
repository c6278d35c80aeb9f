import { stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import { say } from "../core/say.ts";

/** What stands at a path. */
export type Kind = "directory" | "file" | "nothing";

/** Asks the local file system; a path that cannot be looked at is nothing. */
async function kindOf(path: string): Promise<Kind> {
  try {
    return (await stat(path)).isDirectory() ? "directory" : "file";
  } catch {
    return "nothing";
  }
}

/** A program as Delve gets it: the directory to build in, where there is one, and what is doubtful about it. */
export interface Program {
  readonly program: string;
  readonly buildDir?: string;
  readonly warning?: string;
}

/**
 * What golang.go makes of `program` (goDebugConfiguration.ts of 0.58): a relative path counts from the folder, and where
 * Delve builds, the program's own directory becomes the one dlv runs in, because go finds the module from there. A
 * package path is left for go to find. A path that golang.go would refuse goes on as it is: Delve says what is wrong.
 */
export async function placeProgram(written: string, folder: string, building: boolean): Promise<Program> {
  const program = isAbsolute(written) ? written : join(folder, written);
  const kind = await kindOf(program);
  if (!isAbsolute(written) && kind === "nothing" && isPackagePath(written)) return { program: written };
  if (kind === "nothing") return { program, warning: say`"program" is ${program}, which does not exist` };
  if (!building) return { program };
  if (kind === "directory") return { program: ".", buildDir: program };
  if (program.endsWith(".go")) return { program: `./${basename(program)}`, buildDir: dirname(program) };
  return {
    program,
    warning: say`"program" is ${program}, neither a directory nor a .go file; "mode": "exec" runs a binary`,
  };
}

/** True for a path whose first part is a domain, as in example.com/cmd/tool. */
function isPackagePath(path: string): boolean {
  return /^[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9](\.[a-zA-Z]{2,})+\//.test(path);
}
