import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rollup } from 'vite';
import { fontsFor } from './fonts.ts';
import { compressedSize, judge, type Budget, type Resource } from './weigh.ts';

type Options = {
  /** The page's address in budget.json. */
  path: string;
  /** Its route module. */
  route: string;
  /** Modules that a first visit must not download. */
  forbidden: RegExp;
  /** A file with the text that the page's first view is made of, for the fonts. */
  text: string;
};

/**
 * Weighs what a first visit to a page downloads: the document, the entry, the route's own chunk, everything either imports
 * statically, their styles, and the font subsets for the text. The build fails when it is over the budget of budget.json,
 * which has the format of Lighthouse's budgets.
 */
export function budgets({ path, route, forbidden, text }: Options): Plugin {
  let root: string;
  return {
    name: 'budgets',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      root = config.root;
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const chunks = firstLoad(bundle, route);
        const strays = chunks.flatMap(({ moduleIds }) => moduleIds).filter((id) => forbidden.test(id));
        if (strays.length > 0) this.error(`A first visit to ${path} downloads what it must not: ${strays.join(', ')}`);

        const resources = [...scripts(chunks), ...documentsAndStyles(bundle, chunks)];
        const styles = resources.filter(({ type }) => type === 'stylesheet').map(({ name }) => sourceOf(bundle, name));
        const letters = readFileSync(join(root, text), 'utf8');
        for (const name of fontsFor(letters, styles.join(''))) {
          resources.push({ type: 'font', name, bytes: Buffer.byteLength(sourceOf(bundle, name)) });
        }

        const all: Budget[] = JSON.parse(readFileSync(join(root, 'budget.json'), 'utf8'));
        const { summary, excesses } = judge(resources, all.find((budget) => budget.path === path) ?? { path });
        if (excesses.length > 0) this.error(`A first visit to ${path} is over budget.json:\n${excesses.join('\n')}`);
        this.info(`First visit to ${path}, compressed: ${summary}`);
      },
    },
  };
}

/** The chunks that the browser asks for before it shows the page. */
function firstLoad(bundle: Rollup.OutputBundle, route: string) {
  const wanted = new Map<string, Rollup.OutputChunk>();
  const want = (name: string) => {
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk' || wanted.has(name)) return;
    wanted.set(name, chunk);
    chunk.imports.forEach(want);
  };
  for (const file of Object.values(bundle)) {
    if (file.type === 'chunk' && (file.isEntry || file.moduleIds.some((id) => id.endsWith(route)))) want(file.fileName);
  }
  return [...wanted.values()];
}

function scripts(chunks: Rollup.OutputChunk[]): Resource[] {
  return chunks.map(({ fileName, code }) => ({ type: 'script', name: fileName, bytes: compressedSize(code) }));
}

function documentsAndStyles(bundle: Rollup.OutputBundle, chunks: Rollup.OutputChunk[]): Resource[] {
  const styles = new Set(chunks.flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]));
  return [
    { type: 'document', name: 'index.html', bytes: compressedSize(sourceOf(bundle, 'index.html')) },
    ...[...styles].map((name): Resource => ({
      type: 'stylesheet',
      name,
      bytes: compressedSize(sourceOf(bundle, name)),
    })),
  ];
}

function sourceOf(bundle: Rollup.OutputBundle, name: string): string | Uint8Array {
  const file = bundle[name];
  if (file?.type !== 'asset') throw new Error(`The build has no file ${name}.`);
  return file.source;
}
