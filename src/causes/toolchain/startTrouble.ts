import type { Certainty } from "../../core/cause.ts";
import { elfMachines } from "../../core/elf.ts";
import type { Fix } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import type { DlvProgram } from "../../probes/dlvProgram.ts";
import type { DlvStart } from "../../probes/dlvStart.ts";
import { badFlag, cannotListen, logOutputAlone } from "../texts.ts";
import {
  dropFlag,
  dropHost,
  makeExecutable,
  otherDlv,
  reinstall,
  startAdvice,
  withLog,
} from "./startFixes.ts";

/** Why dlv does not start, what showed it, and what helps, best first. */
export interface Trouble {
  readonly certainty: Certainty;
  readonly because: string;
  readonly evidence: readonly string[];
  readonly fixes: readonly Fix[];
}

/** Looks at the directory first, then at the file and what runs it, then at what dlv itself says. */
export function startTrouble(file: DlvProgram, start: DlvStart, launch: Launch): Trouble | undefined {
  return (
    directoryTrouble(file, launch) ??
    fileTrouble(file, launch) ??
    (runs(file, start, launch) ? undefined : formTrouble(file, launch)) ??
    ownTrouble(file, start, launch)
  );
}

function directoryTrouble({ directory }: DlvProgram, launch: Launch): Trouble | undefined {
  if (directory === "exists") return undefined;
  const { cwd } = launch;
  const missing = directory === "missing";
  return proven(
    missing
      ? say`The directory that dlv is to run in does not exist: ${cwd}`
      : say`The directory that dlv is to run in is not a directory: ${cwd}`,
    [missing ? say`stat ${cwd}: missing` : say`stat ${cwd}: not a directory`],
    [
      startAdvice(
        "directory",
        say`Let "program" name a directory that exists`,
        missing
          ? say`${cwd} does not exist. dlv runs in the directory of "program": correct the path, or create the directory.`
          : say`${cwd} is not a directory. dlv runs in the directory of "program": correct the path, or create the directory.`,
      ),
    ],
  );
}

/**
 * What starts is a program, whatever its form: Mach-O, one that binfmt_misc runs, a script that the shell takes as it is.
 * The shell takes an empty file for a script as well, which tells nothing.
 */
function runs({ bytes }: DlvProgram, { code }: DlvStart, { timeline }: Launch): boolean {
  return code === 0 && bytes !== 0 && timeline.spawnError === undefined;
}

function fileTrouble(file: DlvProgram, launch: Launch): Trouble | undefined {
  const { path, kind } = file;
  const again = [...otherDlv(file, launch), reinstall(path)];
  if (kind === "missing") {
    const because = path.includes("/")
      ? say`There is no ${path}.`
      : say`There is no ${path} on the PATH that dlv gets.`;
    return proven(because, [`stat ${path}: ENOENT`], again);
  }
  if (kind === "directory") return proven(say`${path} is a directory, not dlv.`, [seen(file)], again);
  if (kind === "not executable")
    return proven(say`${path} is not executable.`, [seen(file)], [makeExecutable(path), ...again]);
  return undefined;
}

function formTrouble(file: DlvProgram, launch: Launch): Trouble | undefined {
  const { path, interpreter, host, machine } = file;
  const again = [...otherDlv(file, launch), reinstall(path)];
  if (interpreter !== undefined && !file.interpreterExists)
    return proven(
      say`${path} needs ${interpreter} to run, which does not exist.`,
      [say`${path} names ${interpreter} as its interpreter`, `stat ${interpreter}: ENOENT`],
      again,
    );
  if (!file.magic)
    return proven(
      say`${path} is no program: it starts with neither an ELF header nor #!.`,
      [seen(file)],
      again,
    );
  if (machine !== undefined && elfMachines[host] !== undefined && !elfMachines[host].includes(machine))
    return proven(
      say`${path} is built for another processor than this machine's ${host}.`,
      [say`${path}: ELF machine ${machine}`, `uname -m: ${host}`],
      again,
    );
  return undefined;
}

/** What a dlv is as a file, in words. */
export function fileKind(kind: DlvProgram["kind"]): string {
  const words = {
    program: say`program`,
    "not executable": say`not executable`,
    directory: say`directory`,
    missing: say`missing`,
  };
  return words[kind];
}

function seen({ path, kind, bytes }: DlvProgram): string {
  const what = `${path}: ${fileKind(kind)}`;
  return bytes === undefined ? what : say`${what}, ${bytes} bytes`;
}

function ownTrouble(file: DlvProgram, start: DlvStart, launch: Launch): Trouble | undefined {
  const { said, dlv, spawnError } = launch.timeline;
  const flag = badFlag.exec(start.complaint)?.[1] ?? badFlag.exec(said)?.[1];
  const asked = say`dlv dap --help with the same dlvFlags: ${start.complaint || say`exit code ${start.code}`}`;
  if (flag !== undefined) {
    const fixes = dropFlag(flag, launch);
    const whose = fixes.length > 0 ? say`${flag} in "dlvFlags"` : flag;
    const because = say`dlv does not accept ${whose}: ${(start.complaint || firstLine(said)).replace(/^Error: /, "")}`;
    return proven(because, [asked], [...fixes, reinstall(file.path)]);
  }
  if (logOutputAlone.test(said))
    return proven(
      say`dlv refuses --log-output in "dlvFlags" without --log.`,
      [firstLine(said)],
      withLog(launch),
    );
  const [, address, why] = cannotListen.exec(said) ?? [];
  // Who has a port that is taken is for freePortRace to say.
  if (why === "bind: address already in use" && !address?.endsWith(":0")) return undefined;
  if (address !== undefined)
    return proven(
      say`dlv cannot listen at ${address}: ${why ?? ""}`,
      [firstLine(said)],
      dropHost(launch, address),
    );
  const code = start.code;
  if (code > 128)
    return proven(
      say`${file.path} dies as soon as it is started: signal ${code - 128}.`,
      [say`dlv dap --help: ended by signal ${code - 128}`, say`${file.path}: ${file.bytes ?? 0} bytes`],
      [...otherDlv(file, launch), reinstall(file.path)],
    );
  if (dlv?.exit === undefined && spawnError === undefined && code === 0) return undefined;
  const words = firstLine(said) || start.complaint || spawnError?.text || say`it printed nothing`;
  return {
    certainty: code !== 0 ? "proven" : "likely",
    because: say`dlv did not start: ${words}`,
    evidence: [asked],
    fixes: [...otherDlv(file, launch), reinstall(file.path)],
  };
}

function proven(because: string, evidence: readonly string[], fixes: readonly Fix[]): Trouble {
  return { certainty: "proven", because, evidence, fixes };
}

/** The first line that says what is wrong; without one the first. */
function firstLine(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return (
    lines.find((line) => /error|could not|couldn't|cannot|specified without/i.test(line)) ?? lines[0] ?? ""
  );
}
