package verify

import "testing"

func TestAPileKeepsItsItemsInOrderAndInPlace(t *testing.T) {
	var p pile[int]
	const many = 3*pilePart + 7
	var kept *int
	for i := range many {
		p.add(i)
		if i == pilePart {
			kept = p.at(i)
		}
	}
	for i := range many {
		if *p.at(i) != i {
			t.Fatalf("item %d is %d", i, *p.at(i))
		}
	}
	if p.size != many || kept != p.at(pilePart) {
		t.Errorf("%d items, of which one was moved: %v", p.size, kept != p.at(pilePart))
	}
}
