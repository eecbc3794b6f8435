create table if not exists sales(salesid integer, listid integer, sellerid integer, buyerid integer, eventid integer, dateid smallint, qtysold smallint, pricepaid decimal(8,2), commission decimal(8,2), saletime timestamp);
create table if not exists event(eventid integer, venueid smallint, catid smallint, dateid smallint, eventname varchar(200), starttime timestamp);
create or replace view myevent as select eventname from public.event with no schema binding;
create or replace view sales_lbv as select * from public.sales with no schema binding;
create or replace view event_lbv as select * from public.event with no schema binding;
