import { gzipSync } from 'node:zlib';

export type Resource = { type: 'document' | 'script' | 'stylesheet' | 'font'; name: string; bytes: number };

type Limit = { resourceType: Resource['type'] | 'total'; budget: number };

/** A page's part of a Lighthouse budget file: sizes in KB of 1024 bytes, and numbers of files. */
export type Budget = { path: string; resourceSizes?: Limit[]; resourceCounts?: Limit[] };

/** As the web server sends it. */
export const compressedSize = (content: string | Uint8Array) => gzipSync(content, { level: 9 }).length;

/** Says what there is of each type, and what is too much of it with its biggest files. */
export function judge(resources: Resource[], budget: Budget) {
  const excesses: string[] = [];
  for (const { resourceType, budget: limit } of budget.resourceSizes ?? []) {
    const bytes = sum(of(resources, resourceType));
    if (bytes > limit * 1024)
      excesses.push(`${resourceType}: ${kilobytes(bytes)} of ${limit} KB. ${biggest(resources, resourceType)}`);
  }
  for (const { resourceType, budget: limit } of budget.resourceCounts ?? []) {
    const count = of(resources, resourceType).length;
    if (count > limit) excesses.push(`${resourceType}: ${count} files of ${limit}`);
  }
  const types = [...new Set(resources.map(({ type }) => type)), 'total' as const];
  const summary = types.map((type) => `${type} ${kilobytes(sum(of(resources, type)))}`).join(', ');
  return { summary, excesses };
}

function biggest(resources: Resource[], type: Limit['resourceType']) {
  const files = of(resources, type).sort((a, b) => b.bytes - a.bytes);
  return `The biggest: ${files
    .slice(0, 5)
    .map(({ name, bytes }) => `${name} ${kilobytes(bytes)}`)
    .join(', ')}`;
}

const of = (resources: Resource[], type: Limit['resourceType']) =>
  resources.filter((resource) => type === 'total' || resource.type === type);
const sum = (resources: Resource[]) => resources.reduce((bytes, resource) => bytes + resource.bytes, 0);
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
