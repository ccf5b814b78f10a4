const basis = 2166136261;
const prime = 16777619;

/** Returns the FNV-1a hash of a text's UTF-16 units. A page verifies with it that its text is that of the server. */
export function hashOf(text: string): number {
  let hash = basis;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), prime);
  return hash >>> 0;
}
