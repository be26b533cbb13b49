package record

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"
	"time"

	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/problem"
)

// Store is the door to objects, records and the change log of one organisation. It is safe for concurrent use.
//
// Definitions are kept as immutable snapshots. Inside a transaction, Schema gives the ones the transaction sees;
// outside, Objects and Object give the committed ones as this process last saw them.
type Store struct {
	db        *db.DB
	committed atomic.Pointer[Schema] // what readers without a transaction get
	recent    atomic.Pointer[Schema] // last one loaded inside a transaction; may never be committed
	awaited   atomic.Int64           // version seen in a transaction that may not be committed yet; 0: none
	until     atomic.Int64           // when to stop waiting for it, microseconds UTC
	checked   atomic.Int64           // when current last looked for definitions of other processes, microseconds UTC
	purged    atomic.Int64           // when old idempotency keys were last removed, microseconds UTC
}

// awaitDefine bounds how long a version is looked out for; one that was rolled back never shows up.
const awaitDefine = time.Minute

// checkEvery is how often Objects and Object look for definitions of other processes.
const checkEvery = 2 * time.Second

// refreshTimeout bounds a look at the definitions outside of any transaction.
const refreshTimeout = 2 * time.Second

// Open reads the definitions.
func Open(ctx context.Context, d *db.DB) (*Store, error) {
	s := &Store{db: d}
	if err := s.refresh(ctx); err != nil {
		return nil, fmt.Errorf("read the definitions: %w", err)
	}
	return s, nil
}

// refresh publishes the committed definitions.
func (s *Store) refresh(ctx context.Context) error {
	return s.db.Read(ctx, func(tx *db.Tx) error {
		schema, err := s.Schema(tx)
		if err != nil {
			return err
		}
		for old := s.committed.Load(); old == nil || old.Version < schema.Version; old = s.committed.Load() {
			if s.committed.CompareAndSwap(old, schema) {
				break
			}
		}
		if schema.Version == s.awaited.Load() {
			s.awaited.CompareAndSwap(schema.Version, 0)
		}
		return nil
	})
}

// current is the committed schema, looked up again while a Define of this process may just have been committed.
func (s *Store) current() *Schema {
	now := time.Now().UnixMicro()
	again := s.awaited.Load() != 0 && now < s.until.Load()
	if last := s.checked.Load(); now-last > checkEvery.Microseconds() && s.checked.CompareAndSwap(last, now) {
		again = true
	}
	if again {
		_ = s.look() // the snapshot at hand still stands
	}
	return s.committed.Load()
}

// look reads the committed definitions again.
func (s *Store) look() error {
	ctx, cancel := context.WithTimeout(context.Background(), refreshTimeout)
	defer cancel()
	return s.refresh(ctx)
}

// await makes Objects and Object look out for a version that is, or may soon be, committed.
func (s *Store) await(version int64) {
	s.until.Store(time.Now().Add(awaitDefine).UnixMicro())
	s.awaited.Store(version)
}

// Objects are all objects in the order of their creation. The slice and what it holds must not be changed.
func (s *Store) Objects() []*Object { return s.current().Objects }

// Object is the object of a key, or a NotFound problem. One that another process has just defined is found; where that cannot be looked up,
// nobody knows that it is not there.
func (s *Store) Object(key string) (*Object, error) {
	if o, ok := s.current().byKey[key]; ok {
		return o, nil
	}
	if err := s.look(); err != nil {
		return nil, err
	}
	return s.committed.Load().Object(key)
}

// Schema is what is defined as a transaction sees it, including what it defined itself.
func (s *Store) Schema(tx *db.Tx) (*Schema, error) {
	var version int64
	if err := tx.QueryRow("SELECT schema_version FROM counter").Scan(&version); err != nil {
		return nil, err
	}
	known := s.committed.Load()
	if known != nil && known.Version == version {
		return known, nil
	}
	if r := s.recent.Load(); r != nil && r.Version == version {
		return r, nil
	}
	if known == nil || known.Version < version {
		s.await(version) // another process's, or one of this transaction
	}
	schema, err := loadSchema(tx, version)
	if err != nil {
		return nil, err
	}
	s.recent.Store(schema)
	return schema, nil
}

// Schema is an immutable snapshot of all definitions.
type Schema struct {
	Version int64 // a new one for every change; never used twice, not even after a rollback
	Objects []*Object

	byKey map[string]*Object
}

// Object is the object of a key, or a NotFound problem.
func (s *Schema) Object(key string) (*Object, error) {
	if o, ok := s.byKey[key]; ok {
		return o, nil
	}
	return nil, problem.New(problem.NotFound, "unknown_object", "", "没有对象 %s%s", "There is no object %s%s", shown(key),
		problem.Hint(key, slices.Sorted(maps.Keys(s.byKey)), i18n.T("。", ".")))
}
