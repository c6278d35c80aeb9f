import { isPair, isScalar, parseAllDocuments, visit } from "yaml";

/** The keys of compose files and pod manifests below which values may be secret. */
const secretKey = /^(?:environment|env|envFrom|args|command|entrypoint|data|stringData|labels|secrets)$/;

/** A YAML text with every value below such a key replaced; comments and layout stay. What cannot be read is hidden whole. */
export function maskedYaml(text: string, hidden: string): string {
  const places: (readonly [number, number])[] = [];
  try {
    for (const document of parseAllDocuments(text)) {
      if (document.errors.length > 0) return hidden;
      visit(document, {
        Scalar(key, { range }, path) {
          const inside = path.some(
            (one) => isPair(one) && isScalar(one.key) && secretKey.test(String(one.key.value)),
          );
          if (inside && key !== "key" && range != null && range[1] > range[0])
            places.push([range[0], range[1]]);
        },
      });
    }
  } catch {
    return hidden;
  }
  return places.reduceRight((rest, [from, to]) => {
    // A block of text keeps its line break, or the next line would join it.
    const end = /\n$/.test(rest.slice(from, to)) ? to - 1 : to;
    return `${rest.slice(0, from)}${JSON.stringify(hidden)}${rest.slice(end)}`;
  }, text);
}
