package metricset

import (
	"slices"
	"testing"
)

// TestTheFilesAgreeWithThemselves finds slots and metrics that a file names and does not have.
func TestTheFilesAgreeWithThemselves(t *testing.T) {
	sets, err := Sets()
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{}
	for _, s := range sets {
		var slots, before []string
		for _, o := range s.Objects {
			slots = append(slots, o.Slot)
			for _, f := range o.Fields {
				slots = append(slots, f.Slot)
				for _, v := range f.Values {
					slots = append(slots, v.Slot)
				}
			}
		}
		used := map[string]bool{}
		for i := range s.Metrics {
			m := &s.Metrics[i]
			if in := keys[m.Key]; in != "" {
				t.Errorf("%s is in %s and in %s", m.Key, in, s.Key)
			}
			keys[m.Key] = s.Key
			named := m.Needs()
			for _, c := range m.When {
				named = append(append(named, slotsIn(c.Is)...), slotsIn(c.Otherwise)...)
			}
			for _, slot := range named {
				used[slot] = true
				if !slices.Contains(slots, slot) {
					t.Errorf("%s %s names the slot %q", s.Key, m.Key, slot)
				}
			}
			for _, part := range m.Parts() {
				if !slices.Contains(before, part) {
					t.Errorf("%s %s is computed from %s, which does not stand before it", s.Key, m.Key, part)
				}
			}
			if m.Name.ZH == "" || m.Name.EN == "" {
				t.Errorf("%s %s lacks a name", s.Key, m.Key)
			}
			before = append(before, m.Key)
		}
		for _, slot := range slots {
			if !used[slot] {
				t.Errorf("%s: no metric needs %s", s.Key, slot)
			}
		}
	}
}
