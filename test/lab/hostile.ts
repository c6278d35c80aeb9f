import fc from "fast-check";

const esc = "\u001b";
const bel = "\u0007";

/** What a terminal obeys, or takes for keys where it is typed. */
const terminal = [
  `${esc}[2J${esc}[1;1H`,
  `${esc}]0;title${bel}`,
  `${esc}]8;;https://evil.example${esc}\\link${esc}]8;;${esc}\\`,
  `${esc}]52;c;ZXZpbA==${bel}`,
  `${esc}P+q544e${esc}\\`,
  "\u009b2J\u009d0;t\u009c",
  "safe\b\b\b\bevil",
  "first\rsecond",
  "one\ntwo\r\nthree\u0085four\u2028five\u2029six",
  "a\u0003\rtouch /tmp/owned\r",
  "b\u000ftouch /tmp/owned\u0004",
  "c\ttab\u0016\r",
  "\u0000nul\u007f",
];

/** What makes one text look like another. */
const looks = [
  "\u202egpj.exe\u202c",
  "\u2066a\u2069\u200fb\u061cc",
  "pay\u200bpal\u200d\u2060\ufeff",
  "\u00adsoft\u034f\u180e\u3164",
  "\u{e0041}\u{e0001}tags",
  "\ud800half",
  "\ufff9a\ufffab\ufffb",
];

/** What becomes a link, a tag, an icon, a diagram or another line where it is rendered. */
const rendered = [
  "[run](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%5Cn%22%7D)",
  "[x](https://evil.example 'title')",
  "![x](https://evil.example/x.png)",
  "<script>alert(1)</script><img src=x onerror=alert(1)>",
  "</details><a href='command:x'>y</a>",
  "<command:x> <vscode://evil/x> <https://evil.example>",
  "https://evil.example www.evil.example mail@evil.example vscode://evil/x command:workbench.action.quit",
  "$(error)$(sync~spin) \\$(check)",
  "| a | b |\n| --- | --- |\n# heading\n- list\n> quote",
  "` `` ``` ```` ~~~",
  '```\n```mermaid\ngantt\n  click a href "https://evil.example"\n```',
  '%%{init: {"securityLevel": "loose"}}%%\nclick x call y()',
  "$$\\href{javascript:x}{y}$$ $x$",
  "[ref]: command:x\n[ref]",
  "{0}{one} ${x} %s %d &lt;b&gt; &#60;",
];

/** What a shell, a path or an option is made of. */
const words = [
  "-oProxyCommand=touch /tmp/owned",
  "--help",
  "$(touch /tmp/owned)`touch /tmp/owned`;touch /tmp/owned|&",
  'it\'s "quoted" !history \\ end',
  "../../../etc/passwd",
  "__proto__",
  "constructor",
  '{"__proto__": {"polluted": true}}',
  " leading and trailing ",
  "",
];

/** Texts that a remote machine, a program, a file or a name may hold, made to do harm where it is shown or typed. */
export const nasty: readonly string[] = [...terminal, ...looks, ...rendered, ...words];

/** Any such text, alone, put together, or amid others. */
export const nastyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: "binary", maxLength: 8 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(""));

/** What no output for a terminal or a person may hold, but for line ends. */
export const forbidden =
  /(?!\n)\p{Cc}|\p{Cs}|[\u2028\u2029\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u{e0000}-\u{e0fff}]/u;

/** `size` characters on which a pattern that goes back and forth would take for ever. */
export function floods(size: number): readonly string[] {
  const units = [
    ...["a", " ", "\n", "0", "/", "-", "=", ":", "(", "[", "{", '"', "\\", "`", "|", "<", "é", "\u001b["],
    ...[
      "a ",
      "a:",
      "1.",
      "= ",
      "a\n",
      "://",
      "password= ",
      "[x](",
      "-----BEGIN ",
      "k=v ",
      "a/b:1:2: ",
      "\t\n",
    ],
  ];
  return units.map((unit) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size));
}
