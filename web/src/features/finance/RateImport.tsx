import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Drawer, Input } from 'antd';
import { useId, useRef, useState } from 'react';
import { keys } from '@/api/keys';
import { isProblem } from '@/api/problem';
import { useWords } from '@/lib/i18n';
import { importRates } from './rates';
import { words } from './rateWords';

const example = 'currency,from,rate\nUSD,2026-01-01,7.1024\nEUR,2026-01-01,8.05';

/** A table of rates, pasted or from a file: checked first, then loaded as a whole. */
export function RateImport({ onClose }: { onClose: () => void }) {
  const t = useWords(words);
  const client = useQueryClient();
  const { message } = App.useApp();
  const label = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const content = file ?? text;
  const check = useMutation({ mutationFn: (what: string | File) => importRates(what, true) });
  const load = useMutation({
    mutationFn: () => importRates(content, false),
    onSuccess: (done) => {
      message.success(t('loaded', { count: done.created + done.updated }));
      void client.invalidateQueries({ queryKey: keys.rates });
      void client.invalidateQueries({ queryKey: keys.metrics });
      onClose();
    },
  });
  const begin = (next: { text?: string; file?: File | null }) => {
    setText(next.text ?? '');
    setFile(next.file ?? null);
    check.reset();
    load.reset();
  };
  const found = check.data;
  const coming = found ? found.created + found.updated : 0;
  const error = load.error ?? check.error;
  const ready = found && !error;
  return (
    <Drawer open size="large" title={t('import')} onClose={onClose}>
      <div className="rate-import">
        <label htmlFor={label}>{t('paste')}</label>
        <Input.TextArea
          id={label}
          value={text}
          spellCheck={false}
          placeholder={example}
          autoSize={{ minRows: 8, maxRows: 18 }}
          onChange={(event) => begin({ text: event.target.value })}
        />
        <p className="quiet">{t('paste_hint')}</p>
        <div className="rate-import-acts">
          <Button onClick={() => input.current?.click()}>{t('file')}</Button>
          {file && <span className="quiet">{t('chosen', { name: file.name })}</span>}
          <input
            ref={input}
            type="file"
            hidden
            aria-label={t('file')}
            accept=".csv,.tsv,.txt,.xlsx"
            onChange={(event) => {
              const chosen = event.target.files?.[0];
              event.target.value = '';
              if (!chosen) return;
              begin({ file: chosen });
              check.mutate(chosen);
            }}
          />
        </div>
        {ready && (
          <Alert
            type={coming > 0 ? 'info' : 'success'}
            title={coming > 0 ? t('would', { ...numbers(found) }) : t('nothing')}
            description={found.ignored.length > 0 && t('ignored', { columns: found.ignored.join('、') })}
          />
        )}
        {error && <Wrong error={error} />}
        <div className="rate-import-acts">
          {ready && coming > 0 ? (
            <Button type="primary" loading={load.isPending} onClick={() => load.mutate()}>
              {t('load', { count: coming })}
            </Button>
          ) : (
            <Button
              type="primary"
              loading={check.isPending}
              disabled={!file && text.trim() === ''}
              onClick={() => check.mutate(content)}
            >
              {t('check')}
            </Button>
          )}
        </div>
      </div>
    </Drawer>
  );
}

const numbers = ({ created, updated, unchanged }: { created: number; updated: number; unchanged: number }) => ({
  created,
  updated,
  unchanged,
});

/** What is wrong, by line. */
function Wrong({ error }: { error: Error }) {
  const t = useWords(words);
  const rows = isProblem(error) ? error.faults.filter((each) => each.row) : [];
  if (rows.length === 0) return <Alert type="error" role="alert" title={error.message} />;
  return (
    <Alert
      type="error"
      role="alert"
      title={t('wrong', { count: rows.length })}
      description={
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('line')}</th>
              <th scope="col">{t('column')}</th>
              <th scope="col">{t('reason')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((each) => (
              <tr key={`${each.row}/${each.field}/${each.detail}`}>
                <td className="figure">{each.row}</td>
                <td>{each.field}</td>
                <td>{each.detail}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}
