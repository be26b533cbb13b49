package people

import (
	"bytes"
	"encoding/json"
	"fmt"

	"laurel/internal/db"
	"laurel/internal/record"
)

// The names under which people's changes stand in the log.
const (
	objectOrganisation = "@organisation" // record id organisationRow
	objectPerson       = "@person"       // record id = person
	objectUnit         = "@unit"         // record id = unit
	objectMembership   = "@membership"   // record id = person; before and after hold the whole list
	objectManager      = "@manager"      // record id = person; before and after hold the whole list
)

// organisationRow is the id of the one row that holds the organisation.
const organisationRow = 1

// logChange appends to the log what differs between before and after, and makes every held Directory stale.
// before is nil when the thing is new. It must be called once for each thing that changed, never for one that did not.
func (s *Store) logChange(tx *db.Tx, actor record.Actor, object string, id int64, before, after any) error {
	old, fresh, err := difference(before, after)
	if err != nil {
		return fmt.Errorf("describe the change of %s %d: %w", object, id, err)
	}
	kind := record.ChangeUpdate
	if before == nil {
		kind = record.ChangeCreate
	}
	change := record.Change{Actor: actor, Object: object, RecordID: id, Kind: kind, Before: old, After: fresh}
	if _, err := s.records.AppendChange(tx, change); err != nil {
		return err
	}
	return s.markChanged(tx)
}

// difference writes before and after as JSON objects of only those fields that differ.
func difference(before, after any) (old, fresh json.RawMessage, err error) {
	b, err := fieldsOf(before)
	if err != nil {
		return nil, nil, err
	}
	a, err := fieldsOf(after)
	if err != nil {
		return nil, nil, err
	}
	for field := range a {
		if was, ok := b[field]; ok && bytes.Equal(was, a[field]) {
			delete(a, field)
			delete(b, field)
		}
	}
	if before != nil {
		if old, err = json.Marshal(b); err != nil {
			return nil, nil, err
		}
	}
	fresh, err = json.Marshal(a)
	return old, fresh, err
}

// fieldsOf is the JSON object of a thing by field, without its identity and version.
func fieldsOf(thing any) (map[string]json.RawMessage, error) {
	fields := map[string]json.RawMessage{}
	if thing == nil {
		return fields, nil
	}
	text, err := json.Marshal(thing)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &fields); err != nil {
		return nil, err
	}
	delete(fields, "id")
	delete(fields, "version")
	return fields, nil
}
