import axe from 'axe-core';

const structure = ['cat.aria', 'cat.forms', 'cat.name-role-value', 'cat.semantics', 'cat.structure', 'cat.tables'];

/** What axe finds wrong in the page's structure; colours and sizes need a real browser. */
export async function structuralProblems(): Promise<string[]> {
  const { violations } = await axe.run(document.body, { runOnly: structure });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
