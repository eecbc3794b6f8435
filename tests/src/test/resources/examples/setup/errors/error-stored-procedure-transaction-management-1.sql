create table if not exists test_table_a (c1 int);
create table if not exists test_table_b (c1 int);
insert into test_table_a values (1), (2);
