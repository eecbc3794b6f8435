drop table if exists test;
create table test (ci_col varchar(10) collate case_insensitive, cs_col varchar(10) collate case_sensitive);
insert into test values ('a', 'A');
