import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { keys } from '@/api/keys';
import { saveMetric } from '@/api/plans';
import { isProblem } from '@/api/problem';
import { useObjects } from '@/api/session';
import type { Field, Metric, ObjectInfo } from '@/api/types';
import { definitionOf } from '@/components/metric/draft';
import { apartFields } from '@/components/metric/fields';
import { reachableFields } from '@/components/metric/related';
import { useFieldOptions } from '@/components/metric/useFieldOptions';
import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { ChoiceBlank } from './blanks';
import { Fill } from './fill';
import { rateWords } from './words_rate';

/** The field by which a metric tells its records apart: its own, or one of a related record. */
export function fieldAt(objects: readonly ObjectInfo[], object: string | undefined, path: string): Field | undefined {
  const [key = '', ...rest] = path.split('.');
  const field = objects.find((each) => each.key === object)?.fields?.find((each) => each.key === key);
  return rest.length === 0 ? field : fieldAt(objects, field?.target, rest.join('.'));
}

export function useApart(metric: Metric | undefined): Field | undefined {
  const objects = useObjects();
  if (!metric?.by) return undefined;
  const name = { zh: metric.by, en: metric.by };
  return (
    fieldAt(objects, metric.object, metric.by) ?? {
      id: 0,
      key: metric.by,
      name,
      type: 'text',
      required: false,
      scale: 0,
      unique: false,
    }
  );
}

/** Records of a count or a sum can be told apart, or already are. */
export const mayTellApart = (metric: Metric | undefined): boolean =>
  !metric || Boolean(metric.by) || ['count', 'sum'].includes(metric.measure.kind);

/** A metric that does not say how its records are told apart is told here, in the middle of the sentence. */
export function FieldOfMetric({ metric }: { metric: Metric }) {
  const t = useWords(rateWords);
  const text = useText();
  const objects = useObjects();
  const client = useQueryClient();
  const { message } = App.useApp();
  const options = useFieldOptions();
  const object = objects.find((each) => each.key === metric.object);
  const fields = options(
    apartFields(reachableFields(object, objects)).filter((each) => each.type !== 'person' && each.type !== 'text'),
  );
  const named = text(metric.name) || metric.key;
  const save = useMutation({
    mutationFn: (by: string) => saveMetric({ ...definitionOf(metric), by }),
    onSuccess: async (_, by) => {
      await client.invalidateQueries({ queryKey: keys.metrics });
      const label = fields.find((each) => each.value === by)?.label ?? by;
      void message.success(t('by_set', { metric: named, field: label }));
    },
    onError: (error) => void message.error((isProblem(error) && error.faults[0]?.detail) || error.message),
  });
  return (
    <>
      <Fill
        sentence={t('by_none', { metric: named })}
        blanks={{
          field: (
            <ChoiceBlank
              label={t('by_field')}
              placeholder={t('by_field')}
              search
              value={save.variables ?? ''}
              onChange={(by) => save.mutate(by)}
              options={fields}
            />
          ),
        }}
      />{' '}
      <span className="quiet">{t('by_note')}</span>
    </>
  );
}
