import type { Rule } from "../core/rule.ts";
import { say } from "../core/say.ts";

/** What is told of a flaw: a text that cannot be read as what it should be has a code and a page, as a rule has. */
type FlawAbout = Omit<Rule, "of" | "check"> & { readonly of: "section" };

/** The flaws that a document has of itself (document.ts), before any rule looks at it. */
export const flaws: readonly FlawAbout[] = [
  {
    code: "DLV001",
    id: "unreadable",
    title: say`The text cannot be read`,
    severity: "error",
    of: "section",
    prevents: [],
    about: {
      what: "The text is not JSON with comments, or not YAML. VS Code reads on behind the first fault and guesses; what it then starts is not what you wrote. The message says what is missing at that place.",
      wrong: `{
  "configurations": [
    { "name": "A" "type": "go", "request": "launch", "program": "." }
  ]
}`,
      right: `{
  "configurations": [
    { "name": "A", "type": "go", "request": "launch", "program": "." }
  ]
}`,
      sources: ["https://code.visualstudio.com/docs/languages/json#_json-with-comments"],
    },
  },
  {
    code: "DLV002",
    id: "duplicate-key",
    title: say`A key is written twice in one object`,
    severity: "warning",
    of: "section",
    prevents: [],
    about: {
      what: "The same key stands twice in one object. Only the last counts, and nobody says so: what you change in the first one changes nothing.",
      wrong: `{
  "configurations": [
    { "name": "A", "type": "go", "request": "launch", "program": ".", "program": "./cmd/api" }
  ]
}`,
      right: `{
  "configurations": [
    { "name": "A", "type": "go", "request": "launch", "program": "./cmd/api" }
  ]
}`,
      sources: ["https://www.rfc-editor.org/rfc/rfc8259#section-4"],
    },
  },
  {
    code: "DLV003",
    id: "too-large",
    title: say`The file is too large to be checked`,
    severity: "information",
    of: "section",
    prevents: [],
    about: {
      what: "A file of more than 2 MB (256 kB of YAML) is left alone: reading it at every keystroke would take longer than the keystroke. Nothing is wrong with it; nothing in it is checked either.",
      wrong: `// Two megabytes of configurations follow.
{ "configurations": [] }`,
      right: `{ "configurations": [] }`,
      sources: [],
    },
  },
];
