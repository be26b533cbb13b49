import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { Loaded } from '@/components/Loaded';
import { planQuery } from './api';
import { emptyPlan, opened } from './editor/draft';
import { Editor } from './editor/Editor';

/** The plan editor: of a new plan, or of the draft of one that exists. */
export default function PlanEditorPage() {
  const { key } = useParams({ strict: false }) as { key?: string };
  const { metric } = useSearch({ strict: false }) as { metric?: string };
  return key ? <Existing planKey={key} /> : <Editor start={{ ...emptyPlan(), metric: metric ?? '' }} />;
}

function Existing({ planKey }: { planKey: string }) {
  const query = useQuery(planQuery(planKey));
  return (
    <Loaded query={query}>{(plan) => <Editor key={plan.key} start={opened(plan.definition)} plan={plan} />}</Loaded>
  );
}
