// Looks at what Aspirate made before it takes the place of aspirate-output/base: renders it, and each overlay on top of it,
// and says in a line what is missing, or what is there. `./shop k8s generate` runs it with the manifest and the folder.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [manifest, made] = process.argv.slice(2);
const output = fileURLToPath(new URL('../../aspirate-output', import.meta.url));

/** The resources of the manifest that run. */
const running = Object.entries(JSON.parse(readFileSync(manifest, 'utf8')).resources)
  .filter(([, { type }]) => /^(project|container|dockerfile)\./.test(type))
  .map(([name]) => name);

// Kustomize wants everything under one roof.
const roof = mkdtempSync(join(tmpdir(), 'check-'));

/** What `kubectl kustomize` prints: documents with their fields in a fixed order and indentation. */
function render(folder) {
  let yaml;
  try {
    const options = { encoding: 'utf8', stdio: 'pipe', maxBuffer: 2 ** 26 };
    yaml = execFileSync('kubectl', ['kustomize', join(roof, folder)], options);
  } catch (error) {
    const said = error.stderr
      ?.trim()
      .split('\n')
      .at(-1)
      .replace(/^.*? err=/, '');
    throw new Error(`${folder} cannot be rendered: ${said || error.message}`);
  }
  return yaml.split(/^---$/m).map((text) => ({
    text,
    kind: /^kind: (.+)$/m.exec(text)?.[1],
    name: /^metadata:\n(?: .*\n)*? {2}name: (.+)$/m.exec(text)?.[1],
    namespace: /^metadata:\n(?: .*\n)*? {2}namespace: (.+)$/m.exec(text)?.[1],
  }));
}

function* missingFrom(objects) {
  const has = (kind, name, namespace) =>
    objects.some((item) => item.kind === kind && item.name === name && item.namespace === namespace);

  for (const name of running) {
    const workload = objects.find((item) => /^(Deployment|StatefulSet)$/.test(item.kind) && item.name === name);
    if (!workload) {
      yield `${name}'s Deployment or StatefulSet`;
      continue;
    }

    const { kind, namespace, text } = workload;
    const policies = objects.filter((item) => item.kind === 'NetworkPolicy' && item.namespace === namespace);
    yield* ['livenessProbe', 'readinessProbe']
      .filter((probe) => !text.includes(`${probe}:`))
      .map((probe) => `${name}'s ${probe}`);
    if (!has('Service', name, namespace)) yield `${name}'s Service`;
    if (kind === 'Deployment' && !has('PodDisruptionBudget', name, namespace)) yield `${name}'s PodDisruptionBudget`;
    if (kind === 'StatefulSet' && !has('CronJob', `${name}-backup`, namespace)) yield `${name}'s backup`;
    if (!policies.some((policy) => policy.text.includes(name))) yield `${name}'s NetworkPolicy`;
    yield* ['deny-all-ingress', 'deny-all-egress']
      .filter((wanted) => !policies.some((policy) => policy.name === wanted))
      .map((wanted) => `${namespace}'s ${wanted}`);
  }
}

try {
  cpSync(join(output, 'components'), join(roof, 'components'), { recursive: true });
  cpSync(join(output, 'overlays'), join(roof, 'overlays'), { recursive: true });
  cpSync(made, join(roof, 'base'), { recursive: true });
  const counts = ['base', ...readdirSync(join(roof, 'overlays')).map((overlay) => `overlays/${overlay}`)].map(
    (folder) => {
      const objects = render(folder);
      const missing = [...new Set(missingFrom(objects))];
      if (missing.length > 0) {
        throw new Error(
          `${folder} lacks ${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ` and ${missing.length - 3} more` : ''}`,
        );
      }
      return `${objects.length} objects in ${folder}`;
    },
  );
  console.log(counts.join(', '));
} catch (error) {
  console.log(error.message);
  process.exitCode = 1;
} finally {
  rmSync(roof, { recursive: true });
}
