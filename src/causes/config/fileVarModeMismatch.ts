import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { type ProgramPackage, programPackage } from "../../probes/programPackage.ts";
import { debugDirectory, otherProgram } from "../build/programFixes.ts";
import { noTestBinary, notExecutable, nothingToBuild } from "../texts.ts";

const id = "file-var-mode-mismatch";

/** The file or directory that is open decides what is built, and it does not fit the mode. */
export const fileVarModeMismatch = cause({
  id,
  title: say`The program and the mode do not fit together`,
  about: {
    what: '`"program": "${file}"` and `"${fileDirname}"` follow the editor: the file that happens to be open is what go is asked to build. A test file in mode debug is `no packages to build`, a directory like .vscode has `no Go files`, and in mode test a package without tests gives an empty binary, `not an executable file`. One file of a package with several is compiled alone, so what the others declare is `undefined`. A directory of its own, such as `${workspaceFolder}/cmd/app`, means the same program whatever is open.',
    notThis:
      "A name that no file of the package declares is a plain error of the program, and stays with the compiler's words. A file that a build constraint leaves out is there and is not built. `mode: auto` picks debug or test by the open file, before Delve hears of it.",
    sources: ["golang/vscode-go#2234", "microsoft/vscode-go#2116", "microsoft/vscode-go#878"],
    seen: "real",
  },
  needs: { program: programPackage },
  when: (launch) => builds(launch) && (launch.timeline.totalMs === 0 || mayBe(launch)),
  find({ program }, launch) {
    const misfit = misfitOf(program, launch);
    if (misfit === undefined) return undefined;
    const { timeline } = launch;
    const said = (timeline.buildError ?? timeline.failure?.text ?? "")
      .split("\n")
      .filter(
        (line) =>
          nothingToBuild.test(line) ||
          notExecutable.test(line) ||
          noTestBinary.test(line) ||
          /: undefined: /.test(line),
      );
    return {
      certainty: "proven",
      because: misfit.because,
      evidence: [say`mode: ${launch.mode}; program: ${program.path}`, ...misfit.evidence, ...said],
      ...(timeline.outcome === "failed" && { explains: { phase: "build", ms: spent(timeline, "build") } }),
      fixes: [misfit.fix],
    };
  },
});

function mayBe({ mode, timeline }: Launch): boolean {
  const { buildError = "", failure } = timeline;
  if (nothingToBuild.test(buildError) || /: undefined: \w/.test(buildError)) return true;
  const text = failure?.text ?? "";
  return mode === "test" && (notExecutable.test(text) || noTestBinary.test(text));
}

interface Misfit {
  readonly because: string;
  readonly evidence: readonly string[];
  readonly fix: Fix;
}

function misfitOf(program: ProgramPackage, launch: Launch): Misfit | undefined {
  const { kind, path, dir, tests, files, ignored, name } = program;
  const listed = say`go list: ${files.length} Go files and ${tests.length} test files in ${dir || path}`;
  const lone = kind === "file" && path.endsWith(".go");
  if (kind === "file" && !lone)
    return misfit(say`${path} is no Go file.`, [], otherProgram(id, program, launch));
  if (launch.mode === "debug" && lone && path.endsWith("_test.go"))
    return misfit(
      say`${path} is a test file, and mode debug builds no tests.`,
      [],
      testMode(program, launch),
    );
  const missing = loneFile(program, launch);
  if (missing !== undefined) return missing;
  if (kind === "other" || ignored.length > 0) return undefined;
  if (files.length + tests.length === 0)
    return misfit(say`There is no Go file in ${path}.`, [listed], otherProgram(id, program, launch));
  if (launch.mode === "debug" && files.length === 0)
    return misfit(
      say`${path} holds only tests, and mode debug builds none.`,
      [listed],
      testMode(program, launch),
    );
  if (launch.mode === "test" && tests.length === 0) {
    const title = say`Debug ${dir} itself`;
    const debug = debugDirectory(id, { dir, mode: "debug", title }, launch);
    const fix = name === "main" ? debug : otherProgram(id, program, launch);
    return misfit(say`${dir} has no test file, so mode test builds nothing that runs.`, [listed], fix);
  }
  return undefined;
}

/** One file is compiled alone, and other files of its package declare what the compiler misses. */
function loneFile({ kind, path, dir, declared }: ProgramPackage, launch: Launch): Misfit | undefined {
  const [first] = declared;
  if (kind !== "file" || first === undefined) return undefined;
  return misfit(
    say`Only ${path} is compiled, and ${first.name} is declared in ${first.file} of the same package.`,
    declared.map(({ name, file }) => say`${file} declares ${name}`),
    debugDirectory(id, { dir, title: say`Debug the package ${dir} instead of one of its files` }, launch),
  );
}

function testMode({ path, dir, kind }: ProgramPackage, launch: Launch): Fix {
  const directory = dir || (kind === "file" ? path.slice(0, path.lastIndexOf("/")) : path);
  return debugDirectory(
    id,
    { dir: directory, mode: "test", title: say`Debug the tests of ${directory}` },
    launch,
  );
}

function misfit(because: string, evidence: readonly string[], fix: Fix): Misfit {
  return { because, evidence, fix };
}
