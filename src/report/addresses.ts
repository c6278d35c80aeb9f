/** True for an IP address that tells of a network: neither loopback, nor "any", nor a number that only looks like one. */
export function isNetworkAddress(text: string): boolean {
  const [address = ""] = text.split("%");
  return isFour(address)
    ? !/^(?:127\.|0\.0\.0\.0$|255\.)/.test(address)
    : isSix(address) && !/^[0:]*1?$/.test(address);
}

function isFour(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
}

/** RFC 4291: eight groups, or fewer around one "::"; the last two may be written as IPv4. */
function isSix(text: string): boolean {
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1) ?? "";
  const isMixed = isFour(last);
  const hexadecimal = isMixed ? groups.slice(0, -1) : groups;
  if (!hexadecimal.every((group) => /^[\da-f]{1,4}$/i.test(group))) return false;
  const count = hexadecimal.length + (isMixed ? 2 : 0);
  // Go writes "a::b" nowhere, but people do: two groups of one sign are no address.
  return halves.length === 2 ? count < 8 && /[\da-f]{2}/i.test(text) : count === 8;
}
