import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { skip } from "../../test/lab/skip.ts";
import { ptyAround } from "../hosts/pty.ts";

const own = (name: string) => JSON.stringify(pathToFileURL(`${import.meta.dirname}/${name}`).href);

/** Asks the person at a terminal of its own one question, and prints what came of it. */
async function asking(question: string) {
  const text = `
    import { interruptible } from ${own("interrupt.ts")};
    import { personAt } from ${own("place.ts")};
    import { openScreen } from ${own("screen.ts")};
    const screen = openScreen({ noColor: true, json: false });
    await interruptible(async (interrupt) => {
      const answer = await personAt(screen, interrupt).${question};
      console.log(["answer:", answer, "interrupted:", interrupt.aborted].map(String).join(" "));
    });
  `;
  const argv = [process.execPath, "--import", "tsx", "--input-type=module", "-e", text];
  const terminal = await ptyAround(argv, { columns: 200, rows: 24 }, process.env);
  let said = "";
  terminal.stdout.setEncoding("utf8").on("data", (more: string) => {
    said += more;
  });
  return {
    async type(keys: string, after: string) {
      while (!said.includes(after)) await sleep(20);
      terminal.stdin.write(keys);
    },
    async said() {
      await terminal.ended;
      return said;
    },
  };
}

describe("the person at the terminal", () => {
  before(function () {
    if (process.platform !== "linux") skip(this, "the terminal of this test is util-linux's script(1)");
  });

  it("ends a question with Ctrl+C, which is heard as everywhere", async () => {
    const confirm = await asking('confirm("Connect to build7?", "It is new.", "Connect")');
    await confirm.type("\x03", "[y/N] ");
    assert.match(await confirm.said(), /answer: false interrupted: true/);

    const secret = await asking('secret("Password of me@build7")');
    await secret.type("\x03", "me@build7: ");
    assert.match(await secret.said(), /answer: undefined interrupted: true/);
  });

  it("types a secret unseen, at a question that moves no cursor", async () => {
    const secret = await asking('secret("Password\\x1b[2J of me@build7")');
    await secret.type("hush\r", "me@build7: ");
    const said = await secret.said();
    assert.match(said, /Password\\u\{1b\}\[2J of me@build7: \r\n/);
    assert.match(said, /answer: hush interrupted: false/);
  });
});
