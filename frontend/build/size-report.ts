import { gzipSync } from 'node:zlib';
import type { Plugin, Rollup } from 'vite';

/**
 * Prints what a first visit to the given route module downloads: the entry, the route's own chunk and everything either
 * imports statically. Warns above the budget.
 */
export function sizeReport(options: { route: string; budgetKilobytes: number }): Plugin {
  return {
    name: 'size-report',
    apply: 'build',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file): file is Rollup.OutputChunk => file.type === 'chunk');
      const wanted = new Set<string>();
      const want = (fileName: string) => {
        const chunk = chunks.find((candidate) => candidate.fileName === fileName);
        if (!chunk || wanted.has(fileName)) return;
        wanted.add(fileName);
        chunk.imports.forEach(want);
      };
      chunks
        .filter((chunk) => chunk.isEntry || chunk.moduleIds.some((id) => id.endsWith(options.route)))
        .forEach((chunk) => want(chunk.fileName));

      const bytes = chunks
        .filter((chunk) => wanted.has(chunk.fileName))
        .reduce((sum, chunk) => sum + gzipSync(chunk.code).length, 0);
      const kilobytes = bytes / 1024;
      const line = `First load of the catalogue: ${kilobytes.toFixed(1)} KB of compressed JavaScript (budget ${options.budgetKilobytes} KB)`;
      if (kilobytes > options.budgetKilobytes) this.warn(line);
      else this.info(line);
    },
  };
}
