/** What names a person or a machine, and must not stand in a text that is shared. */
export interface Identity {
  readonly user: string;
  readonly home: string;
  readonly hosts: readonly string[];
}

/**
 * A report's text without user name, home path and host names, and a last line that says what was hidden. Env values and
 * tokens are gone already: a report is redacted when it is made.
 */
export function shareable(text: string, identity: Identity): string {
  const { text: all, hidden } = unnamed(text, identity);
  const said = ["env values and tokens", ...hidden].join(", ");
  return `${all.trimEnd()}\n\nHidden in this copy: ${said}.\n`;
}

/** A text without what names a person or a machine, and what was hidden in it, each kind once. */
export function unnamed(
  text: string,
  { user, home, hosts }: Identity,
): { readonly text: string; readonly hidden: readonly string[] } {
  const hidden: string[] = [];
  const hide = (from: string, pattern: RegExp, to: string, what: string) => {
    const after = from.replace(pattern, to);
    if (after !== from) hidden.push(what);
    return after;
  };
  const withoutHome = home.length > 1 ? hide(text, word(home), "~", "the home path") : text;
  const otherHomes = hide(
    withoutHome,
    /(?<=\/(?:home|Users)\/)[^/\s"'`]+/g,
    "‹user›",
    "names of home folders",
  );
  const withoutHosts = hosts
    .filter((host) => host.length > 1 && host !== "localhost")
    .reduce((rest, host) => hide(rest, word(host), "‹host›", "the host's name"), otherHomes);
  const addresses = /\b(?!127\.)(?:\d{1,3}\.){3}\d{1,3}\b/g;
  const withoutAddresses = hide(withoutHosts, addresses, "‹address›", "network addresses");
  // "root" is everywhere, and names nobody.
  const all =
    user === "root" ? withoutAddresses : hide(withoutAddresses, word(user), "‹user›", "the user's name");
  return { text: all, hidden: [...new Set(hidden)] };
}

/** A name that stands alone, and not inside a longer one. */
function word(name: string): RegExp {
  const exact = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\w-])${exact}(?![\\w-])`, "g");
}
