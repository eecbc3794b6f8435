create temp table queried (id int);
select count(*) from queried;
