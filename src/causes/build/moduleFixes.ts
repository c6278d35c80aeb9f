import type { Fix, JsonEdit } from "../../core/fix.ts";
import { type Launch, textOf } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import type { GoModule } from "../../probes/goModule.ts";

const id = "wrong-module-dir";

/** What brings go and the program's module together, the narrowest remedy that surely does it first. */
export function moduleFixes(module: GoModule, launch: Launch): readonly Fix[] {
  return choose(module, launch).map((fix, index) => ({ ...fix, preferred: index === 0 }));
}

function choose(module: GoModule, launch: Launch): Fix[] {
  const { modules, work, nearest, mod } = module;
  if (modules === "off") return [modulesOn(launch)];
  if (work.startsWith("/")) {
    const own = launch.env["GOWORK"] !== undefined ? [withoutGowork()] : [];
    if (nearest === undefined) return [...own, programElsewhere()];
    return [...own, useModule(work, nearest), offWork()];
  }
  if (nearest !== undefined && nearest !== mod)
    return [
      textOf(launch, "dlvCwd") === undefined ? enterModule(nearest) : leaveDlvCwd(),
      programElsewhere(),
    ];
  const [only, ...others] = module.mains;
  if (only !== undefined && others.length === 0) return [pointAt(only, launch), programElsewhere()];
  if (module.below.length > 0) return [programElsewhere(module.below), initModule(module)];
  return [initModule(module), programElsewhere()];
}

function modulesOn(launch: Launch): Fix {
  const at = ["env", "GO111MODULE"];
  const own = launch.env["GO111MODULE"] !== undefined;
  return own
    ? edit("modules-on", say`Remove GO111MODULE from this configuration`, [{ at }])
    : edit("modules-on", say`Turn modules on for this configuration`, [{ at, value: "on" }]);
}

function withoutGowork(): Fix {
  return edit("remove-gowork", say`Remove GOWORK from this configuration`, [{ at: ["env", "GOWORK"] }]);
}

function offWork(): Fix {
  const edits = [{ at: ["env", "GOWORK"], value: "off" }];
  return edit("without-workspace", say`Build without the go.work file in this configuration`, edits);
}

function leaveDlvCwd(): Fix {
  return edit("remove-dlv-cwd", say`Remove dlvCwd, so that dlv builds in the program's directory`, [
    { at: ["dlvCwd"] },
  ]);
}

function enterModule(nearest: string): Fix {
  const value = directoryOf(nearest);
  return edit("enter-module", say`Let dlv build in ${value}`, [{ at: ["dlvCwd"], value }]);
}

function pointAt(directory: string, { folder }: Launch): Fix {
  const inside = directory.startsWith(`${folder}/`);
  const value = inside ? `\${workspaceFolder}${directory.slice(folder.length)}` : directory;
  return edit("program", say`Debug ${directory}, the only main package here`, [{ at: ["program"], value }]);
}

function useModule(work: string, nearest: string): Fix {
  const cwd = directoryOf(work);
  const module = directoryOf(nearest);
  const named = module.startsWith(`${cwd}/`) ? `.${module.slice(cwd.length)}` : module;
  return {
    ...base("use-module", "folder"),
    title: say`Add ${named} to ${work}`,
    action: {
      kind: "command",
      argv: ["go", "work", "use", named],
      cwd,
      undo: ["go", "work", "edit", `-dropuse=${named}`],
    },
  };
}

function initModule({ packageDirectory, directory }: GoModule): Fix {
  const cwd = packageDirectory ?? directory;
  const name =
    cwd
      .split("/")
      .at(-1)
      ?.replace(/[^\w.-]/g, "") || "program";
  return {
    ...base("init-module", "folder"),
    title: say`Make ${cwd} a module`,
    action: { kind: "command", argv: ["go", "mod", "init", name], cwd, undo: ["rm", "go.mod"] },
  };
}

function programElsewhere(modules: readonly string[] = []): Fix {
  const text =
    modules.length > 0
      ? say`Let "program" name the directory of a main package that is inside a module. There are modules here: ${modules.join(", ")}.`
      : say`Let "program" name the directory of a main package that is inside a module.`;
  return {
    ...base("point-program", "launch"),
    title: say`Point "program" into a module`,
    action: { kind: "advice", text },
  };
}

function edit(name: string, title: string, edits: readonly JsonEdit[]): Fix {
  return { ...base(name, "launch"), title, action: { kind: "launch.json", edits } };
}

function base(name: string, scope: Fix["scope"]) {
  return { id: `${id}/${name}`, preferred: false, needsRoot: false, scope };
}

function directoryOf(file: string): string {
  return file.slice(0, file.lastIndexOf("/")) || "/";
}
