// Asks for known vulnerabilities in what the shop is made of, where the registries tell: a line for NuGet and one for npm,
// "state<tab>what<tab>detail". `./shop doctor` shows them.
import { execFileSync } from 'node:child_process';

const windows = process.platform === 'win32';

/** What a program prints, however it ends. */
const print = (program, ...args) => {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28, shell: windows });
  } catch (failure) {
    return failure.stdout ?? '';
  }
};

const parse = (text) => {
  try {
    return JSON.parse(text.slice(text.indexOf('{')));
  } catch {
    return undefined;
  }
};

const report = (what, found) => {
  const [state, detail] =
    found === undefined ? ['none', 'the registry does not tell of any, or does not answer']
    : found.length === 0 ? ['found', 'none known']
    : ['unsafe', [...new Set(found)].join(', ')];
  console.log([state, what, detail].join('\t'));
};

/** Without a source that serves them, NuGet says that there are none. */
const nugetTells = async () => {
  const sources = [...print('dotnet', 'nuget', 'list', 'source', '--format', 'Short').matchAll(/^E\S* (https?:\S+)/gm)];
  for (const [, source] of sources) {
    try {
      const response = await fetch(source, { signal: AbortSignal.timeout(20_000) });
      const { resources } = await response.json();
      if (resources.some((resource) => `${resource['@type']}`.startsWith('VulnerabilityInfo'))) return true;
    } catch {
      // No answer is not the answer "none": the report says so.
    }
  }
  return false;
};

const nuget = async () => {
  if (!(await nugetTells())) return undefined;
  const list = parse(print('dotnet', 'package', 'list', '--project', 'MsaShop.sln', '--vulnerable', '--include-transitive', '--format', 'json'));
  return list?.projects
    .flatMap((project) => project.frameworks ?? [])
    .flatMap((framework) => [...(framework.topLevelPackages ?? []), ...(framework.transitivePackages ?? [])])
    .map((found) => `${found.id} ${found.resolvedVersion} (${found.vulnerabilities.map((one) => one.severity).join(', ')})`);
};

const npm = () => {
  const audit = parse(print('npm', 'audit', '--prefix', 'frontend', '--audit=true', '--json'));
  return audit?.vulnerabilities && Object.values(audit.vulnerabilities).map((found) => `${found.name} (${found.severity})`);
};

report('NuGet advisories', await nuget());
report('npm advisories', npm());
