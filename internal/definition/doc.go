// Package definition reads and writes an organisation's definitions as text: objects and fields, people, metrics and
// plans in one YAML or JSON file. Applying a file is all or nothing; applying it again changes nothing; exporting writes
// back what applying would make.
//
// In flow a file; out flow calls to the packages that own each thing. It keeps nothing itself.
package definition
