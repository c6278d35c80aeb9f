import assert from "node:assert/strict";
import { unknownWorld } from "../../core/world.ts";
import { check } from "../../language/check.ts";
import type { Kind } from "../../language/kind.ts";
import { openDocument } from "../../language/open.ts";
import { edit } from "../../language/quickFix.ts";
import { containers } from "./index.ts";

const problems = (kind: Kind, text: string) =>
  check(openDocument("/w/x", kind, text), containers, unknownWorld);
const told = (kind: Kind, text: string) =>
  problems(kind, text).map(({ code, severity }) => `${code} ${severity}`);
const service = (...lines: string[]) =>
  told(
    "compose",
    `services:\n  api:\n    build: .\n    init: true\n${lines.map((line) => `    ${line}\n`).join("")}`,
  );
const running = "dlv exec --headless --continue --accept-multiclient";

/** The text after the preferred fix of the first problem with a code. */
function fixed(kind: Kind, text: string, code: string): string {
  const document = openDocument("/w/x", kind, text);
  const [fix] = problems(kind, text).find((one) => one.code === code)?.fixes ?? [];
  assert.ok(fix, code);
  const edited = edit(document, fix.edits);
  assert.ok("text" in edited, JSON.stringify(edited));
  return edited.text;
}

describe("devcontainer.json", () => {
  const dev = (value: unknown) => told("devcontainer", JSON.stringify(value));

  it("is right with runArgs that docker run gets, in whatever form", () => {
    const runArgs = [
      "--cap-add=SYS_PTRACE",
      "--security-opt",
      "seccomp=unconfined",
      "--env",
      "A=b c",
      "--name",
      "--x y",
    ];
    assert.deepEqual(dev({ image: "golang", runArgs }), []);
    assert.deepEqual(dev({ build: { dockerfile: "Dockerfile" }, runArgs: [] }), []);
    assert.deepEqual(dev({ dockerComposeFile: "c.yml", runArgs: [] }), []);
    assert.deepEqual(dev({ image: "golang", dockerComposeFile: "c.yml", runArgs }), []);
    assert.deepEqual(dev({ dockerComposeFile: "c.yml", capAdd: ["SYS_PTRACE"], init: true }), []);
  });

  it("may not join an option and its value by a blank", () => {
    assert.deepEqual(dev({ runArgs: ["--init", "--security-opt seccomp=unconfined"] }), ["DLV502 error"]);
    assert.deepEqual(dev({ runArgs: "--init --cap-add=SYS_PTRACE" }), ["DLV502 error"]);
    // Two options in one entry: one = would join them to one that docker refuses as well.
    const several = JSON.stringify({ image: "a", runArgs: ["--cap-add SYS_PTRACE --init", "--init --rm"] });
    assert.deepEqual(
      problems("devcontainer", several).map(({ code, fixes }) => [code, fixes.length]),
      [
        ["DLV502", 0],
        ["DLV502", 0],
      ],
    );
  });

  it("gets what runArgs asks for as attributes that count with compose, each once, comments kept", () => {
    const text = `{
  // ours
  "dockerComposeFile": ["a.yml", "b.yml"],
  "capAdd": ["NET_ADMIN"], // net
  "runArgs": ["--cap-add", "SYS_PTRACE", "--cap-add=NET_ADMIN", "--init", "--security-opt=seccomp=unconfined"]
}
`;
    const after = fixed("devcontainer", text, "DLV501");
    assert.match(after, /"capAdd": \["NET_ADMIN", "SYS_PTRACE"\],? \/\/ net/);
    assert.match(after, /"init": true/);
    assert.match(after, /"securityOpt": \[\s*"seccomp=unconfined"\s*\]/);
    assert.doesNotMatch(after, /runArgs/);
    assert.match(after, /\/\/ ours/);
  });

  it("loses runArgs that say nothing new with no more than a remark", () => {
    const text = '{"dockerComposeFile": "c.yml", "runArgs": ["--init"], "init": true}';
    const [problem] = problems("devcontainer", text);
    assert.equal(problem?.severity, "information");
    assert.match(problem?.message ?? "", /other attributes say the same\.$/);
    assert.equal(fixed("devcontainer", text, "DLV501"), '{"dockerComposeFile": "c.yml", "init": true}');
  });

  it("is only told where to write what devcontainer.json has no attribute for", () => {
    const text = '{"dockerComposeFile": ["a.yml", "b.yml"], "service": "api", "runArgs": ["--network=host"]}';
    const [problem] = problems("devcontainer", text);
    assert.equal(problem?.severity, "information");
    assert.match(problem.message, /--network=host means into the service api in b\.yml/);
    assert.deepEqual(problem.fixes, []);
  });
});

