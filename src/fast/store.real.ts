import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readdirSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { needDebian } from "../../scripts/setup/debian.ts";
import { helloFiles, type LabFolder, labEnv, makeFolder, warmCache } from "../../test/lab/module.ts";
import { skip } from "../../test/lab/skip.ts";
import { isLinkedByGo } from "./linkedByGo.ts";
import { openStore, whatIs } from "./store.ts";

const usesC = `package main

/*
#cgo LDFLAGS: \${SRCDIR}/../library/answer.o
int answer(void);
*/
import "C"

func main() { println(C.answer()) }
`;

describe("the binaries that are kept", function () {
  this.timeout(180_000);
  let module: LabFolder;
  let kept: LabFolder;
  let env: Record<string, string>;
  let hello: string;
  before(async () => {
    await needDebian("gcc", "libc6-dev");
    await warmCache();
    env = { ...(process.env as Record<string, string>), ...(await labEnv({ CGO_CFLAGS: "-O0 -g" })) };
    module = makeFolder({
      ...helloFiles,
      "c/main.go": usesC,
      "net/main.go": 'package main\n\nimport "net"\n\nfunc main() { _, _ = net.LookupHost("localhost") }\n',
    });
    hello = build("hello", ".");
  });
  after(() => module.remove());
  beforeEach(() => {
    kept = makeFolder({});
  });
  afterEach(() => kept.remove());

  function build(name: string, what: string, ...flags: string[]): string {
    const path = join(module.folder, name);
    execFileSync("go", ["build", "-o", path, "-gcflags", "all=-N -l", ...flags, what], {
      cwd: module.folder,
      env,
    });
    return path;
  }
  function library(answer: number): void {
    module.write("library/answer.c", `int answer(void) { return ${answer}; }\n`);
    execFileSync("gcc", ["-c", "answer.c"], { cwd: join(module.folder, "library") });
  }

  it("does not keep what a C library is part of, because go does not see that library change", async () => {
    library(1);
    const path = build("c-program", "./c");
    assert.equal(await isLinkedByGo(path), false);
    assert.equal(await openStore(kept.folder).keep("key", path), false);
    assert.deepEqual(readdirSync(kept.folder), []);
    // The reason, seen: go calls the old binary up to date.
    library(2);
    const { ino } = statSync(path);
    build("c-program", "./c");
    assert.equal(statSync(path).ino, ino);
    assert.equal(spawnSync(path, { encoding: "utf8" }).stderr, "1\n");
  });

  it("keeps what go linked alone, with cgo's own packages in it or position-independent", async () => {
    for (const path of [hello, build("net-program", "./net"), build("pie", ".", "-buildmode=pie")])
      assert.equal(await isLinkedByGo(path), true, path);
  });

  it("takes nothing for a Go binary that is none", async () => {
    const half = join(module.folder, "half");
    copyFileSync(hello, half);
    truncateSync(half, 100_000);
    for (const path of [half, "/bin/ls", join(module.folder, "main.go"), join(module.folder, "nowhere")])
      assert.equal(await isLinkedByGo(path), false, path);
  });

  it("lends the same file by another name, and nothing where something is or nothing was kept", async () => {
    const store = openStore(kept.folder);
    const path = join(module.folder, "lent");
    assert.equal(await store.lend("key", path), undefined);
    assert.equal(await store.keep("key", hello), true);
    assert.equal(await store.lend("key", path), whatIs(hello));
    assert.equal(statSync(path).ino, statSync(hello).ino);
    assert.equal(await store.lend("key", path), undefined);
    assert.equal(statSync(kept.folder).mode & 0o777, 0o700);
  });

  it("copies where the two are on two file systems, and never half", async function () {
    const far = "/dev/shm";
    if (!existsSync(far) || statSync(far).dev === statSync(module.folder).dev) {
      skip(this, "this machine has no second file system that anybody may write to");
    }
    const other = makeFolder({}, far);
    try {
      const store = openStore(other.folder);
      assert.equal(await store.keep("key", hello), true);
      const path = join(module.folder, "copied");
      assert.notEqual(await store.lend("key", path), undefined);
      assert.equal(execFileSync(path, { encoding: "utf8" }), "hello\n");
      assert.deepEqual(readdirSync(other.folder), ["key"]);
      assert.deepEqual(
        readdirSync(module.folder).filter((name) => name.startsWith("copied")),
        ["copied"],
      );
    } finally {
      other.remove();
    }
  });

  it("forgets what was used least recently beyond its limits, and never the newest", async () => {
    const { size } = statSync(hello);
    const second = join(module.folder, "second");
    copyFileSync(hello, second);
    const third = join(module.folder, "third");
    copyFileSync(hello, third);
    const store = openStore(kept.folder, { bytes: size * 2.5, ms: 60_000 });
    await store.keep("a", hello);
    await store.keep("b", second);
    await store.lend("a", join(module.folder, "used"));
    await store.keep("c", third);
    assert.deepEqual(readdirSync(kept.folder).sort(), ["a", "c"]);
    const small = openStore(kept.folder, { bytes: 1, ms: 60_000 });
    const fourth = join(module.folder, "fourth");
    copyFileSync(hello, fourth);
    await small.keep("d", fourth);
    assert.deepEqual(readdirSync(kept.folder), ["d"]);
  });
});
