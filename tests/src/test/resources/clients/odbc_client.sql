create table odbc (id int, name varchar(20))
insert into odbc values (1, 'one'), (2, null)
select name from odbc order by id
help odbc
