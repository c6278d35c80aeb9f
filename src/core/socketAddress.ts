/** An address and port of proc_pid_net(5). */
export interface SocketAddress {
  /** Dotted, or IPv6 without brackets; an IPv4 address mapped into IPv6 reads as the IPv4 one. */
  readonly host: string;
  readonly port: number;
}

/** Reads "0100007F:1F90" as 127.0.0.1 and 8080: the kernel prints each 32-bit word in the machine's byte order. */
export function socketAddress(hex: string): SocketAddress {
  const [host = "", port = "0"] = hex.split(":");
  const words = host.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) =>
    (word.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)),
  );
  const mapped = bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255;
  const four = mapped ? bytes.slice(12) : bytes;
  return { host: four.length === 4 ? four.join(".") : ipv6(bytes), port: Number.parseInt(port, 16) };
}

function ipv6(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16),
  );
  return groups.join(":").replace(/(^|:)0(:0)+(:|$)/, "::");
}
