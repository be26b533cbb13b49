import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Input } from 'antd';
import { useState } from 'react';
import { api, read } from '@/api/client';
import { type Fault, isProblem, type Problem } from '@/api/problem';
import { PastChangesDialog } from '@/components/past/PastChangesDialog';
import { useWords } from '@/lib/i18n';
import { words } from './words';

type Result = Awaited<ReturnType<typeof send>>;

const send = (text: string, dryRun: boolean, confirmed?: string) =>
  read(
    api.POST('/definitions', {
      params: { query: { dry_run: dryRun, confirmed } },
      headers: { 'Content-Type': 'application/yaml' },
      body: text,
      bodySerializer: (body) => body,
    }),
  );

/** Everything that is defined, as one text. What was tried is what is applied: a change of the text needs a new dry run. */
export function Definitions() {
  const t = useWords(words);
  const client = useQueryClient();
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const [tried, setTried] = useState<{ text: string; result: Result } | null>(null);
  const [faults, setFaults] = useState<Fault[]>([]);
  const [busy, setBusy] = useState(false);
  const [past, setPast] = useState<Problem>();
  const guarded = async (work: () => Promise<void>) => {
    setBusy(true);
    setFaults([]);
    setPast(undefined);
    try {
      await work();
    } catch (error) {
      if (isProblem(error) && error.changes) setPast(error);
      else setFaults(isProblem(error) ? error.faults : [{ code: 'unknown', detail: String(error) }]);
    } finally {
      setBusy(false);
    }
  };
  const load = () =>
    guarded(async () => setText((await read<unknown>(api.GET('/definitions', { parseAs: 'text' }))) as string));
  const run = (dryRun: boolean, confirmed?: string) =>
    guarded(async () => {
      setTried(null);
      const result = await send(text, dryRun, confirmed);
      if (dryRun) setTried({ text, result });
      else {
        message.success(t('applied'));
        await client.invalidateQueries();
      }
    });
  const ready = tried !== null && tried.text === text;
  const changes = tried?.result.changes ?? [];

  return (
    <div style={{ display: 'grid', gap: 12 }}>
      <p>{t('definitions_hint')}</p>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
        <Button onClick={() => void load()} loading={busy && text === ''}>
          {t('load_current')}
        </Button>
        <Button href="/api/definitions" download="laurel.yaml">
          {t('download')}
        </Button>
      </div>
      <Input.TextArea
        aria-label={t('yaml')}
        value={text}
        spellCheck={false}
        autoSize={{ minRows: 14, maxRows: 30 }}
        style={{ fontFamily: 'ui-monospace, Menlo, Consolas, monospace', whiteSpace: 'pre', overflowX: 'auto' }}
        onChange={(e) => setText(e.target.value)}
      />
      <PastChangesDialog
        error={past}
        busy={busy}
        confirm={(token) => void run(false, token)}
        close={() => setPast(undefined)}
      />
      {faults.map((fault) => (
        <Alert
          key={`${fault.field}/${fault.row}/${fault.detail}`}
          type="error"
          role="alert"
          title={
            <>
              {fault.field && <code>{fault.field} </code>}
              {fault.detail}
            </>
          }
        />
      ))}
      {ready && (
        <Alert
          type={changes.length > 0 ? 'info' : 'success'}
          title={changes.length > 0 ? t('would_change', { count: changes.length }) : t('no_change')}
          description={
            changes.length > 0 && (
              <ul>
                {changes.map((each) => (
                  <li key={each}>{each}</li>
                ))}
              </ul>
            )
          }
        />
      )}
      <div style={{ display: 'flex', gap: 8 }}>
        <Button
          type={ready ? 'default' : 'primary'}
          disabled={text.trim() === ''}
          loading={busy}
          onClick={() => void run(true)}
        >
          {t('dry_run')}
        </Button>
        {ready && changes.length > 0 && (
          <Button type="primary" loading={busy} onClick={() => void run(false)}>
            {t('apply')}
          </Button>
        )}
      </div>
    </div>
  );
}
