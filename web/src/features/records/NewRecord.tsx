import { App, Drawer } from 'antd';
import { useText } from '@/components/TextOf';
import type { ObjectInfo } from '@/features/objects/model';
import { useWords } from '@/lib/i18n';
import { createRow, type Row } from './api';
import { RecordForm } from './RecordForm';
import { words } from './words';

interface Props {
  object: ObjectInfo;
  open: boolean;
  onClose: () => void;
  onCreated: (row: Row) => void;
}

/** A new record in a drawer; what was typed is kept until it is saved. */
export function NewRecord({ object, open, onClose, onCreated }: Props) {
  const t = useWords(words);
  const text = useText();
  const { message } = App.useApp();
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t('add_record', { name: text(object.name) })}
      size={480}
      destroyOnHidden
    >
      <RecordForm
        object={object}
        values={{}}
        isNew
        draft={`laurel.new.${object.key}`}
        onCancel={onClose}
        onSave={async (values) => {
          const row = await createRow(object.key, values);
          message.success(t('created'));
          onCreated(row);
          onClose();
        }}
      />
    </Drawer>
  );
}
