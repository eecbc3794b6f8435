drop table if exists test_table_a;
drop table if exists test_table_b;
create table test_table_a (v int);
create table test_table_b (v int);
