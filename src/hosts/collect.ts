/** Keeps the first `bytes` of a stream and lets the rest run through, so that the writer never blocks on us. */
export function collect(stream: NodeJS.ReadableStream, bytes: number): () => string {
  const chunks: Buffer[] = [];
  let room = bytes;
  stream.on("data", (chunk: Buffer) => {
    if (room <= 0) return;
    chunks.push(chunk.subarray(0, room));
    room -= chunk.length;
  });
  return () => Buffer.concat(chunks).toString("utf8");
}
