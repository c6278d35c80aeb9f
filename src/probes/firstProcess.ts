import { probe } from "../core/probe.ts";

/** A process that has ended and whose parent, process 1, has not asked how. */
export interface Zombie {
  readonly pid: number;
  readonly name: string;
}

/** What runs as process 1 here, and the dead that it has not buried. */
export interface FirstProcess {
  readonly name: string;
  readonly zombies: readonly Zombie[];
}

/** Reads /proc once. What our own scripts leave (busybox's timeout forks a watcher of its own) is no zombie of dlv's. */
export const firstProcess = probe({
  id: "first-process",
  sh: `
[ -r /proc/1/status ] || exit 0
echo "first $(sed -n 's/^Name:[[:space:]]*//p' /proc/1/status)"
cat /proc/[0-9]*/status 2>/dev/null |
  awk '$1 == "Name:" { sub(/^Name:[ \\t]*/, ""); name = $0 } $1 == "State:" { state = $2 } $1 == "Pid:" { pid = $2 }
    $1 == "PPid:" && $2 == 1 && state == "Z" { print "zombie", pid, name }'
exit 0
`,
  read({ stdout }): FirstProcess | undefined {
    const name = /^first (.+)$/m.exec(stdout)?.[1];
    if (name === undefined) return undefined;
    const zombies = Array.from(stdout.matchAll(/^zombie (\d+) (.*)$/gm), ([, pid, comm = ""]) => ({
      pid: Number(pid),
      name: comm,
    }));
    return { name, zombies: zombies.filter((one) => !/^(?:timeout|sh)$/.test(one.name)) };
  },
});
