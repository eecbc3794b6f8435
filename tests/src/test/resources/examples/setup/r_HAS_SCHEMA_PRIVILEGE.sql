grant create on schema public to guest;
