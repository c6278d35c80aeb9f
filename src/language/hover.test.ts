import assert from "node:assert/strict";
import { sampleWorld } from "../../test/language/sampleWorld.ts";
import { hoverAt } from "./hover.ts";
import type { Kind } from "./kind.ts";
import { openDocument } from "./open.ts";

/** What is shown where `|` stands in a text, and the text that it is shown of. */
function hoverIn(marked: string, kind: Kind = "launch") {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const hover = hoverAt(openDocument("/w/.vscode/launch.json", kind, text), offset, sampleWorld);
  return hover && { of: text.slice(hover.start, hover.end), markdown: hover.markdown };
}

const launch = (rest: string) => `{ "configurations": [{ "type": "go", "request": "launch", ${rest} }] }`;

describe("hover", () => {
  it("says of a key what it does, of which type, and who reads it since when", () => {
    const hover = hoverIn(launch('"outp|utMode": "remote"'));
    assert.equal(hover?.of, '"outputMode"');
    assert.match(
      hover.markdown,
      /^\*\*outputMode\*\* \(string\)\n\nWhere the program's output goes[\s\S]*- `local`/,
    );
    assert.match(
      hover.markdown,
      /Read by Delve since 1\.21\.1, in a launch only, in the modes auto, debug, test, exec\./,
    );
  });

  it("says of a value what that value does before what the attribute does", () => {
    const hover = hoverIn(launch('"mode": "ex|ec"'));
    assert.equal(hover?.of, '"exec"');
    assert.match(hover.markdown, /^`exec`: debug a binary that is built already\.\n\n\*\*mode\*\*/);
  });

  it("replaces the variables of a path, and of nothing that could be a secret", () => {
    assert.match(
      hoverIn(launch('"program": "${work|spaceFolder}/cmd"'))?.markdown ?? "",
      /^`\/w\/cmd`\n\n\*\*program/,
    );
    assert.match(
      hoverIn(launch('"env": { "A": "${work|spaceFolder}" }'))?.markdown ?? "",
      /^\*\*env\*\* \(object of strings\)/,
    );
  });

  it("knows platform blocks, workspaces and settings", () => {
    const inBlock = hoverIn(launch('"linux": { "cw|d": "/" }'));
    assert.match(inBlock?.markdown ?? "", /^\*\*cwd\*\*/);
    assert.match(hoverIn(launch('"li|nux": { "cwd": "/" }'))?.markdown ?? "", /^\*\*linux\*\*/);
    const nested = `{ "launch": ${launch('"cw|d": "/"')} }`;
    assert.match(hoverIn(nested, "workspace")?.markdown ?? "", /^\*\*cwd\*\*/);
    assert.match(hoverIn(nested, "settings")?.markdown ?? "", /^\*\*cwd\*\*/);
  });

  it("says that the dlv there is too old for it", () => {
    const text = launch('"showRawStrings": true');
    const document = openDocument("/w/.vscode/launch.json", "launch", text);
    const offset = text.indexOf("showRaw");
    const old = hoverAt(document, offset, { ...sampleWorld, delve: () => "1.26.0" });
    assert.match(old?.markdown ?? "", /The dlv of this configuration is 1\.26\.0 and ignores it\.$/);
    const young = hoverAt(document, offset, { ...sampleWorld, delve: () => "1.27.1" });
    assert.doesNotMatch(young?.markdown ?? "", /ignores it/);
  });

  it("says nothing of other debuggers' configurations, unknown attributes and other places", () => {
    assert.equal(
      hoverIn('{ "configurations": [{ "type": "node", "request": "launch", "pro|gram": "x" }] }'),
      undefined,
    );
    assert.equal(hoverIn(launch('"pro|gramm": "x"')), undefined);
    assert.equal(hoverIn(`{ "ver|sion": "0.2.0" }`), undefined);
    assert.equal(hoverIn(`{ "compounds": [{ "na|me": "x" }] }`), undefined);
    assert.equal(hoverIn("serv|ices: {}", "compose"), undefined);
  });

  it("counts a byte order mark and CRLF", () => {
    const hover = hoverIn(`\uFEFF{\r\n${launch('"mo|de": "test"').slice(1)}`);
    assert.equal(hover?.of, '"mode"');
  });
});
