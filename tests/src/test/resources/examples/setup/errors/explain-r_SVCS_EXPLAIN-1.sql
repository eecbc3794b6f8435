create schema if not exists filled;
set search_path to filled, public;
create table if not exists filled.listing (listid integer not null distkey, sellerid integer not null, eventid integer not null, dateid smallint not null sortkey, numtickets smallint not null, priceperticket decimal(8,2), totalprice decimal(8,2), listtime timestamp);
create table if not exists filled.sales (salesid integer not null, listid integer not null distkey, sellerid integer not null, buyerid integer not null, eventid integer not null, dateid smallint not null sortkey, qtysold smallint not null, pricepaid decimal(8,2), commission decimal(8,2), saletime timestamp);
insert into filled.listing select n, n % 50000, n % 8798 + 1, n % 365 + 1827, n % 10, n % 300, n % 3000, timestamp '2008-01-01' from generate_series(1, 192497) g(n) where not exists (select 1 from filled.listing);
insert into filled.sales select n, n * 50, n % 50000, n % 49000, n % 8798 + 1, n % 365 + 1827, n % 10, n % 300, n % 30, timestamp '2008-01-01' from generate_series(1, 3766) g(n) where not exists (select 1 from filled.sales);
analyze filled.listing;
analyze filled.sales
