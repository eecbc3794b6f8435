// Go's lib/pq by database/sql: parameters, prepared statements, COPY, transactions, errors.
// Arguments: port.
package main

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/lib/pq"
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func require(condition bool, message ...interface{}) {
	if !condition {
		panic(fmt.Sprint(message...))
	}
}

func main() {
	db, err := sql.Open("postgres",
		"host=127.0.0.1 user=admin dbname=dev sslmode=disable port="+os.Args[1])
	check(err)
	defer db.Close()
	_, err = db.Exec("create table go_pq (id int, name varchar(20), ts timestamp, n float8)")
	check(err)
	made := time.Date(2020, 1, 2, 3, 4, 5, 678900000, time.UTC)
	_, err = db.Exec("insert into go_pq values ($1, $2, $3, $4)", 1, "O'Brien é", made, 1.5)
	check(err)
	var name string
	var read time.Time
	var n float64
	check(db.QueryRow("select name, ts, n from go_pq where id = $1", 1).Scan(&name, &read, &n))
	require(name == "O'Brien é" && read.Equal(made) && n == 1.5, name, read, n)

	tx, err := db.Begin()
	check(err)
	copying, err := tx.Prepare(pq.CopyIn("go_pq", "id", "name"))
	check(err)
	for id := 2; id <= 100; id++ {
		_, err = copying.Exec(id, nil)
		check(err)
	}
	_, err = copying.Exec()
	check(err)
	check(copying.Close())
	check(tx.Commit())
	var all, named int
	check(db.QueryRow("select count(*), count(name) from go_pq").Scan(&all, &named))
	require(all == 100 && named == 1, all, named)

	_, err = db.Query("select nope from go_pq")
	var failure *pq.Error
	require(errors.As(err, &failure) && failure.Code == "42703" && failure.Position == "8", err)
	fmt.Println("ok")
}
