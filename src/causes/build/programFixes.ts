import type { Fix, JsonEdit } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import type { ProgramPackage } from "../../probes/programPackage.ts";

/** Lets the configuration debug (or test) a directory, which it names as it is called on any machine. */
export function debugDirectory(
  cause: string,
  { dir, mode, title }: { readonly dir: string; readonly mode?: string; readonly title: string },
  launch: Launch,
): Fix {
  const root = launch.folder.replace(/\/$/, "");
  const inside = dir === root || dir.startsWith(`${root}/`);
  const value = inside ? `\${workspaceFolder}${dir.slice(root.length)}` : dir;
  const edits: JsonEdit[] = [{ at: ["program"], value }];
  if (mode !== undefined) edits.push({ at: ["mode"], value: mode });
  return fix(cause, "program", title, { kind: "launch.json", edits });
}

/** What to debug instead: the module's only main package, the package's tests, or what a person picks. */
export function otherProgram(cause: string, { mains, tests, dir }: ProgramPackage, launch: Launch): Fix {
  const [main, ...more] = mains;
  if (main !== undefined && more.length === 0) {
    const title = say`Debug ${main}, the only main package of the module`;
    return debugDirectory(cause, { dir: main, title, mode: "debug" }, launch);
  }
  if (main === undefined && tests.length > 0 && launch.mode !== "test")
    return debugDirectory(cause, { dir, mode: "test", title: say`Debug the tests of ${dir}` }, launch);
  const text =
    main === undefined
      ? say`Let "program" name the directory of a main package. The module has none yet.`
      : say`Let "program" name the directory of a main package. The module has: ${mains.join(", ")}.`;
  return fix(cause, "point-program", say`Point "program" at a main package`, { kind: "advice", text });
}

function fix(cause: string, name: string, title: string, action: Fix["action"]): Fix {
  return { id: `${cause}/${name}`, title, preferred: true, needsRoot: false, scope: "launch", action };
}
