drop table if exists target;
drop table if exists source;
