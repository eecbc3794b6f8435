create temp table sales_update as select * from sales;
