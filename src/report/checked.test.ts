import assert from "node:assert/strict";
import type { Checked, CheckedProblem } from "./checked.ts";
import { checkedSarif } from "./checkedSarif.ts";
import { checkedText } from "./checkedText.ts";
import { type Described, rulePage } from "./rulePage.ts";

const problem: CheckedProblem = {
  file: ".vscode/launch.json",
  line: 3,
  column: 14,
  endLine: 3,
  endColumn: 18,
  code: "DLV103",
  rule: "attach-mode",
  severity: "error",
  message: 'An attach has no mode "exec".',
  related: [{ line: 1, column: 2, endLine: 1, endColumn: 5, message: "The first" }],
  fixes: [
    {
      title: 'Write "mode": "local"',
      safe: true,
      edits: [{ line: 3, column: 15, endLine: 3, endColumn: 17, newText: "local" }],
    },
    { title: "Leave it", safe: false, edits: [] },
  ],
};
const checked: Checked = {
  version: 1,
  files: [{ file: ".vscode/launch.json", kind: "launch" }],
  unread: [],
  fixed: [],
  problems: [problem],
};
const described: Described = {
  code: "DLV103",
  id: "attach-mode",
  title: "An attach knows two modes",
  severity: "error",
  of: "configuration",
  prevents: ["attribute-refused"],
  about: {
    what: "Others are refused.",
    wrong: "{ 1 }",
    right: "{ 2 }",
    sources: ["go-delve/delve#12 Title"],
  },
};

const text = (line: string, change: Partial<CheckedProblem> = {}, width = 80) =>
  checkedText({ ...checked, problems: [{ ...problem, ...change }] }, { width, lineOf: () => line });

