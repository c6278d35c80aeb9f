import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { devcontainer } from "./devcontainer.ts";

function read(...files: readonly (readonly [string, string])[]) {
  const stdout = files.map(([file, text]) => `\u0001${file}\n${text}`).join("");
  return devcontainer.read(answer(stdout), launchOf({}));
}

describe("a devcontainer.json with a compose file", () => {
  it("is read with comments, trailing commas and the path from its own folder", () => {
    const text = `{
      // "runArgs": ["--privileged"],
      "dockerComposeFile": "../docker-compose.yml", /* ours */
      "service": "api",
      "runArgs": ["--cap-add=SYS_PTRACE", "--env=URL=http://x//y",],
    }`;
    assert.deepEqual(read([".devcontainer/devcontainer.json", text]), [
      {
        file: ".devcontainer/devcontainer.json",
        compose: "docker-compose.yml",
        runArgs: ["--cap-add=SYS_PTRACE", "--env=URL=http://x//y"],
      },
    ]);
  });

  it("names the last of its compose files, and one outside the folder as such", () => {
    const list = '{"dockerComposeFile": ["../a.yml", "b.yml"]}';
    const outside = '{"dockerComposeFile": "../../../infra/c.yml"}';
    assert.deepEqual(
      read([".devcontainer/devcontainer.json", list], [".devcontainer/go/devcontainer.json", outside]).map(
        ({ compose, runArgs }) => [compose, runArgs.length],
      ),
      [
        [".devcontainer/b.yml", 0],
        ["../infra/c.yml", 0],
      ],
    );
  });

  it("is none where the file names an image, or is no JSON", () => {
    assert.deepEqual(read([".devcontainer.json", '{"image": "x", "runArgs": ["--init"]}']), []);
    assert.deepEqual(read([".devcontainer.json", "{"]), []);
    assert.deepEqual(read(), []);
  });
});
