import { spawn } from "node:child_process";
import type { Channel, Transport } from "../../src/hosts/channel.ts";

/**
 * A transport without a network: every shell is a process of this machine. It shows what is made of a transport, and
 * nothing of SSH or containers. `argv` stands in for `sh`: another shell, or one that prints or hangs first.
 */
export function shTransport(argv: readonly string[] = ["sh"], env: NodeJS.ProcessEnv = {}): Transport {
  const open = new Set<Channel>();
  return {
    kind: "ssh",
    name: "build7",
    lost: new Promise(() => {}),
    shell() {
      const [program = "", ...args] = argv;
      // The profile of whoever runs the tests is none of theirs, and no program can make itself a home in /proc.
      const own = { SHELL: "/bin/sh", HOME: "/proc/no-home" };
      const child = spawn(program, args, { env: { ...process.env, ...own, ...env }, detached: true });
      const channel: Channel = {
        stdin: child.stdin,
        stdout: child.stdout,
        stderr: child.stderr,
        ended: new Promise((resolve) => {
          child.once("error", (error) => resolve({ code: null, because: error.message }));
          child.once("close", (code) => resolve({ code }));
        }),
        close: () => child.stdin.destroy(),
      };
      open.add(channel);
      void channel.ended.then(() => open.delete(channel));
      return Promise.resolve(channel);
    },
    async close() {
      for (const channel of open) channel.close();
      await Promise.all([...open].map(({ ended }) => ended));
    },
  };
}
