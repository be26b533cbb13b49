import type { Field, ObjectInfo } from '@/api/types';

/** How many relations a path may follow; the server's bound is one more, which no list of fields is made for. */
const maxSteps = 2;

/**
 * The fields of a table, followed by those of the records that its relations point to, as paths: `account.industry`, named
 * “Account › Industry”. Metrics may read each of them.
 */
export function reachableFields(object: ObjectInfo | undefined, objects: readonly ObjectInfo[]): Field[] {
  if (!object) return [];
  const found: Field[] = [];
  const visit = (at: ObjectInfo, above: Field | null, steps: number) => {
    for (const field of at.fields) found.push(above ? below(above, field) : field);
    if (steps === maxSteps) return;
    for (const field of at.fields) {
      const target = field.type === 'relation' ? objects.find((each) => each.key === field.target) : undefined;
      if (target) visit(target, above ? below(above, field) : field, steps + 1);
    }
  };
  visit(object, null, 0);
  return found;
}

function below(above: Field, field: Field): Field {
  return {
    ...field,
    key: `${above.key}.${field.key}`,
    name: {
      zh: `${above.name.zh || above.key} › ${field.name.zh || field.key}`,
      en: `${above.name.en || above.key} › ${field.name.en || field.key}`,
    },
  };
}
