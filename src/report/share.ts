import { hidden as redacted, redactText } from "../core/redact.ts";
import { say } from "../core/say.ts";
import { isNetworkAddress } from "./addresses.ts";

/** What names a person or a machine, and must not stand in a text that is shared. */
export interface Identity {
  readonly user: string;
  readonly home: string;
  readonly hosts: readonly string[];
}

/** The kinds of what is hidden, in the order in which a person is told of them. */
const kinds = [
  ...(["env values and tokens", "home paths", "user names"] as const),
  ...(["host names", "network addresses", "e-mail addresses"] as const),
] as const;
export type HiddenKind = (typeof kinds)[number];

const words: Readonly<Record<HiddenKind, (count: number) => string>> = {
  "env values and tokens": (count) =>
    count === 1 ? say`1 env value, argument or token` : say`${count} env values, arguments or tokens`,
  "home paths": (count) => (count === 1 ? say`1 home path` : say`${count} home paths`),
  "user names": (count) => (count === 1 ? say`1 user name` : say`${count} user names`),
  "host names": (count) => (count === 1 ? say`1 host name` : say`${count} host names`),
  "network addresses": (count) => (count === 1 ? say`1 network address` : say`${count} network addresses`),
  "e-mail addresses": (count) => (count === 1 ? say`1 e-mail address` : say`${count} e-mail addresses`),
};

/** User names that many machines have and that name nobody: to hide "go" would hide half of a report. */
const nobody: ReadonlySet<string> = new Set([
  ...["root", "go", "golang", "gopher", "vscode", "node", "runner", "user", "ubuntu", "debian", "nobody"],
  ...["app", "dev", "delve", "dlv", "Public", "Default"],
]);

/** Machines that everybody's Go asks: they name nobody. */
const everybodys =
  /^(?:[\w-]+\.)*(?:golang\.org|go\.dev|github\.com|githubusercontent\.com|gopkg\.in|goproxy\.(?:io|cn)|localhost|mermaid\.js\.org)$/i;

/**
 * A report's text without user names, home paths, host names and addresses, with a last line that says what was hidden (`hid`).
 * A report is redacted when it is made; secrets that can be told by their form are looked for once more.
 */
export function shareable(text: string, identity: Identity): { readonly text: string; readonly hid: string } {
  const { text: all, counts } = unnamed(text, identity);
  const hid = hiddenWords(counts);
  return { text: `${all.trimEnd()}\n\n${hid}\n`, hid };
}

/** What a copy hides, in one sentence. */
function hiddenWords(counts: ReadonlyMap<HiddenKind, number>): string {
  const hidden = kinds.flatMap((kind) => {
    const count = counts.get(kind);
    return count === undefined ? [] : [words[kind](count)];
  });
  return hidden.length === 0 ? say`It hid nothing.` : say`It hid: ${hidden.join(", ")}.`;
}

/** A text without what names a person or a machine, what kinds of things were hidden in it, and how many of each. */
export function unnamed(
  text: string,
  { user, home, hosts }: Identity,
): {
  readonly text: string;
  readonly hidden: readonly HiddenKind[];
  readonly counts: ReadonlyMap<HiddenKind, number>;
} {
  const counts = new Map<HiddenKind, number>();
  const counted = (kind: HiddenKind, to: string) => () => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return to;
  };
  let rest = redactText(text);
  rest = rest.replaceAll(redacted, counted("env values and tokens", redacted));
  // Mail addresses go before hosts and users, which are parts of them. A module's version is no domain.
  rest = rest.replace(
    /(?<![\w.+-])(?!git@)[\w.+-]+@(?!v\d)(?:[\w-]+\.)+[a-z]{2,}(?![\w-])/gi,
    counted("e-mail addresses", "‹e-mail›"),
  );
  if (home.length > 1) rest = rest.replace(word(home), counted("home paths", "~"));
  const others = new Set<string>();
  rest = rest.replace(homePath, (_, before: string, name: string) => {
    others.add(name.replaceAll("\\", ""));
    return counted("home paths", `${before}‹user›`)();
  });
  for (const host of hosts.filter((one) => one.length > 1 && one !== "localhost"))
    rest = rest.replace(word(host, domain), counted("host names", "‹host›"));
  rest = rest.replace(
    /(?<=\b[a-z][a-z+.-]*:\/\/)(?:\w+@)?([a-z][\w-]*(?:\.[\w-]+)+)/gi,
    (all, host: string) => (everybodys.test(host) ? all : counted("host names", "‹host›")()),
  );
  // An IPv6 address may end in an IPv4 one, and an IPv4 one may have a port.
  for (const pattern of [
    /(?<![\w:.])[\da-f:.]*[\da-f:](?:%\w+)?(?!\w)/gi,
    /(?<![\w.])(?:\d+\.){3}\d+(?![\w])/g,
  ])
    rest = rest.replace(pattern, (all) =>
      isNetworkAddress(all) ? counted("network addresses", "‹address›")() : all,
    );
  for (const name of [user, ...others].filter((one) => one.length > 1 && !nobody.has(one)))
    rest = rest.replace(word(name), counted("user names", "‹user›"));
  return { text: rest, hidden: [...counts.keys()], counts };
}

/** The folder of a person in a path, also of Windows, and there also as JSON and Markdown write a backslash. */
const homePath = /(\/(?:home|Users)\/|\b[a-z]:\\+Users\\+)(?!‹)((?:\\_|[^/\\\s"'`:,)])+)/gi;

/** The domain of a host, where its name is given in full. */
const domain = "(?:\\.[a-z][a-z0-9-]*){2,}";

/** A name that stands alone, and not inside a longer one. Markdown has a backslash before some of its signs. */
function word(name: string, after = ""): RegExp {
  const exact = Array.from(name, (sign) =>
    /\w/.test(sign) && sign !== "_"
      ? sign
      : sign === "\\"
        ? "\\\\+"
        : `\\\\?${sign.replace(/[.*+?^${}()|[\]\\/-]/, "\\$&")}`,
  ).join("");
  return new RegExp(`(?<![\\w-])${exact}${after === "" ? "" : `(?:${after})?`}(?![\\w-])`, "g");
}
