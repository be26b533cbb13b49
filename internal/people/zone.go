package people

import (
	"fmt"
	"sync"
	"time"
)

// zones keeps loaded time zones by name: reading one costs far more than asking for it, and calendars ask often.
// Only names that load are kept, so the list of zones bounds it.
var zones sync.Map

// loadZone finds a time zone by its IANA name. "" and "Local" are refused: both depend on the machine.
func loadZone(name string) (*time.Location, error) {
	if zone, ok := zones.Load(name); ok {
		return zone.(*time.Location), nil
	}
	if name == "" || name == "Local" {
		return nil, fmt.Errorf("time zone %q is not a place", name)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, err
	}
	zones.Store(name, zone)
	return zone, nil
}