describe("a compose file", () => {
  it("is right with every spelling that compose takes", () => {
    assert.deepEqual(service("cap_add: [CAP_SYS_PTRACE]", "security_opt: ['seccomp:unconfined']"), []);
    assert.deepEqual(service("cap_add:", "  - SYS_PTRACE", "security_opt:", "  - seccomp=unconfined"), []);
    assert.deepEqual(service("cap_add:", "command: [sleep, infinity]"), []);
    assert.deepEqual(told("compose", "x-a: 1\n"), []);
    assert.deepEqual(told("compose", "services:\n"), []);
    assert.deepEqual(told("compose", ""), []);
  });

  it("is right where it takes back what another file says", () => {
    assert.deepEqual(service("cap_add: !reset null", "security_opt: !reset []", "pid: !reset host"), []);
    assert.deepEqual(service("cap_add: !override [SYS_PTRACE]"), []);
  });

  it("is refused by compose with a text or a map for a list", () => {
    assert.deepEqual(service("security_opt: seccomp:unconfined"), ["DLV503 error"]);
    assert.deepEqual(service("security_opt:", "  - seccomp: unconfined"), ["DLV503 error"]);
  });

  it("may have a dlv at any address where no published port leads to it", () => {
    const inside = `command: ${running} --listen=127.0.0.1:40000 /app`;
    assert.deepEqual(service(inside), []);
    assert.deepEqual(service(inside, "ports: ['8080:8080']"), []);
    assert.deepEqual(service(inside, "ports: ['40000:8080', '40000/udp', '${PORT}']"), []);
    assert.deepEqual(service(inside, "network_mode: host"), []);
    assert.deepEqual(service(inside.replace("127.0.0.1", ""), "ports: ['40000:40000']"), []);
    assert.deepEqual(service(inside.replace("127.0.0.1", "0.0.0.0"), "ports: ['40000:40000']"), []);
  });

  it("has a dlv that its published port does not reach, in every way to write either", () => {
    for (const port of [
      "40000",
      "'40000'",
      "'2345:40000'",
      "'127.0.0.1:1:40000/tcp'",
      "'39999-40001:39999-40001'",
      "{target: 40000}",
    ])
      for (const listen of ["--listen=127.0.0.1:40000", "-l localhost:40000", "--listen [::1]:40000"])
        assert.deepEqual(service(`command: ${running} ${listen} /app`, "ports:", `  - ${port}`), [
          "DLV504 warning",
        ]);
  });

  it("gets the address changed and all else left alone", () => {
    const text =
      'services:\n  a: # x\n    command:\n      - dlv\n      - dap\n      - "--listen=localhost:40000" # y\n    ports: [40000]\n';
    assert.equal(fixed("compose", text, "DLV504"), text.replace("localhost", ""));
  });

  it("holds no program where dlv is told to go on, serves nobody, or may be told anything", () => {
    for (const command of [
      `${running} /app`,
      "dlv version",
      "dlv dap --listen=:1",
      "dlv exec $DLV_FLAGS --headless /app",
      "dlv exec --headless=${DEBUG} /app",
      "dlv test --headless ./x",
      "air -c dlv.toml",
      "cp /go/bin/dlv /dlv",
    ])
      assert.deepEqual(service(`command: ${command}`), [], command);
    assert.deepEqual(service('command: ["dlv", "exec", "/app", "--", "--headless"]'), []);
  });

  it("shows a dlv that waits behind a shell, an init and flags before its command", () => {
    assert.deepEqual(service('command: sh -c "go build -o /app . && exec dlv exec --headless /app"'), [
      "DLV505 information",
    ]);
    const script = '["sh", "-c", "go build -o /app . && exec dlv exec --headless /app"]';
    assert.deepEqual(service(`command: ${script}`), ["DLV505 information"]);
    assert.deepEqual(
      service('entrypoint: ["tini", "--"]', "command: dlv --headless=true --api-version=2 exec /app"),
      ["DLV505 information"],
    );
  });

  it("gets --continue before what belongs to the program", () => {
    const text = 'services:\n  a:\n    command: ["dlv", "exec", "--headless", "/app", "--", "serve"] # x\n';
    assert.match(
      fixed("compose", text, "DLV505"),
      /\["dlv", "exec", "--headless", "\/app", "?--continue"?, "?--accept-multiclient"?, "?--"?, "?serve"?\] # x/,
    );
    const shell = 'services:\n  a:\n    command: sh -c "cd /src && dlv debug --headless ."\n';
    assert.match(
      fixed("compose", shell, "DLV505"),
      /cd \/src && dlv debug --continue --accept-multiclient --headless/,
    );
    const plain = "services:\n  a:\n    command: dlv exec --headless /app\n";
    assert.match(
      fixed("compose", plain, "DLV505"),
      /command: "?dlv exec --continue --accept-multiclient --headless/,
    );
  });

  it("may leave the init to another file, and needs none above a shell", () => {
    const one = (text: string) => told("compose", `services:\n  api:\n${text}`);
    assert.deepEqual(one(`    command: ${running} /app\n`), []);
    assert.deepEqual(one("    build: .\n    extends: {service: base}\n    command: dlv dap\n"), []);
    assert.deepEqual(one("    build: .\n    init: false\n    command: dlv dap\n"), []);
    assert.deepEqual(one('    build: .\n    command: ["sh", "-c", "dlv dap"]\n'), []);
    assert.deepEqual(one('    build: .\n    entrypoint: ["tini", "--", "dlv", "dap"]\n'), []);
    assert.deepEqual(one("    build: .\n    command: dlv dap\n"), ["DLV506 information"]);
  });

  it("has a dlv that refuses its flags", () => {
    for (const command of [
      "dlv exec --headless --accept-multicient /app",
      "dlv exec -headless /app",
      "dlv dap --continue",
      "dlv exec --headless --continue=true /app",
      "dlv exec --headless --accept-multi-client --listen=:1 --continue=false /app",
    ])
      assert.ok(service(`command: ${command}`).includes("DLV507 error"), command);
    for (const command of [
      `${running} --log --log-output=dap --wd /x -r stdout:/o -- -log`,
      "dlv dap --headless -l :1",
    ])
      assert.deepEqual(service(`command: ${command}`), [], command);
  });

  it("may merge what others say of a service", () => {
    const text =
      "x-b: &b\n  cap_add: [SYS_PTRACE]\n  command: dlv exec --headless /app\nservices:\n  a:\n    <<: *b\n    init: true\n";
    assert.deepEqual(told("compose", text), ["DLV505 information"]);
  });
});
