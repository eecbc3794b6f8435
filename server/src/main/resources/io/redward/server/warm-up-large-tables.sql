create table numbers (n int not null) diststyle all;
insert into numbers
select a.d * 100 + b.d * 10 + c.d from digits a cross join digits b cross join digits c;
create table goods (id int not null, name varchar(60), brand varchar(12), kind varchar(30), size int,
  box varchar(12), price decimal(12,2), primary key (id)) distkey (id) sortkey (id);
insert into goods
select a.n * 20 + b.n, 'good ' || (a.n * 7 % 100) || ' in ' || (b.n % 9) || ' colours', 'brand#' || (a.n % 25),
       'large ' || (b.n % 5) || ' kind ' || (a.n % 10), b.n % 50, case a.n % 4 when 0 then 'jar' else 'case ' || a.n % 4 end,
       (a.n * 10 + b.n)::decimal(12,2) / 7
from numbers a cross join numbers b where b.n < 20;
create table stores (id int not null, city varchar(40), region int, rating decimal(12,2), note varchar(60), primary key (id))
  distkey (id) sortkey (id);
insert into stores
select a.n * 10 + b.d, 'city ' || (a.n % 25), a.n % 25, a.n * 9.99 - 999, 'note ' || b.d || ' of special ' || a.n || ' requests'
from numbers a cross join digits b;
create table receipts (id bigint not null, store int, placed date, state char(1), urgency varchar(15), total decimal(12,2),
  note varchar(60), primary key (id)) distkey (id) sortkey (id);
insert into receipts
select a.n * 100 + b.n, a.n * 37 % 10000 + b.n % 9, dateadd(day, (a.n * 31 + b.n * 17) % 2400, date '2016-01-01'),
       case b.n % 3 when 0 then 'F' when 1 then 'O' else 'P' end, (b.n % 5 + 1) || '-URGENT', a.n * b.n * 1.25,
       'note ' || b.n || ' of special ' || a.n || ' requests'
from numbers a cross join numbers b where b.n < 100;
create table lines (receipt bigint not null, good int not null, store int not null, line int not null, quantity decimal(12,2),
  amount decimal(12,2), discount decimal(12,2), tax decimal(12,2), flag char(1), state char(1), sent date, promised date,
  received date, instruction varchar(25), mode varchar(10), note varchar(44)) distkey (receipt) sortkey (receipt);
insert into lines
select r.id, (r.id * 7 + d.d * 1009) % 20000, (r.id + d.d * 13) % 10000, d.d, (r.id + d.d) % 50 + 1, r.id % 900 * 10.5 + d.d,
       d.d * 0.01, (r.id % 9) * 0.01, case r.id % 4 when 0 then 'A' when 1 then 'R' else 'N' end,
       case when d.d < 2 then 'F' else 'O' end, dateadd(day, d.d + (r.id % 90)::int, r.placed), dateadd(day, 45, r.placed),
       dateadd(day, d.d + (r.id % 99)::int, r.placed), case d.d when 0 then 'IN PERSON' else 'COD ' || d.d end,
       case r.id % 7 when 0 then 'AIR' when 1 then 'REG AIR' when 2 then 'MAIL' when 3 then 'SHIP' else 'TRUCK' end,
       'note ' || (r.id % 1000)::int || ' at ' || d.d
from receipts r cross join digits d where d.d < 3;
analyze
