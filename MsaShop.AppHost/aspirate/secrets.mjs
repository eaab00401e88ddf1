// Makes the shop's Secrets: into the cluster that kubectl points at, where what is there stays as it is, or into files of
// the folder that is given. `./shop k8s secrets` runs it. Values come and go by pipes and files of their owner's alone.
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SHOP = 'msa-shop';
const DATABASE = 'database';
const servers = {
  'mysql-user': ['userdb'],
  'mysql-order': ['orderdb', 'paymentdb'],
  'mysql-product': ['productdb'],
};

const folder = process.argv[2];
const fail = (message) => {
  console.error(`shop: ${message}`);
  process.exit(1);
};

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const password = (length = 32) => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

function kubectl(args, input) {
  try {
    return execFileSync('kubectl', args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'inherit'] });
  } catch (error) {
    return fail(error.code === 'ENOENT' ? 'kubectl is missing' : `kubectl ${args[0]} failed, as it says above`);
  }
}

/** What the cluster has, as "namespace/name" to its values. */
function readCluster() {
  for (const namespace of [SHOP, DATABASE]) {
    kubectl(['get', 'namespace', namespace, '--output', 'name']);
  }
  const secrets = [SHOP, DATABASE].flatMap(
    (namespace) => JSON.parse(kubectl(['get', 'secrets', '--namespace', namespace, '--output', 'json'])).items,
  );
  return new Map(
    secrets.map(({ metadata, data }) => [
      `${metadata.namespace}/${metadata.name}`,
      Object.fromEntries(
        Object.entries(data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
      ),
    ]),
  );
}

if (folder && existsSync(folder) && readdirSync(folder).length > 0) {
  fail(`${folder} is not empty; secrets that are lost there could not be had again`);
}

const there = folder ? new Map() : readCluster();
const wanted = [];

/** Wants a Secret; returns its values, those that are there before new ones. */
function want(namespace, name, makers) {
  const present = there.get(`${namespace}/${name}`) ?? {};
  const values = Object.fromEntries(
    Object.entries(makers).map(([key, make]) => [key, present[key] ?? make()]),
  );
  if (Object.keys(makers).some((key) => !(key in present))) {
    wanted.push({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace },
      type: 'Opaque',
      stringData: { ...present, ...values },
    });
  }
  return values;
}

/** A value that only somebody else can give. */
const given = (variable, prefixes) => () => {
  const value = process.env[variable] ?? '';
  if (!prefixes.some((prefix) => value.startsWith(prefix))) {
    fail(`Toss Payments gave you this key: set ${variable}, which begins with ${prefixes.join(' or ')}`);
  }
  return value;
};

want(SHOP, 'toss-client-key', { value: given('TOSS_CLIENT_KEY', ['live_', 'test_']) });
want(SHOP, 'toss-secret-key', { value: given('TOSS_SECRET_KEY', ['live_', 'test_']) });
want(SHOP, 'admin-password', { value: () => password(20) });

// The halves belong together: a pair of which one is there is not made up again.
for (const owner of ['token', 'gateway-svc', 'order-svc', 'payment-svc']) {
  const halves = [`${owner}-signing-key`, `${owner}-public-key`];
  const present = halves.filter((name) => there.has(`${SHOP}/${name}`));
  if (present.length === 1) {
    fail(`there is ${present[0]} without its other half: delete it, and both are made anew`);
  }
  const pair = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  });
  want(SHOP, halves[0], { value: () => pair.privateKey.toString('base64') });
  want(SHOP, halves[1], { value: () => pair.publicKey.toString('base64') });
}

// A database user's password is in two places: with the service, and with the server that makes the user.
for (const [server, databases] of Object.entries(servers)) {
  want(DATABASE, `${server}-password`, { value: () => password() });
  const users = there.get(`${DATABASE}/${server}-users`) ?? {};
  const passwords = Object.fromEntries(
    databases.map((database) => [
      database,
      want(SHOP, `${database}-password`, { value: () => users[database] ?? password() }).value,
    ]),
  );
  want(DATABASE, `${server}-users`, {
    ...Object.fromEntries(databases.map((database) => [database, () => passwords[database]])),
    backup: () => password(),
  });
}

if (folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const secret of wanted) {
    const { namespace, name } = secret.metadata;
    // JSON is YAML, and needs nobody to quote it.
    writeFileSync(join(folder, `${namespace}.${name}.yaml`), `${JSON.stringify(secret, null, 2)}\n`, { mode: 0o600 });
  }
  console.log(`${wanted.length} secrets written to ${folder}: seal or apply them, and keep the folder out of git.`);
} else if (wanted.length > 0) {
  process.stdout.write(
    kubectl(['apply', '--server-side', '--field-manager=msa-shop-secrets', '--filename', '-'], JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: wanted,
    })),
  );
} else {
  console.log('The cluster has every secret already.');
}
