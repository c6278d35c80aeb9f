import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Surroundings } from "../../src/hosts/ssh/target.ts";

/** A folder for SSH configurations, and surroundings that read them instead of the user's own. */
export interface SshFolder {
  readonly folder: string;
  /** Writes a file in the folder, with the folders it needs, and returns its path. */
  write(path: string, text: string): string;
  /** The file `config` of the folder is the configuration; the folder is the home. */
  around(more?: Partial<Surroundings>): Surroundings;
  remove(): void;
}

export function sshFolder(): SshFolder {
  const folder = mkdtempSync(join(tmpdir(), "ssh-config-"));
  return {
    folder,
    write(path, text) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    },
    around: (more = {}) => ({
      home: folder,
      user: "me",
      env: { PATH: process.env["PATH"], SSH_AUTH_SOCK: "/run/agent", KEYS: "/keys" },
      platform: process.platform,
      ssh: "ssh",
      configFile: join(folder, "config"),
      ...more,
    }),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
