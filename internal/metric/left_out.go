package metric

import (
	"fmt"
	"slices"

	"laurel/internal/db"
	"laurel/internal/i18n"
)

// LeftOut is a reason for which records that meet a metric's condition do not count.
type LeftOut struct {
	Reason Reason
	Count  int64
	Sample []int64  // ids of some of the records
	Lacks  []string // what exactly is missing, where the reason does not say it: "USD 2026-01-05", the earliest days first, or the name of no unit
}

// maxSample bounds the records named for each reason.
const maxSample = 20

// Name says the reason in words.
func (r Reason) Name() i18n.Text {
	switch r {
	case NoDate:
		return i18n.T("缺少日期", "the date is missing")
	case NoPerson:
		return i18n.T("缺少负责人", "the person is missing")
	case NoUnit:
		return i18n.T("没有这个团队或部门", "there is no such team or department")
	case NoValue:
		return i18n.T("缺少数值", "the value is missing")
	case Backwards:
		return i18n.T("结束早于开始", "the end comes before the beginning")
	case NoRate:
		return i18n.T("缺少汇率", "the exchange rate is missing")
	case NoCurrency:
		return i18n.T("缺少币种", "the currency is missing")
	case NoShare:
		return noShare
	case TooLarge:
		return i18n.T("数值过大", "the value is too large")
	}
	return i18n.Text{}
}

// ReadLeftOut lists why records are left out of a metric, by index left_out_by_metric.
func ReadLeftOut(tx *db.Tx, metricID int64) ([]LeftOut, error) {
	rows, err := tx.Query(`SELECT reason, COUNT(*) FROM left_out WHERE metric_id = $1 GROUP BY reason ORDER BY reason`, metricID)
	if err != nil {
		return nil, fmt.Errorf("count records left out: %w", err)
	}
	var out []LeftOut
	err = eachRow(rows, func() error {
		var l LeftOut
		err := rows.Scan(&l.Reason, &l.Count)
		out = append(out, l)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("count records left out: %w", err)
	}
	for i := range out {
		rows, err := tx.Query(`SELECT record_id FROM left_out WHERE metric_id = $1 AND reason = $2 ORDER BY record_id LIMIT $3`,
			metricID, string(out[i].Reason), maxSample)
		if err != nil {
			return nil, fmt.Errorf("read records left out: %w", err)
		}
		err = eachRow(rows, func() error {
			var id int64
			err := rows.Scan(&id)
			out[i].Sample = append(out[i].Sample, id)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read records left out: %w", err)
		}
	}
	for i := range out {
		if out[i].Reason == NoRate || out[i].Reason == NoUnit {
			if out[i].Lacks, err = readLacks(tx, metricID, out[i].Reason); err != nil {
				return nil, err
			}
			out[i].Lacks = slices.DeleteFunc(out[i].Lacks, func(lack string) bool { return lack == "" })
		}
	}
	return out, nil
}

func readLacks(tx *db.Tx, metricID int64, reason Reason) (out []string, err error) {
	rows, err := tx.Query(`SELECT DISTINCT detail FROM left_out WHERE metric_id = $1 AND reason = $2 ORDER BY detail LIMIT $3`, //nolint:sqlclosecheck // eachRow closes it
		metricID, string(reason), maxSample)
	if err != nil {
		return nil, fmt.Errorf("read records left out: %w", err)
	}
	err = eachRow(rows, func() error {
		var detail string
		err := rows.Scan(&detail)
		out = append(out, detail)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read records left out: %w", err)
	}
	return out, nil
}

// Of reads what one record gives to all metrics, by the primary key of contribution.
func Of(tx *db.Tx, recordID int64) (out []Contribution, err error) {
	err = eachStored(tx, (*row).all, `SELECT `+rowList+` FROM contribution WHERE record_id = $1`, []any{recordID}, func(r *row) (err error) {
		out, err = r.contributions(out)
		return err
	})
	byMetric(out)
	return out, err
}