describe("problems for a terminal", () => {
  it("name the place, quote it, mark it, name the fixes, and count", () => {
    assert.equal(
      text('    { "mode": exec }'),
      `.vscode/launch.json:3:14: error DLV103: An attach has no mode "exec".
  3 | { "mode": exec }
    |          ^^^^
  .vscode/launch.json:1:2: The first
  fix (--fix makes it): Write "mode": "local"; or: Leave it

1 problem (1 error) in 1 file; 1 can be fixed with --fix
`,
    );
  });

  it("are nothing where there are none", () => {
    assert.equal(checkedText({ ...checked, problems: [] }, { width: 80, lineOf: () => "x" }), "");
  });

  it("count by severity and by file", () => {
    const list = [
      problem,
      { ...problem, severity: "warning" as const, fixes: [] },
      { ...problem, file: "b", severity: "information" as const, fixes: [] },
    ];
    const all = { ...checked, problems: list, unread: [{ file: "c", message: "is not there" }] };
    assert.match(
      checkedText(all, { width: 80, lineOf: () => undefined }),
      /\n3 problems \(1 error, 1 warning, 1 information\) in 2 files; 1 can be fixed with --fix; 1 file could not be read\n$/,
    );
  });

  it("say a control character of the file, the message or the path in place of obeying it", () => {
    const odd = text("\u001b[2J\tabcdefghijkl\u009b\u202e", { message: "\u001b]0;x\u0007", file: "\u001bc" });
    assert.doesNotMatch(odd.replaceAll("\n", ""), /[\p{Cc}\u202e]/u);
    assert.match(odd, /\\u\{1b\}\[2J abc/);
  });

  it("mark the right columns behind tabs, escapes and wide signs", () => {
    const line = "\t\u001b世界: exec";
    const at = line.indexOf("exec");
    const [, quote = "", mark = ""] = text(line, { column: at + 1, endColumn: at + 5 }).split("\n");
    assert.equal(quote, "  3 | \\u{1b}世界: exec");
    assert.equal(mark, `    | ${" ".repeat("\\u{1b}".length + 4 + 2)}^^^^`);
  });

  it("cut a long line around its mark", () => {
    const line = `${"a".repeat(5000)}exec${"b".repeat(5000)}`;
    const [, quote = "", mark = ""] = text(line, { column: 5001, endColumn: 5005 }).split("\n");
    assert.ok(quote.length <= 80, quote);
    assert.match(quote, /^ {2}3 \| …a+execb+…$/);
    assert.equal(quote.slice(mark.indexOf("^"), mark.lastIndexOf("^") + 1), "exec");
  });

  it("mark what ends on a later line to the end of the first, and an empty stretch with one sign", () => {
    const [, , long] = text("{ a: [  ", { column: 3, endLine: 9, endColumn: 2 }).split("\n");
    assert.equal(long, "    |   ^^^^");
    const [, , none] = text("", { column: 1, endColumn: 1 }).split("\n");
    assert.equal(none, "    | ^");
  });
});

describe("problems as SARIF", () => {
  const log = (change: Partial<Checked> = {}) =>
    JSON.parse(JSON.stringify(checkedSarif({ ...checked, ...change }, [described], "1.2.3"))) as {
      runs: [{ invocations: unknown; tool: { driver: { rules: object[] } }; results: object[] }];
    };

  it("hold what code scanning needs of a rule and of a result", () => {
    const [run] = log().runs;
    assert.deepEqual(run.results, [
      {
        ruleId: "DLV103",
        ruleIndex: 0,
        level: "error",
        message: { text: 'An attach has no mode "exec".' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: ".vscode/launch.json", uriBaseId: "%SRCROOT%" },
              region: { startLine: 3, startColumn: 14, endLine: 3, endColumn: 18 },
            },
          },
        ],
        relatedLocations: [
          {
            id: 0,
            physicalLocation: {
              artifactLocation: { uri: ".vscode/launch.json", uriBaseId: "%SRCROOT%" },
              region: { startLine: 1, startColumn: 2, endLine: 1, endColumn: 5 },
            },
            message: { text: "The first" },
          },
        ],
        fixes: [
          {
            description: { text: 'Write "mode": "local".' },
            artifactChanges: [
              {
                artifactLocation: { uri: ".vscode/launch.json", uriBaseId: "%SRCROOT%" },
                replacements: [
                  {
                    deletedRegion: { startLine: 3, startColumn: 15, endLine: 3, endColumn: 17 },
                    insertedContent: { text: "local" },
                  },
                ],
              },
            ],
          },
        ],
      },
    ]);
    const [rule] = run.tool.driver.rules;
    assert.deepEqual(rule, {
      id: "DLV103",
      name: "AttachMode",
      shortDescription: { text: "An attach knows two modes." },
      fullDescription: { text: "Others are refused." },
      help: { text: "Others are refused.", markdown: rulePage(described, "alone") },
      defaultConfiguration: { level: "error" },
    });
  });

  it("name a file as an URI, and one outside the checkout by its own", () => {
    const uri = (file: string) => {
      const [result] = log({ problems: [{ ...problem, file }] }).runs[0].results;
      return (result as { locations: [{ physicalLocation: { artifactLocation: unknown } }] }).locations[0]
        .physicalLocation.artifactLocation;
    };
    assert.deepEqual(uri("a b/50%/ü#1?.json"), {
      uri: "a%20b/50%25/%C3%BC%231%3F.json",
      uriBaseId: "%SRCROOT%",
    });
    assert.deepEqual(uri("/home/me/settings.json"), { uri: "file:///home/me/settings.json" });
    assert.deepEqual(uri("C:/me/settings.json"), { uri: "file:///C:/me/settings.json" });
  });

  it("say of a file that could not be read that the run is not whole", () => {
    const [run] = log({ unread: [{ file: "x.json", message: "is not UTF-8 text" }] }).runs;
    assert.deepEqual(run.invocations, [
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          {
            level: "error",
            message: { text: "x.json is not UTF-8 text." },
            locations: [
              { physicalLocation: { artifactLocation: { uri: "x.json", uriBaseId: "%SRCROOT%" } } },
            ],
          },
        ],
      },
    ]);
  });
});

describe("the page of a rule", () => {
  it("shows both samples, what is prevented, how to ignore it and where it comes from", () => {
    const page = rulePage(described);
    assert.match(
      page,
      /^# An attach knows two modes\n\n`DLV103` `attach-mode` \(error\)\n\nOthers are refused\.\n/,
    );
    assert.match(page, /```jsonc\n\{ 1 \}\n```\n(?:.*\n)*```jsonc\n\{ 2 \}\n```/);
    assert.match(page, /\[attribute-refused\]\(\.\.\/causes\/attribute-refused\.md\)/);
    assert.match(page, /\n\/\/ delve-doctor-ignore DLV103\n/);
    assert.match(
      page,
      /\[go-delve\/delve#12 Title\]\(https:\/\/github\.com\/go-delve\/delve\/issues\/12\)\n$/,
    );
  });

  it("has a YAML comment for YAML, and no links to other pages where it stands alone", () => {
    const page = rulePage({ ...described, of: "pod", prevents: ["as-root-flow"] }, "alone");
    assert.match(page, /```yaml\n# delve-doctor-ignore DLV103\n```/);
    assert.match(page, /\n- `as-root-flow`\n/);
    assert.doesNotMatch(page, /\.\.\/causes/);
    assert.doesNotMatch(rulePage({ ...described, prevents: [] }), /spared/);
  });
});
