/** A host as a person writes it: `[user@]host[:port]` or `ssh://[user@]host[:port]`. */
export interface Address {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
}

/**
 * Reads one jump host, or a destination of the command line where that is a URI; undefined where it is none. An IPv6
 * address with a port stands in brackets.
 */
export function readAddress(text: string): Address | undefined {
  const bare = /^ssh:\/\/(.*?)\/?$/.exec(text)?.[1] ?? text;
  const [, user, bracketed, plain, port] =
    /^(?:(.+)@)?(?:\[([^\]]+)\]|([^@[\]:]+|[^@[\]:]*:[^@[\]]*:[^@[\]]*))(?::(\d{1,5}))?$/.exec(bare) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || /^-|\s/.test(host)) return undefined;
  const number = port === undefined ? undefined : Number(port);
  if (number !== undefined && (number < 1 || number > 65_535)) return undefined;
  return {
    host,
    ...(user !== undefined && { user }),
    ...(number !== undefined && { port: number }),
  };
}

/** The hosts of a ProxyJump, the nearest first; undefined where one of them cannot be read. None for "none" and "". */
export function readJumps(text: string): Address[] | undefined {
  if (/^(none)?$/i.test(text)) return [];
  const addresses = text.split(",").map((word) => readAddress(word.trim()));
  return addresses.every((one) => one !== undefined) ? addresses : undefined;
}
