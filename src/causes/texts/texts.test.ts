import assert from "node:assert/strict";
import { causes } from "../index.ts";
import { rowOf, texts } from "./index.ts";

/**
 * The attributes there are: golang.go's schema (extension/package.json, configurationAttributes) and what Delve reads
 * besides (service/dap/types.go, LaunchConfig and AttachConfig).
 */
const attributes = new Set(
  [
    "request debugAdapter program mode traceDirPath coreFilePath stopOnEntry args showLog cwd env substitutePath",
    "buildFlags dlvFlags port host trace envFile backend output logOutput logDest dlvLoadConfig apiVersion",
    "stackTraceDepth showGlobalVariables showRegisters hideSystemGoroutines console asRoot processId remotePath",
    "dlvToolPath noDebug dlvCwd outputMode stdinFrom stdoutTo stderrTo followExec followExecRegex maxStringLen",
    "maxArrayValues goroutineFilters showPprofLabels showRawStrings waitFor guessSubstitutePath",
  ].flatMap((line) => line.split(" ")),
);

describe("the table of texts", () => {
  it("has each row once, all sections of them", () => {
    const ids = texts.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual([...new Set(ids.map((id) => id.slice(0, 1)))].sort().join(""), "ABCDEFGHIJKLM");
    assert.ok(ids.length >= 171, String(ids.length));
  });

  it("finds for each sample its own row", () => {
    const wrong = texts
      .filter((row) => row.text !== undefined)
      .map((row) => [row.id, rowOf(row.sample)?.id])
      .filter(([own, found]) => own !== found);
    assert.deepEqual(wrong, []);
  });

  it("finds no row for what nobody says", () => {
    assert.equal(rowOf("something else altogether"), undefined);
  });

  it("takes no row for a silence", () => {
    const said = texts.filter((row) => row.text === undefined).map((row) => [row.id, rowOf(row.sample)?.id]);
    assert.deepEqual(
      said.filter(([, found]) => found !== undefined && found !== "F6"),
      [],
    );
  });

  it("names causes that there are", () => {
    const known = new Set(causes.map(({ id }) => id));
    const wrong = texts.flatMap(({ id, means }) =>
      (means.causes ?? []).filter((one) => !known.has(one)).map((one) => `${id}: ${one}`),
    );
    assert.deepEqual(wrong, []);
  });

  it("names attributes that there are, and says what to write in them", () => {
    const wrong = texts.filter(
      ({ means }) =>
        (means.attributes ?? []).some((one) => !attributes.has(one)) ||
        (means.attributes === undefined) !== (means.write === undefined),
    );
    assert.deepEqual(wrong, []);
  });

  it("says of every text what it means", () => {
    assert.deepEqual(
      texts.filter(({ means }) => means.why === ""),
      [],
    );
  });
});
