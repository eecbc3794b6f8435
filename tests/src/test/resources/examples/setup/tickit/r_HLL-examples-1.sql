drop table sales;
