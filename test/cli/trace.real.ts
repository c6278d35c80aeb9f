import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { helloFiles, type LabFolder, makeFolder, warmCache } from "../lab/module.ts";
import { dlv } from "../lab/tools.ts";
import { type Answer, leftIn, run } from "./delveDoctor.ts";

/** An event of either file, as far as the tests read it. */
interface Event {
  readonly name: string;
  readonly ph: string;
  readonly cat?: string;
  readonly ts: number;
  readonly dur?: number;
  readonly pid: number;
  readonly tid: number;
}

const secret = "hunter2-hunter2";

/** How far (µs) the clocks may differ: the log's beginning is known to the millisecond. */
const slack = 5000;

describe("delve-doctor launch --trace, beside the trace of go build itself", () => {
  let hello: LabFolder;
  let answer: Answer;
  let ours: Event[];
  let gos: Event[];
  const read = (name: string): Event[] => JSON.parse(readFileSync(join(hello.folder, name), "utf8"));

  before(async () => {
    await warmCache();
    hello = makeFolder(helloFiles);
    const goTrace = join(hello.folder, "go.trace.json");
    writeFileSync(join(hello.folder, "launch.trace.json"), "what was there before\n".repeat(10_000));
    const env = [`GOFLAGS=-debug-trace=${goTrace}`, `MORE=${secret}`].flatMap((one) => ["--env", one]);
    const how = ["--break", "main.go:6", "--trace", "launch.trace.json"];
    answer = await run(hello.folder, ["launch", "--program", ".", "--dlv", await dlv(), ...how, ...env]);
    ours = read("launch.trace.json");
    gos = read("go.trace.json");
  });
  after(() => {
    assert.deepEqual(leftIn(hello.folder), []);
    hello.remove();
  });

  /** From where to where (µs) the span of a B and its E goes, in the file of go. */
  const spanOf = (name: RegExp): readonly [number, number] => {
    const begin = gos.find((event) => event.ph === "B" && name.test(event.name));
    const end = gos.findLast((event) => event.ph === "E" && event.name === begin?.name);
    assert.ok(begin !== undefined && end !== undefined, `go's trace has no ${name}`);
    return [begin.ts, end.ts];
  };
  const sliceOf = (cat: string, name: RegExp): readonly [number, number] => {
    const slice = ours.find((event) => event.ph === "X" && event.cat === cat && name.test(event.name));
    assert.ok(slice?.dur !== undefined, `our trace has no ${cat} ${name}`);
    return [slice.ts, slice.ts + slice.dur];
  };

  it("says where the file is, beside the report", () => {
    assert.match(answer.stdout, /reached its stop after/);
    assert.ok(
      answer.stderr.includes(`The launch as a trace, for Perfetto: ${hello.folder}/launch.trace.json\n`),
    );
  });

  it("joins both files into one array, with no track of one in the other", () => {
    const both = [...ours, ...gos];
    assert.ok(both.every(({ ph, pid, tid }) => /^[XBEiCMsf]$/.test(ph) && pid >= 0 && tid >= 0));
    assert.deepEqual([...new Set(gos.map(({ pid }) => pid))], [0]);
    assert.equal(new Set(ours.map(({ pid }) => pid)).size, 1);
    assert.ok(ours.every(({ pid }) => pid > 0));
  });

  it("has go's build inside our build phase, on the same clock", () => {
    const [from, to] = sliceOf("phase", /^build$/);
    const [begin, end] = spanOf(/^Running build command$/);
    assert.ok(from - slack <= begin && end <= to + slack, `${from}–${to} does not hold ${begin}–${end}`);
    assert.ok(gos.some(({ name }) => /^Executing action \(link/.test(name)));
  });

  it("has the process where go has the command, and dlv around both", () => {
    const [begin, end] = spanOf(/^Running build command$/);
    const [from, to] = sliceOf("process", /^go build$/);
    assert.ok(from <= end + slack && begin <= to + slack, `${from}–${to} is apart from ${begin}–${end}`);
    const [started, ended] = sliceOf("process", /^dlv$/);
    assert.ok(started <= from && to <= ended);
  });

  it("answers with every phase and every request, and no secret", () => {
    const names = (cat: string) =>
      ours.filter((event) => event.ph === "X" && event.cat === cat).map(({ name }) => name);
    assert.deepEqual(names("phase"), ["start", "handshake", "build", "load", "configure", "run"]);
    for (const request of ["initialize", "launch", "setBreakpoints", "configurationDone"])
      assert.ok(names("dap").includes(request), request);
    assert.doesNotMatch(
      readFileSync(join(hello.folder, "launch.trace.json"), "utf8"),
      /hunter2|what was there/,
    );
  });

  it("is not written over by a diagnosis, which asks go about the same build", async () => {
    const trace = join(hello.folder, "go.trace.json");
    const env = { GOFLAGS: `-debug-trace=${trace}` };
    const config = { name: "Hello", type: "go", request: "launch", mode: "debug", program: ".", env };
    hello.write(".vscode/launch.json", JSON.stringify({ version: "0.2.0", configurations: [config] }));
    const before = readFileSync(trace, "utf8");
    const { stdout } = await run(hello.folder, ["diagnose"]);
    assert.match(stdout, /"Hello" \(debug\)/);
    assert.equal(readFileSync(trace, "utf8"), before);
  });

  it("leaves no file where nothing was launched", async () => {
    const { code } = await run(hello.folder, ["launch", "--config", "Nope", "--trace", "none.json"]);
    assert.equal(code, 2);
    assert.ok(!existsSync(join(hello.folder, "none.json")));
  });
});
