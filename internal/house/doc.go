// Package house holds no product code: its tests compare the folders and imports of the project with the tables in
// docs/architecture.md, so that the page stays true and the arrows between rooms keep pointing one way.
package house
