// Package record owns user data: objects and fields defined at run time, their records, and the one ordered change log.
//
// In flow definitions (Define), operations on records (Apply, Save) and changes of other packages (AppendChange).
// Out flow records (Get, Load, Scan, List) and changes in commit order (Changes, History). Every write appends its
// change in the same transaction, so whoever follows the log misses nothing.
//
// An object is a real table o_<key> with one typed column f_<key> a field. The package never judges what records
// mean: metrics, plans and awards only read from here.
package record
