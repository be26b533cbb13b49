#!/bin/sh
# Loads the Maven CRM export into Laurel: definitions, people, accounts, products, opportunities.
# usage: run.sh FOLDER-OF-THE-CSV-FILES   (the database is LAUREL_DB, by default sqlite:./data/laurel.db)
set -eu

data=${1:?usage: run.sh FOLDER, for example ../shared/data/maven-crm}
here=$(dirname "$0")
laurel=${LAUREL:-laurel}

"$laurel" apply -f "$here/definitions.yaml"
"$laurel" import --persons --map sales_agent=name --map manager=manager --map manager=team --map regional_office=department \
	--create-missing "$data/sales_teams.csv"
"$laurel" import --mapping "$here/accounts.mapping.yaml" "$data/accounts.csv"
"$laurel" import --mapping "$here/products.mapping.yaml" "$data/products.csv"
"$laurel" import --mapping "$here/opportunities.mapping.yaml" "$data/sales_pipeline.csv"
