// Refuses a lock file that somebody's `npm install` would change: one that is not of this package.json, that leaves out
// the packages of other platforms, or that has what one version of npm writes and another takes out again.
import fs from 'node:fs';

const read = (file) => JSON.parse(fs.readFileSync(new URL(`../frontend/${file}`, import.meta.url)));
const manifest = read('package.json');
const { packages } = read('package-lock.json');
const problems = [];

for (const kind of ['name', 'version', 'license', 'engines', 'dependencies', 'devDependencies']) {
  if (JSON.stringify(manifest[kind]) !== JSON.stringify(packages[''][kind])) {
    problems.push(`its "${kind}" is not package.json's`);
  }
}

// A package is looked for beside the one that wants it, then in the folders above, as Node.js does.
const isThere = (name, from) => {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    if (packages[`${folder && `${folder}/`}node_modules/${name}`]) return true;
    if (!folder) return false;
  }
};

for (const [place, { optionalDependencies = {}, libc, resolved }] of Object.entries(packages)) {
  for (const name of Object.keys(optionalDependencies)) {
    if (!isThere(name, place)) problems.push(`${place} wants ${name}, which is not in it`);
  }
  if (libc) problems.push(`${place} has "libc", which npm 10 takes out`);
  if (resolved) problems.push(`${place} names a registry`);
}

if (problems.length > 0) {
  console.log(`frontend/package-lock.json: ${problems.slice(0, 5).join('; ')}${problems.length > 5 ? `; and ${problems.length - 5} more` : ''}`);
  console.log('CONTRIBUTING.md says how it is renewed.');
  process.exitCode = 1;
}
