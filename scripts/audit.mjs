// Asks for known vulnerabilities in what the shop is made of, where the registries tell: a line for NuGet and one for npm,
// "state<tab>what<tab>detail". `./shop doctor` shows them.
import { spawnSync } from 'node:child_process';

const windows = process.platform === 'win32';

/** What a program prints, and whether it succeeds. */
const run = (program, ...args) => {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, shell: windows });
  return { succeeds: status === 0, printed: stdout ?? '' };
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
  const sources = [...run('dotnet', 'nuget', 'list', 'source', '--format', 'Short').printed.matchAll(/^E\S* (https?:\S+)/gm)];
  for (const [, source] of sources) {
    try {
      const response = await fetch(source, { signal: AbortSignal.timeout(20_000) });
      const { resources } = await response.json();
      if (resources.some((resource) => `${resource['@type']}`.startsWith('VulnerabilityInfo'))) return true;
    } catch {
      // No answer does not mean none: the report tells the difference.
    }
  }
  return false;
};

/** A restore that has nothing to do says what the last one said, hence --force. */
const nuget = async () => {
  if (!(await nugetTells())) return undefined;
  const restore = run('dotnet', 'restore', 'MsaShop.sln', '--force');
  if (!restore.succeeds) return undefined;
  const warnings = restore.printed.matchAll(
    /NU190[1-4]: Package '(\S+)' (\S+) has a known (\w+) severity vulnerability, (\S+)/g,
  );
  return [...warnings].map(([, name, version, severity, address]) => `${name} ${version} (${severity}, ${address})`);
};

const npm = () => {
  const audit = parse(run('npm', 'audit', '--prefix', 'frontend', '--audit=true', '--json').printed);
  return audit?.vulnerabilities && Object.values(audit.vulnerabilities).map((found) => `${found.name} (${found.severity})`);
};

report('NuGet advisories', await nuget());
report('npm advisories', npm());
