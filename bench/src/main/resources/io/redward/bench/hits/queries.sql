-- q01
select count(*) from hits;
-- q02
select count(*) from hits where adv_engine <> 0;
-- q03
select sum(adv_engine), count(*), avg(resolution_width) from hits;
-- q04
select avg(cast(user_id as double precision)) from hits;
-- q05
select count(distinct user_id) from hits;
-- q06
select count(distinct search_phrase) from hits;
-- q07
select min(event_date), max(event_date) from hits;
-- q08
select adv_engine, count(*) as n from hits where adv_engine <> 0 group by adv_engine order by n desc, 1;
-- q09
select region_id, count(distinct user_id) as users from hits group by region_id order by users desc, 1 limit 10;
-- q10
select region_id, sum(adv_engine), count(*) as n, avg(resolution_width), count(distinct user_id)
from hits group by region_id order by n desc, 1 limit 10;
-- q11
select phone_model, count(distinct user_id) as users from hits where phone_model <> ''
group by phone_model order by users desc, 1 limit 10;
-- q12
select phone, phone_model, count(distinct user_id) as users from hits where phone_model <> ''
group by phone, phone_model order by users desc, 1, 2 limit 10;
-- q13
select search_phrase, count(*) as n from hits where search_phrase <> ''
group by search_phrase order by n desc, 1 limit 10;
-- q14
select search_phrase, count(distinct user_id) as users from hits where search_phrase <> ''
group by search_phrase order by users desc, 1 limit 10;
-- q15
select search_engine, search_phrase, count(*) as n from hits where search_phrase <> ''
group by search_engine, search_phrase order by n desc, 1, 2 limit 10;
-- q16
select user_id, count(*) as n from hits group by user_id order by n desc, 1 limit 10;
-- q17
select user_id, search_phrase, count(*) as n from hits group by user_id, search_phrase
order by n desc, 1, 2 limit 10;
-- q18
select user_id, extract(minute from event_time) as m, search_phrase, count(*) as n from hits
group by user_id, extract(minute from event_time), search_phrase order by n desc, 1, 2, 3 limit 10;
-- q19
select user_id from hits where user_id = 1000000007;
-- q20
select count(*) from hits where url like '%market%';
-- q21
select search_phrase, min(url), count(*) as n from hits
where url like '%market%' and search_phrase <> '' group by search_phrase order by n desc, 1 limit 10;
-- q22
select search_phrase, min(url), min(title), count(*) as n, count(distinct user_id) from hits
where title like '%Market%' and url not like '%.market.%' and search_phrase <> ''
group by search_phrase order by n desc, 1 limit 10;
-- q23
select * from hits where url like '%market%' order by event_time, watch_id limit 10;
-- q24
select search_phrase from hits where search_phrase <> '' order by event_time, watch_id limit 10;
-- q25
select search_phrase from hits where search_phrase <> '' order by search_phrase limit 10;
-- q26
select search_phrase from hits where search_phrase <> '' order by event_time, search_phrase limit 10;
-- q27
select counter_id, avg(length(url)) as l, count(*) as n from hits where url <> ''
group by counter_id having count(*) > 1000 order by l desc, 1 limit 25;
-- q28
select regexp_replace(referer, '^https?://(www[.])?', '') as k, count(*) as n from hits
where referer <> '' group by 1 order by n desc, k limit 25;
-- q29
select sum(resolution_width), sum(resolution_width + 1), sum(resolution_width + 2),
  sum(resolution_width + 3), sum(resolution_width + 4), sum(resolution_width + 5),
  sum(resolution_width + 6), sum(resolution_width + 7), sum(resolution_width + 8),
  sum(resolution_width + 9), sum(resolution_width + 10), sum(resolution_width + 11) from hits;
-- q30
select search_engine, client_ip, count(*) as n, sum(is_refresh), avg(resolution_width) from hits
where search_phrase <> '' group by search_engine, client_ip order by n desc, 1, 2 limit 10;
-- q31
select watch_id, client_ip, count(*) as n, sum(is_refresh), avg(resolution_width) from hits
where search_phrase <> '' group by watch_id, client_ip order by n desc, 1, 2 limit 10;
-- q32
select watch_id, client_ip, count(*) as n, sum(is_refresh), avg(resolution_width) from hits
group by watch_id, client_ip order by n desc, 1, 2 limit 10;
-- q33
select url, count(*) as n from hits group by url order by n desc, 1 limit 10;
-- q34
select 1, url, count(*) as n from hits group by 1, url order by n desc, 2 limit 10;
-- q35
select client_ip, client_ip - 1, client_ip - 2, client_ip - 3, count(*) as n from hits
group by client_ip, client_ip - 1, client_ip - 2, client_ip - 3 order by n desc, 1 limit 10;
-- q36
select url, count(*) as views from hits
where counter_id = 62 and event_date >= date '2024-07-01' and event_date <= date '2024-07-31'
  and dont_count = 0 and is_refresh = 0 and url <> '' group by url order by views desc, 1 limit 10;
-- q37
select title, count(*) as views from hits
where counter_id = 62 and event_date >= date '2024-07-01' and event_date <= date '2024-07-31'
  and dont_count = 0 and is_refresh = 0 and title <> '' group by title order by views desc, 1 limit 10;
-- q38
select traffic_source, search_engine, adv_engine,
  case when search_engine = 0 and adv_engine = 0 then referer else '' end as source, url,
  count(*) as views
from hits
where counter_id = 62 and event_date >= date '2024-07-01' and event_date <= date '2024-07-31'
  and is_refresh = 0
group by 1, 2, 3, 4, 5 order by views desc, 1, 2, 3, 4, 5 limit 10;
-- q39
select url_hash, event_date, count(*) as views from hits
where counter_id = 62 and event_date >= date '2024-07-01' and event_date <= date '2024-07-31'
  and is_refresh = 0 and traffic_source in (-1, 6)
group by url_hash, event_date order by views desc, 1, 2 limit 10;
-- q40
select window_width, window_height, count(*) as views from hits
where counter_id = 62 and event_date >= date '2024-07-01' and event_date <= date '2024-07-31'
  and is_refresh = 0 and dont_count = 0
group by window_width, window_height order by views desc, 1, 2 limit 10;
-- q41
select date_trunc('minute', event_time) as m, count(*) as views from hits
where counter_id = 62 and event_date >= date '2024-07-14' and event_date <= date '2024-07-15'
  and is_refresh = 0 and dont_count = 0
group by 1 order by 1 limit 20;
-- q42
select date_trunc('week', event_time) as w, language, count(*), sum(price), count(distinct order_id)
from hits where is_mobile = 1 group by 1, 2 order by 1, 2;
