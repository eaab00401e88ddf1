/** The font files that a browser fetches to show a text: of each letter, the last subset that has it. */
export function fontsFor(text: string, css: string) {
  const faces = [...css.matchAll(/@font-face\s*\{[^}]*\}/g)]
    .map(([face]) => ({ file: /url\(["']?\/([^"')]+)/.exec(face)?.[1] ?? '', ranges: rangesOf(face) }))
    .reverse();
  const letters = new Set([...text].map((letter) => letter.codePointAt(0) ?? 0));
  const files = [...letters].map(
    (letter) => faces.find(({ ranges }) => ranges.some(([from, to]) => from <= letter && letter <= to))?.file,
  );
  return new Set(files.filter((file) => file !== undefined));
}

/** Reads `unicode-range: U+20-22, U+3F, U+4??`. */
function rangesOf(face: string): [number, number][] {
  const list = /unicode-range:\s*([^;}]+)/.exec(face)?.[1] ?? 'U+0-10FFFF';
  return list.split(',').map((range) => {
    const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-');
    return [Number.parseInt(from.replaceAll('?', '0'), 16), Number.parseInt(to.replaceAll('?', 'F'), 16)];
  });
}
