select flag, state, sum(quantity), sum(amount), sum(amount * (1 - discount)), sum(amount * (1 - discount) * (1 + tax)),
       avg(quantity), avg(amount), avg(discount), count(*)
from lines where sent <= dateadd(day, -90, date '2022-09-01') group by flag, state order by flag, state;
select g.id, s.city, s.rating, g.name from goods g, stores s, lines x
where g.id = x.good and s.id = x.store and g.size = 15 and g.kind like '%kind 3' and s.region in (3, 4)
  and x.amount = (select min(y.amount) from lines y, stores t where g.id = y.good and t.id = y.store and t.region < 5)
order by s.rating desc, s.city, g.id limit 100;
select x.receipt, sum(x.amount * (1 - x.discount)) as revenue, r.placed from stores s, receipts r, lines x
where s.region = 7 and s.id = r.store and x.receipt = r.id and r.placed < date '2019-03-15' and x.sent > date '2019-03-15'
group by x.receipt, r.placed order by revenue desc, r.placed limit 10;
select urgency, count(*) from receipts r where placed >= date '2018-07-01' and placed < date '2018-10-01'
  and exists (select * from lines x where x.receipt = r.id and x.promised < x.received)
group by urgency order by urgency;
select s.city, sum(x.amount * (1 - x.discount)) as revenue from stores s, receipts r, lines x, stores t
where s.id = r.store and x.receipt = r.id and x.store = t.id and s.region = t.region and r.placed >= date '2017-01-01'
  and r.placed < date '2018-01-01' group by s.city order by revenue desc;
select sum(amount * discount) from lines
where sent >= date '2017-01-01' and sent < date '2018-01-01' and discount between 0.01 and 0.03 and quantity < 24;
select c, d, y, sum(v) from (
  select s.city as c, t.city as d, extract(year from x.sent) as y, x.amount * (1 - x.discount) as v
  from stores s, lines x, receipts r, stores t where s.id = x.store and r.id = x.receipt and t.id = r.store
    and ((s.region = 1 and t.region = 2) or (s.region = 2 and t.region = 1)) and x.sent between date '2017-01-01' and date '2018-12-31') as v
group by c, d, y order by c, d, y;
select extract(year from r.placed) as y, sum(case when s.region = 3 then x.amount * (1 - x.discount) else 0 end)
       / sum(x.amount * (1 - x.discount)) as share
from goods g, lines x, receipts r, stores s where g.id = x.good and x.receipt = r.id and x.store = s.id
  and r.placed between date '2017-01-01' and date '2018-12-31' and g.kind = 'large 1 kind 3' group by y order by y;
select extract(year from r.placed) as y, r.state, sum(x.amount), max(x.sent), min(x.note) from receipts r, lines x
where r.id = x.receipt and x.quantity > 3 group by y, r.state order by y, r.state;
select urgency, count(*), sum(r.total) from receipts r, lines x, goods g
where r.id = x.receipt and g.id = x.good and g.size < 40 and x.mode <> 'AIR' group by urgency order by urgency;
select s.region, extract(year from r.placed) as y, sum(x.amount * (1 - x.discount) - g.price * x.quantity) as profit
from goods g, lines x, receipts r, stores s where g.id = x.good and x.receipt = r.id and x.store = s.id and g.name like '%5 in 3%'
group by s.region, y order by s.region, y desc;
select s.id, s.city, sum(x.amount * (1 - x.discount)) as revenue, s.rating, s.note from stores s, receipts r, lines x
where s.id = r.store and x.receipt = r.id and r.placed >= date '2017-10-01' and r.placed < date '2018-01-01' and x.flag = 'R'
group by s.id, s.city, s.rating, s.note order by revenue desc limit 20;
select good, sum(amount * quantity) as v from lines x, stores s where x.store = s.id and s.region = 7 group by good
having sum(amount * quantity) > (select sum(amount * quantity) * 0.0001 from lines x, stores s where x.store = s.id and s.region = 7)
order by v desc;
select x.mode, sum(case when r.urgency = '1-URGENT' or r.urgency = '2-URGENT' then 1 else 0 end) as high,
       sum(case when r.urgency <> '1-URGENT' and r.urgency <> '2-URGENT' then 1 else 0 end) as low
from receipts r, lines x where r.id = x.receipt and x.mode in ('MAIL', 'SHIP') and x.promised < x.received and x.sent < x.promised
  and x.received >= date '2017-01-01' and x.received < date '2018-01-01' group by x.mode order by x.mode;
select n, count(*) as stores from (
  select s.id, count(r.id) as n from stores s left outer join receipts r on s.id = r.store and r.note not like '%special%9%requests%'
  group by s.id) as counted group by n order by stores desc, n desc;
select 100.00 * sum(case when g.kind like 'large 2%' then x.amount * (1 - x.discount) else 0 end) / sum(x.amount * (1 - x.discount))
from lines x, goods g where x.good = g.id and x.sent >= date '2018-09-01' and x.sent < date '2018-10-01';
with revenue as (select store, sum(amount * (1 - discount)) as total from lines
  where sent >= date '2018-01-01' and sent < date '2018-04-01' group by store)
select s.id, s.city, total from stores s, revenue where s.id = store and total = (select max(total) from revenue) order by s.id;
select brand, kind, size, count(distinct store) as stores from lines x, goods g
where g.id = x.good and brand <> 'brand#4' and kind not like 'large 1%' and size in (9, 14, 19, 23, 36, 45, 49, 3)
  and store not in (select id from stores where note like '%7%special%3%') group by brand, kind, size order by stores desc, brand, kind, size;
select sum(amount) / 7.0 from lines x, goods g where g.id = x.good and brand = 'brand#23' and box = 'case 1'
  and quantity < (select 0.9 * avg(quantity) from lines y where y.good = g.id);
select s.city, s.id, r.id, r.placed, r.total, sum(x.quantity) from stores s, receipts r, lines x
where r.id in (select receipt from lines group by receipt having sum(quantity) > 140) and s.id = r.store and r.id = x.receipt
group by s.city, s.id, r.id, r.placed, r.total order by r.total desc, r.placed limit 100;
select sum(amount * (1 - discount)) from lines x, goods g
where (g.id = x.good and brand = 'brand#12' and box in ('case 1', 'case 2') and quantity >= 1 and quantity <= 11 and size between 1 and 5
       and mode in ('AIR', 'REG AIR') and instruction = 'IN PERSON')
   or (g.id = x.good and brand = 'brand#23' and box in ('case 2', 'jar') and quantity >= 10 and quantity <= 20 and size between 1 and 10
       and mode in ('AIR', 'REG AIR') and instruction = 'IN PERSON');
select s.city from stores s where s.id in (
  select store from lines x where good in (select id from goods where name like 'good 7%')
    and quantity > (select 0.5 * avg(quantity) from lines y where y.good = x.good and y.store = x.store and y.sent >= date '2017-01-01'))
order by s.city limit 100;
select s.city, count(*) as waits from stores s, lines x, receipts r
where s.id = x.store and r.id = x.receipt and r.state = 'F' and x.received > x.promised
  and exists (select * from lines y where y.receipt = x.receipt and y.store <> x.store)
  and not exists (select * from lines z where z.receipt = x.receipt and z.store <> x.store and z.received > z.promised)
group by s.city order by waits desc, s.city limit 100;
select c, count(*), sum(rating) from (select substring(note from 6 for 1) as c, rating from stores s
  where substring(note from 6 for 1) in ('1', '3', '7') and rating > (select avg(rating) from stores where rating > 0)
    and not exists (select * from receipts r where r.store = s.id and r.total > 100000)) as v group by c order by c
