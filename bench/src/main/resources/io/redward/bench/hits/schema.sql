create table hits (
  watch_id bigint not null, event_time timestamp not null, event_date date not null,
  counter_id integer not null, client_ip integer not null, region_id integer not null,
  user_id bigint not null, url varchar(400) not null, referer varchar(400),
  title varchar(200), is_refresh smallint not null, referer_region integer not null,
  resolution_width smallint not null, resolution_height smallint not null,
  window_width smallint not null, window_height smallint not null, os smallint not null,
  user_agent smallint not null, is_mobile smallint not null, phone varchar(20),
  phone_model varchar(40), traffic_source smallint not null,
  search_engine smallint not null, search_phrase varchar(200),
  adv_engine smallint not null, is_link smallint not null, is_download smallint not null,
  is_not_bounce smallint not null, dont_count smallint not null, url_hash bigint not null,
  referer_hash bigint not null, timezone smallint not null, age smallint not null,
  sex smallint not null, income smallint not null, interests smallint not null,
  send_timing integer not null, dns_timing integer not null, connect_timing integer not null,
  fetch_timing integer not null, language varchar(5) not null, currency varchar(3) not null,
  price bigint not null, order_id varchar(20), source_campaign varchar(40))
  diststyle even sortkey (counter_id, event_date);
