set enable_result_cache_for_session to off;
create table digits (d int not null) diststyle all;
insert into digits values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
create table shops (id int not null, city varchar(30), kind char(10), opened date, rating double precision)
  diststyle all sortkey (id);
insert into shops
select a.d * 10 + b.d, 'city ' || (a.d * b.d), case when b.d < 5 then 'small' else 'large' end,
       dateadd(day, a.d * 37 + b.d, date '2020-01-01'), a.d / 3.0::float8
from digits a cross join digits b;
create table items (id int not null, name varchar(40), brand varchar(20), price decimal(12,2))
  distkey (id) sortkey (id);
insert into items
select a.d * 100 + b.d * 10 + c.d, 'item ' || c.d || ' of ' || b.d, 'brand#' || a.d,
       (a.d + b.d * c.d)::decimal(12,2) / 4
from digits a cross join digits b cross join digits c;
create table sales (id bigint not null, item int, shop int, sold date, shipped date, at timestamp,
  mode varchar(10), flag char(1), quantity decimal(12,2), amount decimal(12,2), note varchar(60))
  distkey (id) sortkey (sold);
insert into sales
select a.d * 1000 + b.d * 100 + c.d * 10 + e.d, b.d * 100 + c.d * 10 + e.d, a.d * 10 + e.d,
       dateadd(day, a.d * 90 + b.d * 9 + c.d, date '2021-01-01'),
       dateadd(day, a.d * 90 + b.d * 9 + c.d + e.d, date '2021-01-01'),
       dateadd(minute, a.d * 1000 + c.d, timestamp '2021-01-01 00:00:00'),
       case c.d when 0 then 'AIR' when 1 then 'SHIP' when 2 then 'RAIL' else 'TRUCK' end,
       case when e.d < 3 then 'A' when e.d < 6 then 'N' else 'R' end,
       b.d + 1, (a.d + 1) * (c.d + 1) * 10.25, 'note ' || e.d || ' special ' || c.d || ' requests'
from digits a cross join digits b cross join digits c cross join digits e
