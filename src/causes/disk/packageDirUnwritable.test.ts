import assert from "node:assert/strict";
import { answer, failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { type OutputDirectory, outputDirectory } from "../../probes/outputDirectory.ts";
import { packageDirUnwritable } from "./packageDirUnwritable.ts";

const readOnly: OutputDirectory = {
  dir: "/w",
  exists: true,
  writable: false,
  owner: "0",
  mode: "drwxr-xr-x",
  user: "1000",
  mount: { point: "/w", type: "ext4", options: ["ro", "relatime"] },
  elsewhere: "/home/u/.cache",
};
const refused = {
  ...failed("Failed to launch: Build error: Check the debug console for details.", "build"),
  buildError:
    "Build Error: go build -o __debug_bin .\ngo: copying /tmp/b/exe/a.out: open __debug_bin: read-only file system (exit status 1)",
};

describe("package-dir-unwritable", () => {
  it("names the mount, and an output elsewhere silences it", () => {
    const found = judge(packageDirUnwritable, { output: readOnly }, launchOf({}, refused));
    assert.equal(found?.certainty, "proven");
    assert.equal(found.because, "The program is built into /w, and /w is mounted read-only.");
    assert.deepEqual(found.explains, { phase: "build", ms: 900 });
    const config = fixedConfig({}, { cause: "", title: "", ...found });
    assert.deepEqual(config, { output: "/home/u/.cache/__debug_bin_w" });
    const output = { ...readOnly, dir: "/home/u/.cache", writable: true };
    assert.equal(judge(packageDirUnwritable, { output }, launchOf(config)), undefined);
  });

  it("names the owner where the mount may be written, and leaves the directory to a person where nothing else is", () => {
    const { elsewhere: _, ...rest } = readOnly;
    const output = { ...rest, mount: { ...rest.mount, options: ["rw"] } };
    const found = judge(packageDirUnwritable, { output }, launchOf({}));
    assert.match(found?.because ?? "", /user 1000 may not write: it belongs to user 0/);
    assert.deepEqual(
      found?.fixes.map((fix) => [fix.id, fix.preferred]),
      [["package-dir-unwritable/own", true]],
    );
  });

  it("is silent where it can be written, is gone, is under way, or where Delve builds nothing", () => {
    const output = { ...readOnly, writable: true };
    assert.equal(judge(packageDirUnwritable, { output }, launchOf({}, refused)), undefined);
    const gone = { ...readOnly, exists: false };
    assert.equal(judge(packageDirUnwritable, { output: gone }, launchOf({}, refused)), undefined);
    assert.equal(judge(packageDirUnwritable, { output: readOnly }, launchOf({}, underWay)), undefined);
    assert.equal(judge(packageDirUnwritable, { output: readOnly }, launchOf({ mode: "exec" })), undefined);
    assert.equal(judge(packageDirUnwritable, { output: readOnly }, launchOf({ asRoot: true })), undefined);
  });

  it("leaves a build cache that cannot be written to another cause", () => {
    const cache = {
      ...refused,
      buildError: "failed to initialize build cache at /c: mkdir /c: permission denied",
    };
    assert.equal(judge(packageDirUnwritable, { output: readOnly }, launchOf({}, cache)), undefined);
  });

  it("passes over a noexec directory for the place elsewhere", () => {
    const text = `user 1000
exists
mode drwxr-xr-x
owner 0
dir /w
place /tmp
place /var/tmp
1 0 8:1 / / rw - ext4 /dev/a rw
2 1 8:2 / /w ro,relatime - ext4 /dev/b rw
3 1 0:1 / /tmp rw,noexec - tmpfs t rw
`;
    assert.deepEqual(outputDirectory.read(answer(text), launchOf({})), {
      ...readOnly,
      elsewhere: "/var/tmp",
    });
  });
});
