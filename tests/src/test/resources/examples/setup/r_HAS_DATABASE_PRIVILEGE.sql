create user guest password disable;
create database tickit;
grant temp on database tickit to guest;
