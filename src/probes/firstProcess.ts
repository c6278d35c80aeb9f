import { probe } from "../core/probe.ts";

/** A process that has ended and whose parent, process 1, has not asked how. */
export interface Zombie {
  readonly pid: number;
  readonly name: string;
}

/** What runs as process 1 here, and the dead that it has not buried where it is dlv. */
export interface FirstProcess {
  readonly name: string;
  readonly zombies: readonly Zombie[];
}

/**
 * Reads /proc once, where process 1 is dlv. What our own scripts leave is no zombie of dlv's:
 * busybox's timeout forks a watcher of its own, and a dlv that is asked for its version a child for Go's telemetry, which
 * outlives it.
 */
export const firstProcess = probe({
  id: "first-process",
  sh: `
[ -r /proc/1/status ] || exit 0
first=$(sed -n 's/^Name:[[:space:]]*//p' /proc/1/status)
echo "first $first"
# Where process 1 is no dlv there is no need to read every process of the machine.
case $first in dlv*) ;; *) exit 0 ;; esac
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
    return { name, zombies: zombies.filter((one) => !/^(?:timeout|sh|dlv.*)$/.test(one.name)) };
  },
});
