create table if not exists public.sales (salesid int);
comment on table public.sales is 'This table stores tickets sales data';
