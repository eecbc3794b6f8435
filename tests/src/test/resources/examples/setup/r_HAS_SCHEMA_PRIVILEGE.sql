drop user if exists guest;
create user guest password disable;
grant create on schema public to guest;
