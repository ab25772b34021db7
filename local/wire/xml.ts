const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for an XML 1.0 document. Control characters, which object keys may hold, become references as in S3. */
export function escapeXml(text: string): string {
  return text.replaceAll(
    /[&<>"]|\p{Cc}/gu,
    (character) => ENTITIES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`,
  );
}

/** An element with text; empty when there is no text. */
export function element(name: string, text: string | number | boolean | null): string {
  return text === null ? '' : `<${name}>${escapeXml(String(text))}</${name}>`;
}
