package demo

import (
	"context"
	"fmt"

	"laurel/internal/auth"
	"laurel/internal/db"
)

// Password opens every sign-in of the demo company.
const Password = "laurel-demo"

// SignIn is one way into the demo company, offered on its sign-in page.
type SignIn struct {
	Login    string `json:"login"`
	Password string `json:"password"`
	Name     string `json:"name"`
	Role     string `json:"role"`
}

// signIns makes one account for each kind of user.
func (c *company) signIns(ctx context.Context, accounts *auth.Store) error {
	hash, err := accounts.HashAnyPassword(ctx, Password)
	if err != nil {
		return err
	}
	first := func(j job, lead bool, team string) *worker {
		for _, w := range c.workers {
			if w.job == j && w.lead == lead && (team == "" || w.team == team) && w.works == c.span && !w.cheat {
				return w
			}
		}
		return c.workers[0]
	}
	officer := func(i int) *worker { return c.of(office)[i] }
	offers := []struct {
		login string
		role  auth.Role
		who   *worker
	}{
		{"sales", auth.Employee, first(sales, false, "east-2")},
		{"service", auth.Employee, first(service, false, "service-1")},
		{"manager", auth.Manager, first(sales, true, "east-2")},
		{"designer", auth.Designer, officer(3)},
		{"finance", auth.Finance, officer(1)},
		{"admin", auth.Admin, officer(4)},
	}
	return c.stores.DB.Write(ctx, func(tx *db.Tx) error {
		for i, o := range offers {
			account := auth.Account{Login: o.login, Roles: []auth.Role{o.role}, PersonID: o.who.id}
			if _, err := accounts.CreateAccount(tx, auth.System, account, hash); err != nil {
				return fmt.Errorf("make the sign-in %s: %w", o.login, err)
			}
			_, err := tx.Exec(`INSERT INTO demo_sign_in (position, login, password, name, role) VALUES ($1, $2, $3, $4, $5)`,
				i+1, o.login, Password, o.who.name, string(o.role))
			if err != nil {
				return fmt.Errorf("offer the sign-in %s: %w", o.login, err)
			}
		}
		return nil
	})
}

// SignIns lists the sign-ins that a demo company offers; none in a real organisation.
func SignIns(tx *db.Tx) ([]SignIn, error) {
	rows, err := tx.Query(`SELECT login, password, name, role FROM demo_sign_in ORDER BY position`)
	if err != nil {
		return nil, fmt.Errorf("read demo sign-ins: %w", err)
	}
	defer rows.Close()
	var out []SignIn
	for rows.Next() {
		var s SignIn
		if err := rows.Scan(&s.Login, &s.Password, &s.Name, &s.Role); err != nil {
			return nil, fmt.Errorf("read demo sign-ins: %w", err)
		}
		out = append(out, s)
	}
	return out, rows.Err()
}
