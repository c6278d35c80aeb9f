import assert from "node:assert/strict";
import { hidden, redactConfig, redactText, secretValues } from "./redact.ts";

describe("redaction", () => {
  it("hides every env value of a configuration, also in a platform block, and keeps the names", () => {
    const config = {
      env: { TOKEN: "abc", EMPTY: "" },
      linux: { env: { A: "b" } },
      program: "${workspaceFolder}",
    };
    assert.deepEqual(redactConfig(config), {
      env: { TOKEN: hidden, EMPTY: hidden },
      linux: { env: { A: hidden } },
      program: "${workspaceFolder}",
    });
  });

  const secret: readonly (readonly [string, string])[] = [
    ["a URL's credentials", "https://me:hunter2@example.com/x"],
    ["a URL's token without a user", "https://:hunter2@example.com/x"],
    ["a URL's token as the user", "https://hunter2@example.com/x"],
    ["a bearer token", "Authorization: Bearer hunter2hunter2"],
    ["a GitHub token", "ghp_hunter2hunter2hunter2"],
    ["an assigned password", "password=hunter2"],
    ["an assigned password with a prefix", "DB_PASSWORD=hunter2"],
    ["an assigned token with a prefix", "x?access_token=hunter2&y"],
    ["an assigned key with a suffix", "AWS_SECRET_ACCESS_KEY: hunter2"],
    ["a token in JSON", '{"authToken": "hunter2"}'],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----"],
  ];
  for (const [what, text] of secret) {
    it(`hides ${what} in any text`, () => {
      assert.doesNotMatch(redactText(text), /hunter2/);
      assert.match(redactText(text), new RegExp(hidden));
    });
  }

  it("hides the values it is given, wherever they stand", () => {
    const values = secretValues({ DB: "s3cr3t-value", PATH: "/usr/bin:/bin", ON: "1" });
    assert.equal(
      redactText("dial s3cr3t-value via /usr/bin:/bin 1", values),
      `dial ${hidden} via /usr/bin:/bin 1`,
    );
  });

  it("hides a long value whole, also where a shorter one or a form is part of it", () => {
    const values = ["hunter", "hunter2-long", "redact", "https://u:hunter2@h/tail"];
    assert.equal(redactText("hunter2-long hunter", values), `${hidden} ${hidden}`);
    assert.equal(redactText("at https://u:hunter2@h/tail", values), `at ${hidden}`);
    assert.equal(redactText("a.b axb", ["a.b", ""]), `${hidden} axb`);
  });

  it("hides the program's arguments, as a list and as one text, and keeps how many there are", () => {
    assert.deepEqual(redactConfig({ args: ["-key", "hunter2", 3], linux: { args: "-key hunter2" } }), {
      args: [hidden, hidden, hidden],
      linux: { args: hidden },
    });
  });

  it("leaves URLs without credentials and mail addresses behind a slash as they are", () => {
    const text = "https://modules.example/example.com/m/@v/list,https://a.example?to=me@b.example,direct";
    assert.equal(redactText(text), text);
  });

  it("leaves an ordinary text as it is", () => {
    const text =
      "Failed to launch: could not launch process: fork/exec /home/u/p/__debug_bin1: permission denied";
    assert.equal(redactText(text), text);
  });
});
