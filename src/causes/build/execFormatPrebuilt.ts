import { cause } from "../../core/cause.ts";
import { elfMachineName, elfMachines } from "../../core/elf.ts";
import type { Fix } from "../../core/fix.ts";
import { say } from "../../core/say.ts";
import { type ProgramFile, programFile } from "../../probes/programFile.ts";
import { isUnderWay, lostLoad } from "../failure.ts";
import { execFormat, notExecutable } from "../texts.ts";

const id = "exec-format-prebuilt";
const refused = new RegExp(`${notExecutable.source}|${execFormat.source}`);

/** A program that was made elsewhere, or is none: execve(2) answers ENOEXEC, or Delve refuses it first. */
export const execFormatPrebuilt = cause({
  id,
  title: say`The file that is to be debugged is no program of this machine`,
  about: {
    what: "In mode exec `program` must be a Go program of this system and this processor. A binary that was built on another machine and mounted or copied here (arm64 on amd64, Windows or macOS on Linux) is refused with `exec format error`, or with `not an executable file`. The same comes of an empty or half-copied file, of a shell script, of a directory, and of a file whose execute bit was lost on the way.",
    notThis:
      "On a filesystem that is mounted noexec Delve says `not an executable file` of a good program; and of a program for another loader the kernel says `no such file or directory`. So the file's own first bytes and its mode are read, and the processor is compared.",
    sources: ["go-delve/delve#1109", "docker/for-mac#7849"],
    seen: "real",
  },
  needs: { file: programFile },
  when: (launch) =>
    launch.request === "launch" &&
    launch.mode === "exec" &&
    !isUnderWay(launch) &&
    (launch.timeline.totalMs === 0 || refused.test(launch.timeline.failure?.text ?? "")),
  find({ file }, launch) {
    const wrong = wrongWith(file);
    if (wrong === undefined) return undefined;
    const said = launch.timeline.failure?.text;
    return {
      certainty: "proven",
      because: wrong,
      evidence: [seen(file), ...(said === undefined ? [] : [said])],
      ...lostLoad(launch, refused),
      fixes: [lostBit(file) ? makeExecutable(file.path) : rebuild(file)],
    };
  },
});

const formats: Readonly<Partial<Record<ProgramFile["format"], (path: string) => string>>> = {
  "mach-o": (path) => say`${path} is a program for macOS.`,
  pe: (path) => say`${path} is a program for Windows.`,
  wasm: (path) => say`${path} is a WebAssembly module.`,
  archive: (path) => say`${path} is an archive, as go makes of a package that is not main.`,
  text: (path) => say`${path} is a script, and not the program that it starts.`,
  empty: (path) => say`${path} is empty.`,
  none: (path) => say`${path} is no program: it has no header that the kernel knows.`,
};

/** What stops the file from being run, in one sentence. */
function wrongWith({ path, kind, format, machine, host, executable }: ProgramFile): string | undefined {
  if (kind === "directory") return say`${path} is a directory, and mode exec runs one file.`;
  // A path that leads nowhere is told in Delve's own words, with the path.
  const known = elfMachines[host];
  if (kind === "missing" || known === undefined) return undefined;
  if (format !== "elf") return formats[format]?.(path);
  if (machine !== undefined && !known.includes(machine))
    return say`${path} is built for ${elfMachineName(machine)}, and this machine is ${host}.`;
  return executable ? undefined : say`${path} has no execute bit.`;
}

function lostBit(file: ProgramFile): boolean {
  return wrongWith({ ...file, executable: true }) === undefined;
}

function seen({ path, kind, bytes, format, machine, host, executable }: ProgramFile): string {
  if (kind === "directory") return say`stat ${path}: a directory`;
  const what =
    machine === undefined ? format : say`${format} for ${elfMachineName(machine)} (e_machine ${machine})`;
  return executable
    ? say`${path}: ${bytes} bytes, ${what}; uname -m: ${host}`
    : say`${path}: ${bytes} bytes, ${what}, no execute bit; uname -m: ${host}`;
}

function makeExecutable(path: string): Fix {
  return {
    ...base("chmod", say`Make ${path} executable`),
    action: { kind: "command", argv: ["chmod", "+x", path], undo: ["chmod", "-x", path] },
  };
}

function rebuild({ path, kind }: ProgramFile): Fix {
  const target = kind === "directory" ? `${path}/program` : path;
  return {
    ...base("rebuild", say`Build the program on this machine`),
    action: {
      kind: "advice",
      text: say`Build it here, for debugging, and let "program" name it; or use mode debug, in which Delve builds it:\ngo build -gcflags='all=-N -l' -o ${target} .`,
    },
  };
}

function base(name: string, title: string) {
  return { id: `${id}/${name}`, title, preferred: true, needsRoot: false, scope: "folder" } as const;
}
