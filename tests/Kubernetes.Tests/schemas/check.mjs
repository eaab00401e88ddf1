// Checks the objects of a JSON file against Kubernetes' OpenAPI schemas: types, required fields, formats, fixed lists of
// words. Prints a line for each object that does not fit.
import { readFileSync } from 'node:fs';

for (const object of JSON.parse(readFileSync(process.argv[2]))) {
  const { apiVersion, kind, metadata } = object;
  const { [kind]: Model } = await import(`kubernetes-models/${apiVersion}/${kind}`);
  try {
    new Model(object).validate();
  } catch (error) {
    console.log(`${kind} ${metadata?.name}: ${error.message}`);
  }
}
