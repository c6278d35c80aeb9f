import { cause } from "../../core/cause.ts";
import { elfMachines } from "../../core/elf.ts";
import type { Fix } from "../../core/fix.ts";
import { buildFlagWords, withoutFlag } from "../../core/goBuild.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { type ProgramFile, programFile } from "../../probes/programFile.ts";
import { isUnderWay, lostLoad } from "../failure.ts";
import { execMissing } from "../texts.ts";

const id = "missing-elf-interpreter";

/** execve(2) answers ENOENT for a program that is there, when the loader its header names is not. */
export const missingElfInterpreter = cause({
  id,
  title: say`The loader that the program names does not exist here`,
  about: {
    what: "A program that is linked dynamically names its loader in the header PT_INTERP: /lib64/ld-linux-x86-64.so.2 with glibc, /lib/ld-musl-x86_64.so.1 with musl. The kernel starts that loader, and where it is missing execve(2) answers ENOENT, which reads as if the program itself were gone: `fork/exec …: no such file or directory`. It is a glibc program in an Alpine container, the reverse, or one from a Nix shell. Built with `CGO_ENABLED=0` a Go program needs no loader.",
    notThis:
      "The same words come for a working directory (`cwd`) that does not exist, and for a program that really is gone, which a volume may hide. So the file, its header and both directories are looked at.",
    sources: [
      "go-delve/delve#3051",
      "go-delve/delve#1611",
      "GoogleContainerTools/container-debug-support#30",
      "go-delve/delve#2240",
      "gliderlabs/docker-alpine#12",
    ],
    seen: "real",
  },
  needs: { file: programFile },
  when: (launch) =>
    !isUnderWay(launch) &&
    (execMissing.test(launch.timeline.failure?.text ?? "") ||
      (launch.mode === "exec" && launch.timeline.totalMs === 0)),
  find({ file }, launch) {
    const { interpreter, path } = file;
    if (interpreter === undefined || file.interpreterExists || !file.cwdExists) return undefined;
    // A program of another processor has its loader there: exec-format-prebuilt.
    if (file.machine !== undefined && elfMachines[file.host]?.includes(file.machine) === false)
      return undefined;
    const said = launch.timeline.failure?.text;
    return {
      certainty: "proven",
      because:
        path === ""
          ? say`The program needs the loader ${interpreter}, which does not exist here.`
          : say`${path} needs the loader ${interpreter}, which does not exist here.`,
      evidence: [
        path === ""
          ? say`buildFlags name the loader ${interpreter}`
          : say`PT_INTERP of ${path}: ${interpreter}`,
        `stat ${interpreter}: ENOENT`,
        ...(said === undefined ? [] : [said]),
      ],
      ...lostLoad(launch, execMissing),
      fixes: builds(launch) ? [ownLoader(launch)] : [rebuild(file)],
    };
  },
});

function ownLoader(launch: Launch): Fix {
  const kept = withoutFlag(buildFlagWords(launch), "ldflags");
  return {
    ...base("drop-loader", say`Leave out -ldflags, which name the loader`),
    action: {
      kind: "launch.json",
      edits: [{ at: ["buildFlags"], ...(kept.length > 0 && { value: kept }) }],
    },
  };
}

function rebuild({ path }: ProgramFile): Fix {
  return {
    ...base("static", say`Build the program without a loader, or on this very system`),
    action: {
      kind: "advice",
      text: say`Build it where it is to run, or without cgo, so that it needs no loader:\nCGO_ENABLED=0 go build -gcflags='all=-N -l' -o ${path} .`,
    },
  };
}

function base(name: string, title: string) {
  return { id: `${id}/${name}`, title, preferred: true, needsRoot: false, scope: "launch" } as const;
}
