package metric

import (
	"encoding/json"
	"fmt"
	"sort"
	"sync"

	"laurel/internal/db"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// Store keeps metric definitions. Contributions and cells are in contributions.go, values in totals.go.
type Store struct {
	records *record.Store

	mu     sync.Mutex
	cached *Set
	rates  *Rates
}

// Open makes the store of an organisation's metrics.
func Open(records *record.Store) *Store { return &Store{records: records} }

// Set is every metric at one moment, compiled. It is immutable.
type Set struct {
	fingerprint string
	list        []*Metric // by key
	byKey       map[string]*Metric
	byID        map[int64]*Metric
	byObject    map[string][]*Metric
}

// List is every metric by key.
func (s *Set) List() []*Metric { return s.list }

// Key finds a metric by key, or nil.
func (s *Set) Key(key string) *Metric { return s.byKey[key] }

// ID finds a metric by id, or nil.
func (s *Set) ID(id int64) *Metric { return s.byID[id] }

// OnObject lists the metrics that measure an object's records.
func (s *Set) OnObject(object string) []*Metric { return s.byObject[object] }

// All reads and compiles every metric. The result is kept until a metric or an object's definition changes.
func (s *Store) All(tx *db.Tx) (*Set, error) {
	print, err := s.records.LastDefined(tx, "@metric", "@object", "@organisation")
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	cached := s.cached
	s.mu.Unlock()
	if cached != nil && cached.fingerprint == print {
		return cached, nil
	}
	set, err := s.read(tx)
	if err != nil {
		return nil, err
	}
	set.fingerprint = print
	s.mu.Lock()
	s.cached = set
	s.mu.Unlock()
	return set, nil
}

func (s *Store) read(tx *db.Tx) (*Set, error) {
	schema, err := s.records.Schema(tx)
	if err != nil {
		return nil, err
	}
	organisation, err := people.OrganisationOf(tx)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(`SELECT id, version, definition FROM metric ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("read metrics: %w", err)
	}
	defer rows.Close()
	set := &Set{byKey: map[string]*Metric{}, byID: map[int64]*Metric{}, byObject: map[string][]*Metric{}}
	type stored struct {
		id, version int64
		def         Def
	}
	var list []stored
	add := func(st stored) {
		m, bad := compile(st.def, lookup{schema.Object, set.Key, organisation.Clock()})
		m.ID, m.Version = st.id, st.version
		if len(bad) > 0 {
			m.Broken = bad[0]
		}
		set.list = append(set.list, m)
		set.byKey[st.def.Key], set.byID[st.id] = m, m
		if m.object != nil {
			set.byObject[m.object.Key] = append(set.byObject[m.object.Key], m)
		}
	}
	for rows.Next() {
		var st stored
		var text string
		if err := rows.Scan(&st.id, &st.version, &text); err != nil {
			return nil, fmt.Errorf("read metrics: %w", err)
		}
		if err := json.Unmarshal([]byte(text), &st.def); err != nil {
			return nil, fmt.Errorf("read metric %d: %w", st.id, err)
		}
		list = append(list, st)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read metrics: %w", err)
	}
	defs := make([]Def, len(list))
	for i := range list {
		defs[i] = list[i].def
	}
	for _, i := range Order(defs) {
		add(list[i])
	}
	sort.Slice(set.list, func(i, j int) bool { return set.list[i].Def.Key < set.list[j].Def.Key })
	return set, nil
}

// Check compiles a definition against what is there, without keeping it.
func (s *Store) Check(tx *db.Tx, def Def) (*Metric, error) {
	set, err := s.All(tx)
	if err != nil {
		return nil, err
	}
	schema, err := s.records.Schema(tx)
	if err != nil {
		return nil, err
	}
	organisation, err := people.OrganisationOf(tx)
	if err != nil {
		return nil, err
	}
	m, bad := compile(def, lookup{schema.Object, set.Key, organisation.Clock()})
	if m.leadsTo(def.Key) {
		field := "measure.of"
		if def.Measure.Kind == Combine {
			field = "measure.terms"
		}
		bad = append(bad, problem.Bad("refers_to_itself", field, "这些指标互相引用，算不出来", "these metrics are computed from each other"))
	}
	if err := problem.Join(bad); err != nil {
		return nil, err
	}
	if old := set.Key(def.Key); old != nil {
		m.ID, m.Version = old.ID, old.Version
	}
	return m, nil
}

// Save creates or changes a metric and appends the change to the log, from which the engine takes it up.
// Saving what is already there changes nothing.
func (s *Store) Save(tx *db.Tx, actor string, def Def) (*Metric, bool, error) {
	m, err := s.Check(tx, def)
	if err != nil {
		return nil, false, err
	}
	text, err := json.Marshal(def)
	if err != nil {
		return nil, false, fmt.Errorf("write metric: %w", err)
	}
	var before []byte
	if m.ID == 0 {
		if err := s.insert(tx, m, text); err != nil {
			return nil, false, err
		}
	} else {
		var old string
		if err := tx.QueryRow(`SELECT definition FROM metric WHERE id = $1`, m.ID).Scan(&old); err != nil {
			return nil, false, fmt.Errorf("read metric: %w", err)
		}
		if old == string(text) {
			return m, false, nil
		}
		before = []byte(old)
		m.Version++
		if _, err := tx.Exec(`UPDATE metric SET definition = $1, version = $2 WHERE id = $3`, string(text), m.Version, m.ID); err != nil {
			return nil, false, fmt.Errorf("write metric: %w", err)
		}
	}
	_, err = s.records.AppendChange(tx, record.Change{
		Actor: actor, Object: "@metric", RecordID: m.ID, Kind: "define", Before: before, After: text,
	})
	return m, true, err
}

func (s *Store) insert(tx *db.Tx, m *Metric, text []byte) error {
	var n int64
	if err := tx.QueryRow(`SELECT COUNT(*) FROM metric`).Scan(&n); err != nil {
		return fmt.Errorf("count metrics: %w", err)
	}
	if n >= MaxMetrics {
		return problem.New(problem.TooLarge, "too_many_metrics", "key", "指标最多 %d 个", "at most %d metrics", MaxMetrics)
	}
	id, err := tx.NextID(1)
	if err != nil {
		return err
	}
	m.ID, m.Version = id, 1
	if _, err := tx.Exec(`INSERT INTO metric (id, key, definition, version) VALUES ($1, $2, $3, 1)`, id, m.Def.Key, string(text)); err != nil {
		return fmt.Errorf("write metric: %w", err)
	}
	return nil
}
