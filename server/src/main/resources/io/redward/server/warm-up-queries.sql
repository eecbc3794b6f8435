select 1;
select flag, mode, sum(quantity) as q, sum(amount) as a, sum(amount * (1 - quantity / 100)) as d,
       sum(amount * (1 - quantity / 100) * (1 + quantity / 50)) as c, avg(quantity) as aq,
       avg(amount) as aa, count(*) as n
from sales where sold <= dateadd(day, -90, date '2023-06-01') group by flag, mode order by flag, mode;
select sum(amount * quantity) as revenue from sales
where sold >= date '2021-03-01' and sold < date '2022-03-01' and quantity between 2 and 7 and amount < 500;
select s.id, sum(x.amount * (1 - x.quantity)) as revenue, s.opened
from shops s, items i, sales x
where s.kind = 'small' and s.id = x.shop and i.id = x.item and s.opened < date '2020-09-15'
  and x.shipped > date '2021-03-15'
group by s.id, s.opened order by revenue desc, s.opened limit 10;
select mode, count(*) as n from sales x
where sold >= date '2021-02-01' and exists (select * from items i where i.id = x.item and i.price > 2)
group by mode order by mode;
select s.city, extract(year from x.sold) as y, sum(x.amount) as total
from shops s join sales x on s.id = x.shop join items i on i.id = x.item
where i.brand in ('brand#1', 'brand#3', 'brand#5') and (s.kind = 'small' or s.kind = 'large')
group by s.city, y order by s.city, y desc;
select i.name, i.price from items i, sales x
where i.id = x.item and i.name like '%of 3%'
  and i.price = (select min(o.price) from items o, sales y where o.id = y.item and o.brand = i.brand)
order by i.price desc, i.name limit 100;
select n, count(*) as shops from (
  select s.id, count(x.id) as n from shops s left outer join sales x
  on s.id = x.shop and x.note not like '%special%requests%' group by s.id) as counted
group by n order by shops desc, n desc;
select 100.00 * sum(case when i.brand like 'brand#1%' then x.amount * (1 - x.quantity) else 0 end)
       / sum(x.amount * (1 - x.quantity)) as share
from sales x, items i where x.item = i.id and x.sold >= date '2021-02-01' and x.sold < date '2021-12-01';
with totals as (select shop, sum(amount) as total from sales where sold >= date '2021-01-01' group by shop)
select s.id, s.city, total from shops s, totals
where s.id = shop and total = (select max(total) from totals) order by s.id;
select brand, count(distinct shop) as shops from sales x, items i
where i.id = x.item and brand <> 'brand#4' and i.name not like 'item 2%'
  and shop not in (select id from shops where city like '%9%')
group by brand having count(distinct shop) > 2 order by shops desc, brand;
select substring(city from 1 for 6) as c, count(*) as n, sum(rating) as r from shops s
where substring(city from 6 for 1) in ('1', '2', '3') and rating > (select avg(rating) from shops)
  and not exists (select * from sales x where x.shop = s.id and x.amount > 1000)
group by c order by c;
select s.city, count(*) as waits from shops s, sales a
where s.id = a.shop and a.shipped > a.sold
  and exists (select * from sales b where b.item = a.item and b.id <> a.id)
  and not exists (select * from sales c where c.item = a.item and c.id <> a.id and c.quantity > 9)
group by s.city order by waits desc, s.city limit 20;
select item, rank() over (partition by shop order by amount desc) as r,
       sum(amount) over (partition by shop order by sold rows unbounded preceding) as running
from sales where shop < 20 qualify r <= 3;
select city from shops where id < 50 union select brand from items order by 1 limit 10;
select date_trunc('month', sold) as m, count(*), min(at), max(at), approximate count(distinct item)
from sales group by 1 order by 1;
select * from sales where id = 4711;
select id, note, amount from sales order by amount desc, id limit 5
