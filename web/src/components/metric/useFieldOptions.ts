import type { Field } from '@/api/types';
import { useText } from '../TextOf';

/** Fields as choices of a select, by their names. */
export function useFieldOptions() {
  const text = useText();
  return (list: readonly Field[]) => list.map((each) => ({ value: each.key, label: text(each.name) || each.key }));
}
