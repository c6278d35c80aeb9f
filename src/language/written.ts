import { readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { getNodeValue } from "jsonc-parser";
import { parseJsonc } from "../config/jsonc.ts";
import { readText, splitBom } from "../config/text.ts";
import type { Config } from "../core/config.ts";
import type { Task } from "../core/world.ts";
import { each, openAsked } from "./asked.ts";
import { recordOf } from "./subjects.ts";

/** What is written in the files beside the one that is checked. */
export interface WrittenBeside {
  /** The tasks that a launch of `file` finds; undefined where a file of theirs cannot be read (yet). */
  tasks(file: string, folder: string): readonly Task[] | undefined;
  /**
   * What `${workspaceFolder}` stands for in a file; undefined where nobody can tell: in a workspace of several folders, and
   * in a user's own settings, which hold for every folder. `folder` is undefined where the path tells of none.
   */
  root(file: string, folder: string | undefined): string | undefined;
  /** A setting of the workspace; undefined too where it is not set. */
  setting(key: string, file: string, folder: string): unknown;
  settle(): Promise<boolean>;
  forget(): void;
}

/** `textOf` gives the text of a file that an editor holds open, which counts before what the disk has. */
export function openWritten(textOf: (file: string) => string | undefined): WrittenBeside {
  // An object of a file that does not exist is empty, as VS Code takes it.
  const files = openAsked(each(async (file) => objectOf((await readText(file)) ?? "{}")));
  const workspaces = openAsked(each(workspacesIn));
  const read = (file: string) => {
    const text = textOf(file);
    return text === undefined ? files.get(file) : objectOf(text);
  };
  const tasksIn = (file: string) => listOf(read(file));
  return {
    tasks(file, folder) {
      if (isWorkspace(file)) {
        const own = read(file);
        return (
          own &&
          together([
            listOf(recordOf(own["tasks"]) ?? {}),
            ...foldersOf(own, file).map((one) => tasksIn(tasksFile(one))),
          ])
        );
      }
      const beside = workspaces.get(folder)?.map((one) => {
        const workspace = read(one);
        return workspace && listOf(recordOf(workspace["tasks"]) ?? {});
      });
      return beside && together([tasksIn(tasksFile(folder)), ...beside]);
    },
    root(file, folder) {
      if (!isWorkspace(file)) return folder;
      const own = read(file);
      const folders = own?.["folders"];
      return own !== undefined && Array.isArray(folders) && folders.length === 1
        ? foldersOf(own, file)[0]
        : undefined;
    },
    setting(key, file, folder) {
      const own = isWorkspace(file)
        ? recordOf(read(file)?.["settings"])
        : read(isUsers(file) ? file : join(folder, ".vscode", "settings.json"));
      return own?.[key];
    },
    async settle() {
      const both = await Promise.all([files.settle(), workspaces.settle()]);
      return both.some(Boolean);
    },
    forget() {
      files.forget();
      workspaces.forget();
    },
  };
}

/** True for a file of *.code-workspace, whose folders are others than the one it lies in. */
export function isWorkspace(file: string): boolean {
  return file.endsWith(".code-workspace");
}

/** The settings of a user or of a machine, which belong to no folder. */
function isUsers(file: string): boolean {
  return basename(file) === "settings.json" && /^(User|Machine)$/.test(basename(dirname(file)));
}

function tasksFile(folder: string): string {
  return join(folder, ".vscode", "tasks.json");
}

/** The workspace files of a folder: where it is opened by one of them, the tasks in it count too. */
async function workspacesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names.filter(isWorkspace).map((name) => join(folder, name));
}

/** The folders of a multi-root workspace that lie on a disk. */
function foldersOf(workspace: Config, file: string): string[] {
  const folders = workspace["folders"];
  const paths = Array.isArray(folders) ? folders.map((one: unknown) => recordOf(one)?.["path"]) : [];
  return paths.flatMap((path) => (typeof path === "string" ? [resolve(dirname(file), path)] : []));
}

/** The object that a text is; undefined where it cannot be read to its end. */
function objectOf(text: string): Config | undefined {
  const { root, faults } = parseJsonc(splitBom(text).body);
  if (root === undefined && faults.length === 0) return {};
  return root === undefined || faults.length > 0 ? undefined : recordOf(getNodeValue(root));
}

/** The tasks of a tasks.json, or of a workspace's `tasks`. */
function listOf(section: Config | undefined): readonly Task[] | undefined {
  const list = section?.["tasks"];
  if (section === undefined || !(list === undefined || Array.isArray(list))) return undefined;
  return (list ?? []).flatMap((one: unknown): readonly Task[] => [recordOf(one) ?? []].flat());
}

function together(lists: readonly (readonly Task[] | undefined)[]): readonly Task[] | undefined {
  return lists.includes(undefined) ? undefined : lists.flatMap((list) => list ?? []);
}
