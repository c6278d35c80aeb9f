import { cause } from "../../core/cause.ts";
import { buildDirectory } from "../../core/goBuild.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent, type Timeline } from "../../core/timeline.ts";
import { programPackage } from "../../probes/programPackage.ts";
import {
  diagnostic,
  gopathMode,
  lookupDisabled,
  moduleFailed,
  notInStd,
  notPermittedPath,
  outsideModule,
  undefinedName,
  vendorLacks,
} from "../texts.ts";

const id = "build-error";

/** How many lines of the compiler are repeated. */
const shownLines = 10;

/** The program does not compile: the compiler has said where and why. */
export const buildError = cause({
  id,
  title: say`The program does not compile`,
  about: {
    what: "`go build` reported errors in the source, each with its file, line and column, and Delve started nothing. Delve puts them into the debug console only; the error that the editor shows is just `Build error: Check the debug console for details.` This id is this project's own.",
    notThis:
      "Lines with a position that are no complaint about the source have causes of their own: a module that could not be fetched, a package looked for outside its module, a standard library that cannot be read, a file that is compiled without the rest of its package.",
    sources: ["go-delve/delve: service/dap/server.go (onLaunchRequest)"],
    seen: "real",
  },
  needs: { program: programPackage },
  when: (launch) => builds(launch) && diagnosticsOf(launch.timeline).length > 0,
  find({ program }, launch) {
    // One file that is compiled alone misses what its package declares: nothing in it is to be corrected.
    const elsewhere = program.kind === "file" ? program.declared.map(({ name }) => name) : [];
    const all = diagnosticsOf(launch.timeline).filter(
      ({ message }) =>
        !elsewhere.includes(undefinedName.exec(message)?.[1] ?? "") &&
        // go words a package that it could not cache as one that is not there.
        !program.there.some((dir) => message.endsWith(`(${dir})`)),
    );
    const [first] = all;
    if (first === undefined) return undefined;
    const place = placeOf(first, launch);
    const said = `${place}: ${first.message}`;
    return {
      certainty: "proven",
      because: all.length > 1 ? say`${said} (the first of ${all.length} complaints)` : said,
      evidence: all.slice(0, shownLines).map(({ line }) => line),
      explains: { phase: "build", ms: spent(launch.timeline, "build") },
      fixes: [
        {
          id: `${id}/correct`,
          title: say`Correct ${place}`,
          preferred: true,
          needsRoot: false,
          scope: "folder",
          action: { kind: "advice", text: said },
        },
      ],
    };
  },
});

interface Diagnostic {
  readonly line: string;
  readonly file: string;
  readonly at: string;
  readonly message: string;
}

/** The compiler's lines; what has another cause is left to that one. */
function diagnosticsOf({ buildError: text }: Timeline): Diagnostic[] {
  return (text?.split("\n") ?? []).flatMap((raw) => {
    const line = raw.replace(/ \(exit status \d+\)$/, "");
    const [, file, row, column, message] = diagnostic.exec(line) ?? [];
    if (file === undefined || row === undefined || message === undefined) return [];
    const foreign = [
      moduleFailed,
      lookupDisabled,
      outsideModule,
      gopathMode,
      vendorLacks,
      notPermittedPath,
    ].some((one) => one.test(message));
    // A library package that misses a library package: the cache or GOROOT is damaged, not the program.
    if (foreign || (notInStd.test(message) && file.startsWith("/"))) return [];
    return [{ line, file, at: column === undefined ? row : `${row}:${column}`, message }];
  });
}

/** The position with its file as an absolute path: go names files from the directory that it builds in. */
function placeOf({ file, at }: Diagnostic, launch: Launch): string {
  const base = buildDirectory(launch).replace(/\/$/, "");
  return `${file.startsWith("/") ? file : `${base}/${file.replace(/^\.\//, "")}`}:${at}`;
}
