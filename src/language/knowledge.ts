import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname } from "node:path";
import { platformOf } from "../config/platform.ts";
import { substitute } from "../config/variables.ts";
import { type Standing, unknownWorld, type World } from "../core/world.ts";

/** Answers about this machine that are looked up once somebody has asked for them. */
export interface Knowledge {
  /** The world of one file, and of the folder it belongs to where that is known better than by the path. */
  worldOf(file: string, folder?: string): World;
  /** Looks up what was asked for since the last time; true where there is something new to ask again for. */
  settle(): Promise<boolean>;
  /** Forgets everything: something on this machine has changed. */
  forget(): void;
}

/** Looks at the files of this machine. Nothing is run, and nothing outside it is asked. */
export function openKnowledge(): Knowledge {
  const known = new Map<string, Standing>();
  const wanted = new Set<string>();
  return {
    worldOf(file, folder = folderOf(file)) {
      return {
        ...unknownWorld,
        platform: platformOf(process.platform),
        folder,
        expand: (text) => expand(text, folder),
        look(path) {
          const standing = known.get(path);
          if (standing === undefined) wanted.add(path);
          return standing;
        },
      };
    },
    async settle() {
      const paths = [...wanted];
      wanted.clear();
      await Promise.all(paths.map(async (path) => known.set(path, await standingOf(path))));
      return paths.length > 0;
    },
    forget: () => known.clear(),
  };
}

/** The folder that a file in .vscode or .devcontainer configures, or the folder that any other lies in. */
export function folderOf(file: string): string {
  const folder = dirname(file);
  return /^\.(vscode|devcontainer)$/.test(basename(folder)) ? dirname(folder) : folder;
}

function expand(text: string, folder: string): string | undefined {
  // What an editor's environment holds is the editor's to know.
  if (text.includes("${env:")) return undefined;
  const { value, errors } = substitute(text, { folder, processEnv: {}, userHome: homedir() });
  return errors.length > 0 || typeof value !== "string" || value.includes("${") ? undefined : value;
}

async function standingOf(path: string): Promise<Standing> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return "directory";
    return await access(path, constants.X_OK).then(
      () => "program",
      () => "file",
    );
  } catch {
    return "nothing";
  }
}
