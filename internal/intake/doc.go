// Package intake reads files of people into records: it owns reading CSV and XLSX, recognising header, totals and what
// columns hold, understanding cells as people type them, mappings, and import jobs with their dry run and report.
//
// In flow a file and a mapping; out flow operations for record.Apply in batches of their own transactions, new persons
// and objects where the mapping asks for them, and a list of the cells that were not understood, with reasons.
//
// It never guesses: a cell that can be read in two ways is reported, unless the whole column or the mapping says which.
// No number passes through a float. Importing the same file twice changes nothing.
package intake
