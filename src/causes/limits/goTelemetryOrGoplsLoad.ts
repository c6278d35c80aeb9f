import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { type CpuUser, type CpuUsers, cpuUsers } from "../../probes/cpuUsers.ts";
import { slowPhase } from "./slow.ts";

const id = "go-telemetry-or-gopls-load";

/** The machine is busy when no more than this share of its CPUs is left over, and others have at least that much of it. */
const leftOver = 0.1;
const taken = 0.5;

/** A tree that used this share of one CPU was not waiting for something else. */
const wanted = 0.05;

/** How many names are told, and from which share of one CPU on. */
const told = 4;
const worthTelling = 0.1;

/** gopls, other go commands and whatever else runs share the CPUs with a build, which then takes so much longer. */
export const goTelemetryOrGoplsLoad = cause({
  id,
  title: say`Other programs use the CPUs that the launch waits for`,
  about: {
    what: "A build uses every CPU that it can get. Where gopls reads a large workspace for the first time, another `go build` or `go test` runs, or something else entirely keeps the CPUs busy, each gets its share and the launch takes several times as long. It is not stuck. Who uses how much is measured for half a second while the launch is late.",
    notThis:
      "A launch that waits (for the network, a lock or a disk) gains nothing from a quiet machine: one of dlv's own processes must have been ready to run. A first build keeps all CPUs busy by itself, and that work is counted as dlv's. A CPU quota of a container leaves the machine's CPUs idle.",
    sources: ["golang/go#33543"],
    seen: "real",
  },
  needs: { users: cpuUsers },
  when: ({ timeline }) => slowPhase(timeline)?.now === true,
  find({ users }, { timeline }) {
    const slow = slowPhase(timeline);
    const share = othersShare(users);
    if (slow === undefined || share < taken || !wantsCpu(users) || idleShare(users) > leftOver)
      return undefined;
    const top = users.others.filter(({ cpuMs }) => cpuMs >= users.ms * worthTelling).slice(0, told);
    const names = top.map(
      ({ name, pids }) => `${name} (pid ${pids.slice(0, 3).join(", ")}${pids.length > 3 ? " …" : ""})`,
    );
    return {
      certainty: "likely",
      because:
        names.length === 0
          ? say`Others use ${percent(share)} of this machine's ${users.cpus} CPUs while the launch waits for its share: programs that cannot be seen from here.`
          : say`Others use ${percent(share)} of this machine's ${users.cpus} CPUs while the launch waits for its share: ${names.join(", ")}.`,
      evidence: [
        say`within ${Math.round(users.ms)} ms dlv's own processes used ${percent(users.tree.cpuMs / capacity(users))} of the CPUs, ${users.tree.runnable} of them ready to run; ${percent(Math.max(0, idleShare(users)))} was left over`,
        ...top.map((user) => described(user, users)),
        say`MemAvailable ${mebibytes(users.memory.availableBytes)} of ${mebibytes(users.memory.totalBytes)}`,
      ],
      explains: { phase: slow.phase, ms: Math.round(slow.ms * share) },
      fixes: [
        {
          id: `${id}/let-it-end`,
          title: say`Let the other work end, or end it`,
          preferred: true,
          needsRoot: false,
          scope: "machine",
          action: { kind: "advice", text: advice(top) },
        },
      ],
    };
  },
});

/** A tree that waits for CPU is seen ready to run, or has used what it got. */
function wantsCpu({ tree, ms }: CpuUsers): boolean {
  return tree.runnable > 0 || tree.cpuMs >= ms * wanted;
}

function capacity({ cpus, ms }: CpuUsers): number {
  return Math.max(1, cpus * ms);
}

function idleShare(users: CpuUsers): number {
  return 1 - users.busyMs / capacity(users);
}

/** What others used, seen or not: in a container the machine's own sums tell more than the processes that are shown. */
function othersShare(users: CpuUsers): number {
  const seen = users.others.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  return Math.min(1, Math.max(seen, users.busyMs - users.tree.cpuMs) / capacity(users));
}

function described({ name, pids, cpuMs, rssBytes }: CpuUser, users: CpuUsers): string {
  const many = pids.length === 1 ? `pid ${pids[0]}` : say`${pids.length} processes`;
  return say`${name} (${many}): ${percent(cpuMs / capacity(users))} of the CPUs, ${mebibytes(rssBytes)} of memory`;
}

function advice(top: readonly CpuUser[]): string {
  const gopls = top.some(({ name }) => name === "gopls");
  const names = top.map(({ name }) => name).join(", ") || say`the other work on this machine`;
  return gopls
    ? say`gopls reads the workspace when it is opened first, and after large changes: wait until the editor's status bar says that it is done. Wait for ${names} to finish, or end what is not needed. The launch goes on by itself and is not stuck.`
    : say`Wait for ${names} to finish, or end what is not needed. The launch goes on by itself and is not stuck.`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
