// Package templates holds Laurel's business templates: definition files with objects, metrics and ready plans, applied
// like any file that a user writes.
package templates

import _ "embed"

// CRM is the customer-relations template.
//
//go:embed crm.yaml
var CRM []byte
