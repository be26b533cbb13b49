package verify

// pile is a list that grows without being moved: a hundred million points copied into ever longer slices would for a moment need
// twice the room, and leave the old ones to be collected.
type pile[T any] struct {
	parts [][]T
	size  int
}

// pilePart is how many items a part of a pile holds.
const pilePart = 4096

func (p *pile[T]) add(item T) {
	if p.size%pilePart == 0 {
		p.parts = append(p.parts, make([]T, 0, min(pilePart, p.size)))
	}
	last := &p.parts[len(p.parts)-1]
	*last = append(*last, item)
	p.size++
}

// at is the i-th item. Adding others does not move it, unless it lies in the first part, which grows as lists do.
func (p *pile[T]) at(i int) *T { return &p.parts[i/pilePart][i%pilePart] }
