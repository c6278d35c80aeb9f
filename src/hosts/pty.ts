import { execFile } from "node:child_process";
import type { Readable } from "node:stream";
import { say } from "../core/say.ts";
import { quote } from "../core/shell.ts";
import type { Size, Terminal } from "./channel.ts";
import { spawnChannel } from "./spawned.ts";

/**
 * Runs a command on a pty of this machine, which script(1) of util-linux makes: Node has none of its own, and other
 * systems' script cannot be told to run a command quietly and give its exit code. Rejects with one line where it is not
 * installed. The pty's name comes on a pipe of its own, so that stty(1) can resize it.
 */
export async function ptyAround(
  argv: readonly string[],
  size: Size,
  env: NodeJS.ProcessEnv,
): Promise<Terminal> {
  const line = `tty >&3; stty rows ${size.rows} cols ${size.columns}; exec 3>&-; exec ${argv.map(quote).join(" ")}`;
  const pty = await spawnChannel(
    ["script", "-qec", line, "/dev/null"],
    { ...env, SHELL: "/bin/sh" },
    true,
  ).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `channel: ${say`no terminal here, ${error.code === "ENOENT" ? say`script (util-linux) is not installed` : error.message}`}`,
    );
  });
  const name = pty.child.stdio[3] as Readable;
  let tty = "";
  name.setEncoding("utf8").on("data", (text: string) => {
    tty += text;
  });
  const { stdin, stdout, stderr, ended, close } = pty;
  return {
    ...{ stdin, stdout, stderr, ended, close },
    resize({ rows, columns }) {
      const file = tty.trim();
      // stty tells the programs in it with SIGWINCH. A pty that is gone needs no size.
      if (file !== "")
        execFile("stty", ["-F", file, "rows", String(rows), "cols", String(columns)], () => {});
    },
  };
}
