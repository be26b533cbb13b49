// Package metricset holds ready-made metrics for sales, customer service, marketing and the use of the CRM itself: files
// that name what they need of an organisation, a guess at which of its tables and fields that is, and the definitions that
// come of it. They are kept by internal/definition, like those of any file.
package metricset
